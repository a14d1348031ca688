/**
 * Is what the minutes of a meeting say in English.
 */
import type { MinutesWords } from './fr-minutes.ts';

export const enMinutes: MinutesWords = {
  title: 'Minutes of a meeting',
  draft: 'Draft: the meeting is not closed',
  heldOn: (day) => `Meeting of ${day}`,
  round: (number) => `Round no. ${number}`,
  opened: 'Opened',
  closed: 'Closed',
  presences: 'Presence',
  presence: { present: 'present', excused: 'excused', represented: 'represented', absent: 'absent' },
  counted: (present, all) => `${present} of ${all} present or represented`,
  money: 'Movements of the meeting',
  totals: {
    contributionsWallet: 'Contributions, wallets',
    contributionsCash: 'Contributions, cash',
    payoutsWallet: 'Pots handed out, wallets',
    payoutsCash: 'Pots handed out, cash',
    finesLevied: 'Fines levied',
    stillDue: 'Still due today',
    boxes: 'In the boxes',
  },
  boxes: 'Count of the boxes',
  box: {
    opening: 'Opening',
    cameIn: 'In',
    wentOut: 'Out',
    counted: 'Counted',
    variance: 'Difference',
  },
  noBox: 'No box of cash.',
  funds: 'What the group holds',
  fund: {
    pot: 'Pot',
    solidarity: 'Solidarity fund',
    guarantee: 'Deposits',
    fines: 'Fines',
    interest: 'Common fund',
  },
  inWallets: 'In wallets',
  inNotes: 'In cash',
  decisions: 'Decisions',
  noDecision: 'No decision was recorded.',
  signatures: 'Signatures',
  president: 'The president',
  secretary: 'The secretary',
  sameAsBooks: 'These amounts are those of the books at the closing.',
  page: (number, all) => `${number} / ${all}`,
};
