/**
 * Names the address of every page of a tontine once, so that a link and its door cannot drift apart.
 */
const group = (groupId: string) => `/tontines/${encodeURIComponent(groupId)}/`;
const below = (groupId: string, place: string) => `${group(groupId)}${place}/`;
const oneOf = (groupId: string, place: string, id: string) =>
  `${below(groupId, place)}${encodeURIComponent(id)}/`;

export const tontinePaths = {
  tontines: '/tontines/',
  tontineFound: '/tontines/new/',
  tontineJoin: '/tontines/join/',
  /** What an invitation's link opens. */
  tontineInvitation: (code: string) => `/tontines/join/${encodeURIComponent(code)}/`,
  tontine: group,
  tontineGrid: (groupId: string) => below(groupId, 'grid'),
  tontineCalendar: (groupId: string) => below(groupId, 'calendar'),
  tontineRules: (groupId: string) => below(groupId, 'rules'),
  tontineJournal: (groupId: string) => below(groupId, 'journal'),
  tontineStart: (groupId: string) => below(groupId, 'start'),
  /** Ending a cycle, and preparing the next. */
  tontineCycle: (groupId: string) => below(groupId, 'cycle'),
  tontineMembers: (groupId: string) => below(groupId, 'members'),
  tontineMember: (groupId: string, membershipId: string) => oneOf(groupId, 'members', membershipId),
  tontineKin: (groupId: string, membershipId: string) => `${oneOf(groupId, 'members', membershipId)}kin/`,
  tontinePay: (groupId: string) => below(groupId, 'pay'),
  tontineCash: (groupId: string) => below(groupId, 'cash'),
  /** Notes of a box that become wallet money, and the other way. */
  tontineExchange: (groupId: string) => below(groupId, 'exchange'),
  /** Notes that leave a box: to members, or to another box. */
  tontineNotes: (groupId: string) => below(groupId, 'notes'),
  /** One handing over of them. */
  tontineNote: (groupId: string, noteId: string) => oneOf(groupId, 'notes', noteId),
  /** One contribution: its receipt, and where cash is confirmed. */
  tontineContribution: (groupId: string, contributionId: string) =>
    oneOf(groupId, 'contributions', contributionId),
  tontineApprovals: (groupId: string) => below(groupId, 'approvals'),
  tontineApproval: (groupId: string, approvalId: string) => oneOf(groupId, 'approvals', approvalId),
  tontinePayout: (groupId: string) => below(groupId, 'payout'),
  tontineMeeting: (groupId: string) => below(groupId, 'meeting'),
  tontineMinutes: (groupId: string, meetingId: string) =>
    `${oneOf(groupId, 'meeting', meetingId)}minutes.pdf`,
  tontineSheet: (groupId: string) => below(groupId, 'sheet'),
  tontineDraw: (groupId: string) => below(groupId, 'draw'),
  tontineAuction: (groupId: string) => below(groupId, 'auction'),
  tontineVote: (groupId: string) => below(groupId, 'vote'),
  tontineSwap: (groupId: string) => below(groupId, 'swap'),
  /** Where somebody takes a member's share over. */
  tontineReplace: (groupId: string) => below(groupId, 'replace'),
  tontineReplacement: (groupId: string, substitutionId: string) => oneOf(groupId, 'replace', substitutionId),
  tontineGuarantee: (groupId: string) => below(groupId, 'guarantee'),
  tontineDefault: (groupId: string) => below(groupId, 'default'),
  tontineExit: (groupId: string) => below(groupId, 'exit'),
  /** Where what is common is divided at the end of a cycle. */
  tontineShareOut: (groupId: string) => below(groupId, 'share-out'),
  tontineAid: (groupId: string) => below(groupId, 'aid'),
} as const;
