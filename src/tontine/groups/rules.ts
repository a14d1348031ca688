/**
 * Is the by-law of a group: the amounts, dates, fines and decisions that its members agreed on, as plain data.
 *
 * It is kept as JSON with a version; what a cycle was started under stays with it, so that nobody's contribution
 * changes in the middle of a rotation. Amounts are whole francs, written as text in JSON because numbers lose them.
 *
 * Refuses: `rules-invalid`.
 */
import { z } from 'zod';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { isTimeOfDay } from '../cycles/calendar-day.ts';
import { scheduleShape } from '../cycles/schedule.ts';
import { DEFAULT_ALLOCATION_ORDER, isAllocationOrder } from '../rounds/allocate-contribution.ts';

/** More than any group has: what is typed beyond it is a slip of the finger. */
const LARGEST_AMOUNT = 1_000_000_000n;

const amount = z
  .union([z.bigint(), z.string().regex(/^\d{1,12}$/)])
  .transform((value) => BigInt(value))
  .refine((value) => value >= 0n && value <= LARGEST_AMOUNT);
const paidAmount = amount.refine((value) => value > 0n);

export const rulesShape = z.object({
  /** What one share pays for one round. */
  contribution: paidAmount,
  schedule: scheduleShape,
  /** How many rounds a cycle has; absent: as many as there are shares. */
  rounds: z.int().min(1).max(400).optional(),
  /** `HH:MM` on the clocks of the group's time zone. */
  deadline: z.string().refine(isTimeOfDay),
  graceHours: z.int().min(0).max(720),
  order: z.enum(['fixed', 'draw', 'auction-discount', 'auction-premium', 'vote']),
  /** Only for auctions. The bounds are hundredths of a percent of the pot. */
  auction: z
    .object({
      leastBasisPoints: z.int().min(0).max(9_000),
      mostBasisPoints: z.int().min(0).max(9_000),
      increment: paidAmount,
      commissionBasisPoints: z.int().min(0).max(2_000),
    })
    .refine(({ leastBasisPoints, mostBasisPoints }) => leastBasisPoints <= mostBasisPoints)
    .optional(),
  /** Hundredths of a percent for `percent`, an amount otherwise. */
  lateFee: z.object({
    kind: z.enum(['none', 'fixed', 'percent', 'per-day']),
    beforePot: amount,
    afterPot: amount,
    cap: amount.optional(),
  }),
  /** Nothing is 0. */
  absenceFine: amount,
  solidarity: z.object({
    /** Per member and round; 0 when there is no such fund. */
    contribution: amount,
    events: z
      .array(
        z.object({
          kind: z.string().regex(/^[a-z-]{2,40}$/),
          amount: paidAmount,
          /** How long one must have been a member. */
          afterMonths: z.int().min(0).max(120),
        }),
      )
      .max(30),
  }),
  /** Left by each share at the start and given back at the end; 0 when there is none. */
  guaranteePerShare: amount,
  /** Who covers a pot that is not whole when it is handed out. */
  shortfall: z.enum(['wait', 'guarantee', 'pay-what-is-there']),
  /** In which order a share that defaults is covered. */
  defaultCover: z.array(z.enum(['deposit', 'guarantor', 'guarantee', 'pro-rata'])).max(4),
  visibility: z.enum(['all', 'own-and-totals']),
  allocationOrder: z
    .array(z.enum(['pot', 'solidarity', 'fine', 'guarantee']))
    .refine((order) => isAllocationOrder(order)),
  /** How many voices it takes. */
  approvals: z.object({ payout: z.int().min(1).max(5), other: z.int().min(1).max(5) }),
  /** How long a request for agreement lasts. */
  approvalHours: z.int().min(1).max(336),
  /** How long members know of a new by-law before it takes effect. */
  noticeHours: z.int().min(0).max(2_160),
});

export type Rules = z.infer<typeof rulesShape>;
/** What a form or a file may leave out. */
export type RulesInput = z.input<typeof rulesShape>;

export const RULES_INVALID = refusal(
  'rules-invalid',
  'invalid',
  'Ce règlement ne peut pas être lu : un montant, une date ou un choix n’est pas possible.',
  'This by-law cannot be read: an amount, a date or a choice is not possible.',
);

export function parseRules(given: unknown): Answer<Rules> {
  const parsed = rulesShape.safeParse(given);
  return parsed.success ? accepted(parsed.data) : refused(RULES_INVALID);
}

/** Reads back what this product stored; throws when it is no by-law. */
export function storedRules(stored: unknown): Rules {
  return rulesShape.parse(stored);
}

/** As JSON; amounts become text. */
export function rulesJson(rules: Rules): string {
  return JSON.stringify(rules, (_name, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}

/** What most groups start from: monthly, 25 000, fined softly, two voices for everything. */
export const USUAL_RULES: Rules = {
  contribution: 25_000n,
  schedule: { kind: 'monthly-by-date', day: 5 },
  deadline: '18:00',
  graceHours: 48,
  order: 'fixed',
  lateFee: { kind: 'fixed', beforePot: 500n, afterPot: 1_000n },
  absenceFine: 500n,
  solidarity: { contribution: 0n, events: [] },
  guaranteePerShare: 0n,
  shortfall: 'wait',
  defaultCover: ['deposit', 'guarantor', 'guarantee', 'pro-rata'],
  visibility: 'all',
  allocationOrder: [...DEFAULT_ALLOCATION_ORDER],
  approvals: { payout: 2, other: 2 },
  approvalHours: 24,
  noticeHours: 48,
};

/**
 * The by-law that holds in a running cycle today: the amounts, dates and order are those it was started with; fines,
 * grace and decisions are those of the newest version in effect.
 */
export function rulesInCycle(atStart: Rules, today: Rules): Rules {
  const { contribution, schedule, rounds, deadline, graceHours, order, guaranteePerShare } = atStart;
  const { rounds: _rounds, ...rest } = today;
  return {
    ...rest,
    contribution,
    schedule,
    deadline,
    graceHours,
    order,
    guaranteePerShare,
    ...(rounds === undefined ? {} : { rounds }),
  };
}
