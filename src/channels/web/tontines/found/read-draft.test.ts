/**
 * Tables of what the founding form offers: each choice becomes its by-law, each slip is said beside its field.
 */
import { expect, test } from 'vitest';
import { money } from '../../../../ground/money/money.ts';
import { calendarDay } from '../../../../tontine/cycles/calendar-day.ts';
import { type Rules, USUAL_RULES } from '../../../../tontine/groups/rules.ts';
import { draftOfRules } from './draft-of-rules.ts';
import { exampleOf } from './example-of.ts';
import { readChange, readDraft } from './read-draft.ts';
import type { DraftField, RulesDraft } from './rules-draft.ts';

const TODAY = calendarDay('2026-01-02');
const AROUND = {
  currency: 'XOF',
  timeZone: 'Africa/Abidjan',
  now: new Date('2026-01-02T08:00:00Z'),
} as const;
const GROUP = { currency: 'XOF', timeZone: 'Africa/Abidjan', shareCount: 4 } as const;
const USUAL: RulesDraft = {
  ...draftOfRules(USUAL_RULES, 'XOF', TODAY),
  name: 'Les Étoiles',
  shares: '4',
  first_day: '2026-01-31',
};

function read(typed: RulesDraft) {
  const draft = readDraft({ ...USUAL, ...typed }, AROUND);
  if ('no' in draft) throw new Error(`${draft.field}: ${draft.no.code}`);
  return draft;
}
const daysOf = (typed: RulesDraft) => read(typed).plan.rounds.map((round) => round.heldOn.slice(2));

test.each<[RulesDraft, string]>([
  [{ rhythm: 'daily' }, '26-01-31 26-02-01 26-02-02 26-02-03'],
  [{ rhythm: 'every-days', every_days: '10' }, '26-01-31 26-02-10 26-02-20 26-03-02'],
  [{ rhythm: 'weekly' }, '26-01-31 26-02-07 26-02-14 26-02-21'],
  [{ rhythm: 'twice-weekly', second_weekday: '3' }, '26-01-31 26-02-04 26-02-07 26-02-11'],
  [{ rhythm: 'fortnightly' }, '26-01-31 26-02-14 26-02-28 26-03-14'],
  [{ rhythm: 'twice-monthly', second_date: '15' }, '26-01-31 26-02-15 26-02-28 26-03-15'],
  [{ rhythm: 'monthly' }, '26-01-31 26-02-28 26-03-31 26-04-30'],
  [{ rhythm: 'nth-weekday', nth: 'same' }, '26-01-31 26-02-28 26-03-28 26-04-25'],
  [{ rhythm: 'nth-weekday', nth: '2' }, '26-02-14 26-03-14 26-04-11 26-05-09'],
  [
    { rhythm: 'custom', first_day: '', dates: '5/2/2026, 2026-01-20 01.03.2026\n2026-04-01' },
    '26-01-20 26-02-05 26-03-01 26-04-01',
  ],
  [{ rhythm: 'weekly', rounds: '2' }, '26-01-31 26-02-07'],
])('%j is held on %s', (typed, days) => {
  expect(daysOf(typed).join(' ')).toBe(days);
});

test.each<[RulesDraft, Partial<Rules>]>([
  [{ late_kind: 'none' }, { lateFee: { kind: 'none', beforePot: 0n, afterPot: 0n } }],
  [{ late_fee: '', late_fee_served: '0' }, { lateFee: { kind: 'none', beforePot: 0n, afterPot: 0n } }],
  [
    { late_kind: 'percent', late_fee: '2,5', late_fee_served: '5 %', late_cap: '3 000' },
    { lateFee: { kind: 'percent', beforePot: 250n, afterPot: 500n, cap: 3_000n } },
  ],
  [
    { late_kind: 'per-day', late_fee: '100', late_fee_served: '200' },
    { lateFee: { kind: 'per-day', beforePot: 100n, afterPot: 200n } },
  ],
  [
    {
      order: 'auction-premium',
      auction_least: '1',
      auction_most: '33.33',
      auction_step: '250',
      auction_commission: '5',
    },
    {
      order: 'auction-premium',
      auction: { leastBasisPoints: 100, mostBasisPoints: 3_333, increment: 250n, commissionBasisPoints: 500 },
    },
  ],
  [
    { solidarity: '500', aid_wedding: '20 000', months_wedding: '12' },
    {
      solidarity: { contribution: 500n, events: [{ kind: 'wedding', amount: 20_000n, afterMonths: 12 }] },
    },
  ],
  [{ default_cover: 'deposit+pro-rata' }, { defaultCover: ['deposit', 'pro-rata'] }],
  [
    { paid_first: 'fine+pot+solidarity+guarantee' },
    { allocationOrder: ['fine', 'pot', 'solidarity', 'guarantee'] },
  ],
  [
    { approvals_payout: '3', approvals_other: '1', approval_hours: '72', notice_hours: '0' },
    { approvals: { payout: 3, other: 1 }, approvalHours: 72, noticeHours: 0 },
  ],
  [{ order: 'vote', shortfall: 'guarantee', visibility: 'own-and-totals' }, { order: 'vote' }],
])('%j becomes its by-law', (typed, rules) => {
  expect(read(typed).rules).toMatchObject(rules);
});

test.each<[RulesDraft, DraftField, string]>([
  [{ rhythm: 'hourly' }, 'rhythm', 'draft-choice'],
  [{ rhythm: 'every-days', every_days: '1' }, 'every_days', 'draft-number'],
  [{ rhythm: 'twice-weekly', second_weekday: '6' }, 'second_weekday', 'draft-weekday'],
  [{ rhythm: 'twice-monthly', second_date: '30' }, 'second_date', 'draft-date'],
  [{ rhythm: 'custom', dates: '2026-02-30' }, 'dates', 'draft-dates'],
  [{ rhythm: 'custom', dates: '2026-01-31 31/1/2026' }, 'dates', 'draft-dates'],
  [{ rhythm: 'custom', dates: '2026-01-30 2026-02-01' }, 'dates', 'draft-dates-early'],
  [{ rhythm: 'custom', dates: '2026-01-31 2026-02-01' }, 'dates', 'schedule-too-short'],
  [{ rhythm: 'custom', first_day: '', dates: '1/1/2026 2/1/2027 3/1/2027 4/1/2027' }, 'dates', 'draft-past'],
  [{ first_day: '' }, 'first_day', 'draft-day'],
  [{ first_day: '2026-01-01', rhythm: 'daily' }, 'first_day', 'draft-past'],
  [{ deadline: '25:00' }, 'deadline', 'draft-hour'],
  [{ rounds: '401' }, 'rounds', 'draft-number'],
  [{ grace_hours: '721' }, 'grace_hours', 'draft-number'],
  [{ late_kind: 'percent', late_fee: '500' }, 'late_fee', 'draft-percent'],
  [{ late_kind: 'percent', late_fee: '-1' }, 'late_fee', 'draft-percent'],
  [{ late_kind: 'fixed', late_fee_served: '1e3' }, 'late_fee_served', 'amount-exponent'],
  [{ late_cap: '-5' }, 'late_cap', 'amount-negative'],
  [{ order: 'auction-discount', auction_least: '50', auction_most: '40' }, 'auction_most', 'draft-bounds'],
  [{ order: 'auction-discount', auction_most: '91' }, 'auction_most', 'draft-percent'],
  [{ order: 'auction-discount', auction_commission: '21' }, 'auction_commission', 'draft-percent'],
  [{ aid_birth: '100', months_birth: '121' }, 'months_birth', 'draft-number'],
  [{ default_cover: 'deposit+deposit' }, 'default_cover', 'draft-choice'],
  [{ paid_first: 'pot+fine' }, 'paid_first', 'draft-choice'],
  [{ approvals_payout: '0' }, 'approvals_payout', 'draft-number'],
])('%j is refused beside %s: %s', (typed, field, code) => {
  const answer = readDraft({ ...USUAL, ...typed }, AROUND);
  expect('no' in answer && [answer.field, answer.no.code]).toEqual([field, code]);
  expect('no' in answer && answer.no.fr !== answer.no.en).toBe(true);
});

const KINDS: readonly Rules['schedule'][] = [
  { kind: 'daily' },
  { kind: 'every-n-days', days: 9 },
  { kind: 'weekly', weekday: 'sunday' },
  { kind: 'twice-weekly', weekdays: ['tuesday', 'friday'] },
  { kind: 'fortnightly', weekday: 'monday' },
  { kind: 'twice-monthly', days: [31, 15] },
  { kind: 'monthly-by-date', day: 31 },
  { kind: 'monthly-by-weekday', nth: 'last', weekday: 'friday' },
  { kind: 'monthly-by-weekday', nth: 4, weekday: 'friday' },
  { kind: 'custom', days: ['2026-02-01', '2026-02-05', '2026-03-01', '2026-03-09'].map(calendarDay) },
];

test.each(KINDS)(
  'a change that changes nothing leaves %j, its fines and its own events as they were',
  (schedule) => {
    const rules: Rules = {
      ...USUAL_RULES,
      schedule,
      rounds: 4,
      order: 'auction-discount',
      auction: { leastBasisPoints: 250, mostBasisPoints: 4_000, increment: 500n, commissionBasisPoints: 100 },
      lateFee: { kind: 'percent', beforePot: 125n, afterPot: 1_000n, cap: 5_000n },
      defaultCover: [],
      solidarity: {
        contribution: 500n,
        events: [
          { kind: 'pilgrimage', amount: 10_000n, afterMonths: 3 },
          { kind: 'birth', amount: 7_500n, afterMonths: 6 },
        ],
      },
    };
    expect(readChange(draftOfRules(rules, 'XOF', TODAY), rules, GROUP)).toMatchObject({ rules });
  },
);

test('the example shows the fine of the first day after the grace, as it will be levied', () => {
  const late = (typed: RulesDraft) => exampleOf(read(typed), 'XOF').late;
  expect(late({ late_kind: 'none' })).toBeUndefined();
  expect(late({ late_kind: 'percent', late_fee: '2,5', late_fee_served: '10', late_cap: '2 000' })).toEqual({
    graceHours: 48,
    before: money(625n, 'XOF'),
    after: money(2_000n, 'XOF'),
    isPerDay: false,
    cap: money(2_000n, 'XOF'),
  });
  expect(late({ late_kind: 'per-day', late_fee: '100', late_fee_served: '200' })).toMatchObject({
    before: money(100n, 'XOF'),
    isPerDay: true,
  });
});
