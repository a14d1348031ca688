/**
 * Names the figures by which a host sees from outside how the product is doing.
 *
 * They are read from the rows at the moment of the question, so every process answers the same, and a restart forgets
 * nothing. Sums and counts only: no id, no number, no name.
 */
export interface FigureKind {
  readonly help: string;
  readonly labels: readonly string[];
}

export const FIGURES = {
  tontine_database_up: { help: '1 when the database answers', labels: [] },
  tontine_payments_open: { help: 'Payments that are not final', labels: ['direction', 'state'] },
  tontine_payment_unknown_oldest_seconds: {
    help: 'Age of the oldest payment whose answer was lost',
    labels: [],
  },
  tontine_payments_succeeded_hour: {
    help: 'Payments confirmed in the last hour, at most 500',
    labels: ['direction'],
  },
  tontine_settle_seconds: {
    help: 'From request to confirmation, over the payments confirmed in the last hour',
    labels: ['direction', 'quantile'],
  },
  tontine_float: { help: 'What the books say that the provider holds, in whole units', labels: ['currency'] },
  tontine_suspense: { help: 'Money whose owner is not certain, in whole units', labels: ['currency'] },
  tontine_reviews_open: { help: 'Payments that people must decide', labels: [] },
  tontine_review_oldest_seconds: { help: 'Age of the oldest open review', labels: [] },
  tontine_freezes_open: { help: 'Freezes that nobody has lifted', labels: [] },
  tontine_callbacks_waiting: { help: 'Callbacks not followed up yet', labels: ['state'] },
  tontine_breaker_open: {
    help: '1 while a breaker keeps instructions back from the provider',
    labels: ['direction'],
  },
  tontine_months_ahead: { help: 'Months that lie ready after the present one', labels: ['of'] },
  tontine_month_unarchived_seconds: {
    help: 'Since the end of the oldest month that is over and in no archive; 0 when there is none',
    labels: ['of'],
  },
  tontine_queue_waiting: { help: 'Jobs that should have begun', labels: [] },
  tontine_queue_failed_day: { help: 'Jobs given up within a day', labels: [] },
  tontine_queue_last_proof_seconds: { help: 'Since a worker last proved that it is there', labels: [] },
  tontine_sms_sent_today: { help: 'Codes sent by SMS today (UTC)', labels: [] },
} as const satisfies Readonly<Record<string, FigureKind>>;

export type FigureName = keyof typeof FIGURES;

export interface Figure {
  readonly name: FigureName;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}
