/**
 * Is what the founding form asks, as it was typed: the answers travel unchanged until the server has understood them.
 */
export const DRAFT_FIELDS = [
  'name',
  'amount',
  'shares',
  'rhythm',
  'every_days',
  'second_weekday',
  'first_day',
  'deadline',
  'order',
  'grace_hours',
  'late_fee',
  'late_fee_served',
  'solidarity',
  'guarantee',
  'absence_fine',
  'shortfall',
  'visibility',
] as const;

export type DraftField = (typeof DRAFT_FIELDS)[number];

export type RulesDraft = Readonly<Partial<Record<DraftField, string>>>;

/** How often one contributes, as offered. */
export const RHYTHMS = ['daily', 'weekly', 'twice-weekly', 'fortnightly', 'monthly', 'every-days'] as const;

/** How it is decided whose turn it is. */
export const ORDERS = ['draw', 'fixed', 'vote', 'auction-discount', 'auction-premium'] as const;

/** What happens when the pot is not whole at the end of a round. */
export const SHORTFALLS = ['wait', 'guarantee', 'pay-what-is-there'] as const;

/** Who sees the amounts of others. */
export const VISIBILITIES = ['all', 'own-and-totals'] as const;
