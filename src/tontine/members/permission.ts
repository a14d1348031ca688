/**
 * Says which role may do which act of a group, for all acts in one table.
 *
 * A right that is checked where it is needed is forgotten somewhere; here a new act without a line does not compile.
 * Groups run by one person alone fail most often, so recording and confirming, asking and approving are apart: who
 * may *not* approve what they themselves asked for or receive is told by `mayApprove`.
 */
import { type Refusal, refusal } from '../../ground/refusal.ts';

/** What somebody is trusted with in a group; one person may hold several. */
export type GroupRole =
  | 'president' // convenes, and approves payouts
  | 'vice-president' // stands in for the president
  | 'treasurer' // carries and records money
  | 'secretary' // presence, minutes, invitations
  | 'censor' // order and fines
  | 'auditor' // reads everything, and counts along
  | 'member'; // everybody

/** Everything that a person may want to do in a group. */
export type GroupAct =
  | 'see-group' // grid, pots, rules, journal
  | 'see-amounts-of-all' // even where the by-law shows only one's own amounts
  | 'change-rules' // asks for a new version of the by-law
  | 'grant-role' // gives a role or takes it back
  | 'invite-member'
  | 'admit-member' // answers those who asked to join by link
  | 'suspend-member' // and lifts it
  | 'expel-member'
  | 'record-death'
  | 'name-next-of-kin' // one's own; officers for those without a phone
  | 'plan-cycle' // shares, dates, order
  | 'start-cycle'
  | 'end-cycle'
  | 'propose-share-out' // of the common fund, once in a cycle
  | 'contribute' // from one's own wallet, for oneself or another
  | 'declare-cash'
  | 'confirm-cash' // of another's declaration
  | 'exchange-cash' // pays a box in from one's own wallet and keeps the notes
  | 'correct-contribution'
  | 'close-round'
  | 'propose-payout'
  | 'approve-payout'
  | 'hand-over-cash' // of one's own box to the beneficiary
  | 'give-notes' // of one's own box to another keeper, also by who has no office any more
  | 'acknowledge-payout' // by the beneficiary
  | 'levy-absence-fine'
  | 'waive-fine' // asks for it
  | 'approve-request' // fines, variances, aid, exits, rules
  | 'commit-draw' // publishes the seal of a draw
  | 'add-entropy' // adds one's own chance to it
  | 'reveal-draw' // anybody, so that nobody can hold a result back
  | 'open-auction'
  | 'place-bid'
  | 'award-auction'
  | 'open-ballot'
  | 'ask-for-pot' // names oneself in a ballot
  | 'vote'
  | 'close-ballot'
  | 'propose-swap' // of one's own turn
  | 'consent-swap'
  | 'approve-swap'
  | 'propose-substitution'
  | 'request-exit' // one's own
  | 'stand-guarantor' // for somebody else's share
  | 'cover-default'
  | 'claim-aid'
  | 'claim-aid-for-another' // a death, somebody without a phone
  | 'grant-aid'
  | 'open-meeting'
  | 'record-presence'
  | 'count-cash' // each keeper their own box
  | 'explain-variance'
  | 'record-decision'
  | 'close-meeting';

const EVERYBODY: readonly GroupRole[] = [
  'president',
  'vice-president',
  'treasurer',
  'secretary',
  'censor',
  'auditor',
  'member',
];
const HEADS: readonly GroupRole[] = ['president', 'vice-president'];
const DESK: readonly GroupRole[] = [...HEADS, 'secretary'];
const PURSE: readonly GroupRole[] = [...HEADS, 'treasurer'];
const OFFICERS: readonly GroupRole[] = [...HEADS, 'treasurer', 'secretary', 'censor'];
const WITNESSES: readonly GroupRole[] = [...OFFICERS, 'auditor'];

/** Who may do what. The auditor changes nothing, so that somebody is left whose word is nobody's own account. */
export const PERMISSIONS: Readonly<Record<GroupAct, readonly GroupRole[]>> = {
  'see-group': EVERYBODY,
  'see-amounts-of-all': WITNESSES,
  'change-rules': HEADS,
  'grant-role': HEADS,
  'invite-member': DESK,
  'admit-member': DESK,
  'suspend-member': HEADS,
  'expel-member': HEADS,
  'record-death': DESK,
  'name-next-of-kin': EVERYBODY,
  'plan-cycle': HEADS,
  'start-cycle': HEADS,
  'end-cycle': HEADS,
  'propose-share-out': PURSE,
  contribute: EVERYBODY,
  'declare-cash': PURSE,
  'confirm-cash': EVERYBODY,
  'exchange-cash': PURSE,
  'correct-contribution': PURSE,
  'close-round': PURSE,
  'propose-payout': PURSE,
  'approve-payout': OFFICERS,
  'hand-over-cash': PURSE,
  'give-notes': EVERYBODY,
  'acknowledge-payout': EVERYBODY,
  'levy-absence-fine': [...DESK, 'censor'],
  'waive-fine': OFFICERS,
  'approve-request': WITNESSES,
  'commit-draw': DESK,
  'add-entropy': EVERYBODY,
  'reveal-draw': EVERYBODY,
  'open-auction': DESK,
  'place-bid': EVERYBODY,
  'award-auction': DESK,
  'open-ballot': DESK,
  'ask-for-pot': EVERYBODY,
  vote: EVERYBODY,
  'close-ballot': DESK,
  'propose-swap': EVERYBODY,
  'consent-swap': EVERYBODY,
  'approve-swap': OFFICERS,
  'propose-substitution': DESK,
  'request-exit': EVERYBODY,
  'stand-guarantor': EVERYBODY,
  'cover-default': PURSE,
  'claim-aid': EVERYBODY,
  'claim-aid-for-another': OFFICERS,
  'grant-aid': PURSE,
  'open-meeting': DESK,
  'record-presence': DESK,
  'count-cash': PURSE,
  'explain-variance': PURSE,
  'record-decision': DESK,
  'close-meeting': DESK,
};

export function mayDo(roles: readonly GroupRole[], act: GroupAct): boolean {
  return PERMISSIONS[act].some((role) => roles.includes(role));
}

/** True for those who run the group; the auditor watches it. */
export function isOfficer(roles: readonly GroupRole[]): boolean {
  return OFFICERS.some((role) => roles.includes(role));
}

/** What an approval is about, as far as it decides who may give it. */
export interface ApprovalCase {
  readonly act: Extract<GroupAct, `approve-${string}`>;
  readonly requesterId: string;
  /** Those who receive money or are let off by it. */
  readonly concernedIds: readonly string[];
}

/** True when this person's voice counts: never that of whoever asked, never that of whom it serves. */
export function mayApprove(voterId: string, roles: readonly GroupRole[], about: ApprovalCase): boolean {
  if (voterId === about.requesterId || about.concernedIds.includes(voterId)) return false;
  return mayDo(roles, about.act);
}

export interface ApprovalVoice {
  readonly voterId: string;
  readonly roles: readonly GroupRole[];
}

/**
 * True when enough voices that count have been given. A payout also needs one of the heads among them, except where
 * both heads are kept from it: else a president could never be paid.
 */
export function isApproved(
  voices: readonly ApprovalVoice[],
  about: ApprovalCase,
  needed: number,
  officers: readonly ApprovalVoice[],
): boolean {
  const counting = voices.filter((voice) => mayApprove(voice.voterId, voice.roles, about));
  if (new Set(counting.map((voice) => voice.voterId)).size < needed) return false;
  if (about.act !== 'approve-payout') return true;
  const isHead = ({ roles }: ApprovalVoice): boolean => HEADS.some((role) => roles.includes(role));
  const freeHeads = officers.filter(
    (officer) => isHead(officer) && mayApprove(officer.voterId, officer.roles, about),
  );
  return freeHeads.length === 0 || counting.some(isHead);
}

const ROLE_NAMES: Readonly<Record<GroupRole, { readonly fr: string; readonly en: string }>> = {
  president: { fr: 'président', en: 'president' },
  'vice-president': { fr: 'vice-président', en: 'vice-president' },
  treasurer: { fr: 'trésorier', en: 'treasurer' },
  secretary: { fr: 'secrétaire', en: 'secretary' },
  censor: { fr: 'censeur', en: 'censor' },
  auditor: { fr: 'commissaire aux comptes', en: 'auditor' },
  member: { fr: 'membre', en: 'member' },
};

/** The refusal for whoever has none of the roles; it names them, so that one knows whom to ask. */
export function roleMissing(act: GroupAct): Refusal {
  const names = (language: 'fr' | 'en'): string =>
    PERMISSIONS[act].map((role) => ROLE_NAMES[role][language]).join(', ');
  return refusal(
    'group-role-missing',
    'denied',
    `Votre rôle dans la tontine ne le permet pas. Peuvent le faire : ${names('fr')}.`,
    `Your role in the group does not allow this. It can be done by: ${names('en')}.`,
  );
}
