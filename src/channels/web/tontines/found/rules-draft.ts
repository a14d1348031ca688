/**
 * Is what the founding form asks, as it was typed: the answers travel unchanged until the server has understood them.
 */
export const AID_KINDS = ['death-of-member', 'death-of-relative', 'birth', 'wedding', 'illness'] as const;
export type AidKind = (typeof AID_KINDS)[number];

/** How much an event is helped with, and after how many months: one pair of fields each. */
export const AID_FIELDS = AID_KINDS.flatMap((kind) => [`aid_${kind}`, `months_${kind}`] as const);

/** Whole numbers, each with its bounds in the by-law. */
export const COUNTS = {
  approvals_payout: [1, 5],
  approvals_other: [1, 5],
  approval_hours: [1, 336],
  notice_hours: [0, 2160],
} as const;
export type CountField = keyof typeof COUNTS;
export const COUNT_FIELDS = [
  'approvals_payout',
  'approvals_other',
  'approval_hours',
  'notice_hours',
] as const satisfies readonly CountField[];

export const DRAFT_FIELDS = [
  'name',
  'amount',
  'shares',
  'rhythm',
  'every_days',
  'second_weekday',
  'second_date',
  'nth',
  'dates',
  'first_day',
  'deadline',
  'rounds',
  'order',
  'auction_least',
  'auction_most',
  'auction_step',
  'auction_commission',
  'grace_hours',
  'late_kind',
  'late_fee',
  'late_fee_served',
  'late_cap',
  'solidarity',
  ...AID_FIELDS,
  'guarantee',
  'absence_fine',
  'shortfall',
  'default_cover',
  'paid_first',
  'visibility',
  ...COUNT_FIELDS,
] as const;

export type DraftField = (typeof DRAFT_FIELDS)[number];

export type RulesDraft = Readonly<Partial<Record<DraftField, string>>>;

/** How often one contributes, as offered. */
export const RHYTHMS = [
  'daily',
  'weekly',
  'twice-weekly',
  'fortnightly',
  'monthly',
  'twice-monthly',
  'nth-weekday',
  'every-days',
  'custom',
] as const;

/** Which such weekday of the month: `same` is what the first day is. */
export const NTHS = ['same', '1', '2', '3', '4', 'last'] as const;

/** How it is decided whose turn it is. */
export const ORDERS = ['draw', 'fixed', 'vote', 'auction-discount', 'auction-premium'] as const;

/** How lateness is counted. */
export const LATE_KINDS = ['fixed', 'percent', 'per-day', 'none'] as const;

/** What happens when the pot is not whole at the end of a round. */
export const SHORTFALLS = ['wait', 'guarantee', 'pay-what-is-there'] as const;

/** Who sees the amounts of others. */
export const VISIBILITIES = ['all', 'own-and-totals'] as const;

/** Who covers a default, one after the other; what a group has beside these stays offered to it. */
export const COVERS = [
  'deposit+guarantor+guarantee+pro-rata',
  'deposit+guarantor+guarantee',
  'deposit+guarantee+pro-rata',
  'deposit+pro-rata',
  'guarantor+deposit+guarantee+pro-rata',
  'pro-rata',
] as const;

/** Which dues a contribution pays one after the other. */
export const PAID_FIRST = [
  'pot+solidarity+guarantee+fine',
  'fine+pot+solidarity+guarantee',
  'guarantee+pot+solidarity+fine',
  'solidarity+pot+guarantee+fine',
] as const;
