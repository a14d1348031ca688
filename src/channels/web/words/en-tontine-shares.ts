/**
 * Is what the pages say in English where a share changes hands or is answered for: replacing a member, standing as
 * guarantor, a default, next of kin.
 */
import { countedIn } from './count.ts';
import type { frTontineShares } from './fr-tontine-shares.ts';

const counted = (count: number, one: string, many: string) => countedIn('en', count, one, many);

export const enTontineShares: typeof frTontineShares = {
  replace: {
    title: 'Replace a member',
    lead: 'A share changes its owner, with all its rights and all its debts. Both must agree, then the officers.',
    nothing: 'No share can be taken over at this moment.',
    office: 'An officer writes the proposal; the two people answer here.',
    faces: {
      asked: 'Replacement proposed',
      done: 'Share taken over',
      refused: 'Declined',
      lapsed: 'No answer',
    },
    share: 'Share',
    shareText: (number, name, round) =>
      round === undefined ? `Share ${number} · ${name}` : `Share ${number} · ${name}, round ${round}`,
    to: 'Taken over by',
    from: 'Owner now',
    price: 'Price of the share',
    prices: {
      paid: 'What the share has paid towards pots, less what it has received.',
      none: 'This share has received at least what it paid, or has paid nothing: it passes without a price.',
    },
    owed: 'Owed now, taken over with the share',
    settled: 'Paid from wallet to wallet with the last agreement, or between them where one has no phone.',
    look: 'See the price',
    pinHint: 'It writes this proposal. Nothing is paid before both agree, and the officers.',
    propose: 'Propose',
    waitsFor: {
      from: 'The owner must answer.',
      to: 'Whoever takes it over must answer.',
      both: 'Both people must answer.',
      officers: 'The officers decide.',
    },
    next: { give: 'Hand my share on', take: 'Take this share over' },
    nextHints: {
      give: 'It hands the share on, with what it has still to receive.',
      take: 'It binds your wallet: the price leaves it with the last agreement.',
    },
    decline: 'No',
    done: 'Written down.',
  },
  guarantee: {
    title: 'Stand as guarantor',
    lead: 'Should the share stop paying after its pot, you pay in its stead. Nobody is let go of it before the cycle is over.',
    unused: 'The by-law of this group does not make guarantors pay.',
    nothing: 'There is no share that you could answer for.',
    signed: 'Who answers for whom',
    line: (guarantor, name) => `${guarantor} for ${name}`,
    share: 'For which share?',
    look: 'See what I risk',
    most: 'At most',
    mostHint: (rounds) =>
      `All that this share has not paid yet, over ${counted(rounds, 'round', 'rounds')}. Never more than your wallet holds on that day.`,
    pinHint: 'It binds you until the cycle is over.',
    give: 'Stand as guarantor',
    done: 'Your guarantee is written down.',
  },
  default: {
    title: 'Defaults',
    lead: 'A share that received its pot and stopped paying: what it owes, to whom, and who stands in.',
    none: 'No default is declared.',
    nothing: 'No served share is late: there is nothing to declare.',
    faces: {
      asked: 'The officers decide on the cover',
      refused: 'Cover refused',
      covered: 'Cover granted',
      settled: 'All is paid',
    },
    debt: 'Debt',
    left: 'Still to pay',
    recovered: 'Paid by the defaulter',
    sources: {
      deposit: 'Their deposit',
      guarantor: 'Their guarantors',
      guarantee: 'The guarantee fund, at each pot',
      'pro-rata': 'Those who follow receive less, each in proportion',
      defaulter: 'The defaulter',
    },
    paidBy: (name) => `${name}, guarantor`,
    claims: (count) => `${counted(count, 'member', 'members')} would miss it`,
    adds: (sum) => `Together these parts make ${sum}.`,
    order: 'Who pays, in the order of the by-law',
    nobody: 'nobody has signed',
    wallets: 'what their wallets hold',
    upTo: (amount) => `at most ${amount}`,
    declare: 'Declare a default',
    share: 'Which share?',
    look: 'See the debt',
    reason: 'Reason',
    reasonHint: 'All members will read it.',
    pinHint: 'It declares the default, once, and asks the officers to cover it.',
    give: 'Declare',
    again: 'A request that was refused or not answered is made again in the same way.',
    request: 'See the request',
    done: 'The default is declared.',
  },
  kin: {
    title: 'In case of death',
    lead: (name) => `Who answers for ${name}, and receives what is theirs.`,
    leadMine: 'Who answers for you, and receives what is yours.',
    link: 'Name a next of kin',
    named: 'Next of kin',
    name: 'Their name',
    phone: 'Their number',
    phoneHint: 'The wallet of this number would receive. Without a number, it would be in notes.',
    pinHint: 'It replaces the name given before.',
    give: 'Save',
    done: 'Saved.',
  },
};
