/**
 * Names what an alarm can be raised about, and decides from what was measured which alarms stand.
 *
 * Thresholds are rows; what they are compared with is here, as one pure table, so that it can be read and tested without
 * a database. One group of an alarm is its rule and its subject: ten lost answers are one alarm, two methods are two.
 */
import { HOUR_MS, MINUTE_MS } from '../../ground/clock.ts';

export type AlertRule =
  | 'unknown-old' // a lost answer is older than so many minutes
  | 'float-low' // the provider holds less for us than so much
  | 'float-unread' // the provider has not told its balance for so many minutes
  | 'success-drop' // of a method's payments of the last hour fewer than so many in a hundred succeeded
  | 'signature-failures' // more than so many callbacks were refused in an hour
  | 'callbacks-parked' // more than so many callbacks wait for a payment
  | 'chain-broken' // a row of the ledger or of the trail is not what was once written
  | 'dead-jobs' // more than so many jobs gave up in a day
  | 'sms-spike' // more than so many codes went to numbers that begin alike, in an hour
  | 'review-waiting' // a case has waited for people for so many hours
  | 'reconciliation-break' // a difference is unexplained for so many hours
  | 'head-differs' // our books are not those of which we told the outside before
  | 'head-old' // the last published head is older than so many minutes
  | 'months-short' // fewer than so many months lie ready for the journal or for events
  | 'backup-old'; // the last backup is older than so many hours

export type AlertState =
  | 'raised' // nobody looks after it yet
  | 'acknowledged' // somebody does
  | 'resolved'; // it is over, by itself or because somebody said so

export interface RuleSetting {
  readonly rule: AlertRule;
  readonly threshold: bigint;
  readonly cooldown_min: number;
  readonly enabled: boolean;
  readonly severity: 'page' | 'notice';
}

/** What was measured at one moment; absent where there is nothing to measure. */
export interface Signals {
  readonly at: Date;
  readonly oldestUnknownAt: Date | undefined;
  readonly oldestReviewAt: Date | undefined;
  readonly floats: readonly {
    readonly currency: string;
    readonly held: bigint | undefined;
    /** When it was last known. */
    readonly knownAt: Date | undefined;
  }[];
  /** Payments of the last hour that are over, by method and direction. */
  readonly rates: readonly { readonly group: string; readonly over: number; readonly succeeded: number }[];
  readonly refusedCallbacks: number;
  readonly parkedCallbacks: number;
  /** The first broken row of each chain that is broken. */
  readonly brokenChains: readonly { readonly chain: string; readonly seq: bigint }[];
  readonly deadJobs: number;
  readonly codes: readonly { readonly prefix: string; readonly sent: number }[];
  readonly oldestBreakAt: Date | undefined;
  /** Absent when no backup is known; `backupExpected` says whether that is a fault. */
  readonly lastBackupAt: Date | undefined;
  readonly backupExpected: boolean;
  /** Months that lie ready, where any were made. */
  readonly monthsAhead: readonly { readonly of: string; readonly months: number }[];
  /** Absent where heads are not published. */
  readonly lastHeadAt: Date | undefined;
}

export interface Finding {
  readonly rule: AlertRule;
  /** What the alarm is about, within its rule; `all` where there is only one. */
  readonly subject: string;
  /** The figure, as text. */
  readonly measured: string;
}

/** Fewer than these tell nothing about a rate: one refusal of two is not a drop. */
const ENOUGH_PAYMENTS = 10;

/** Every alarm that stands, in the order of the rules. */
export function judgeSignals(signals: Signals, rules: readonly RuleSetting[]): Finding[] {
  return rules
    .filter((rule) => rule.enabled)
    .flatMap(({ rule, threshold }) => {
      // A rule that the version after this one has brought is judged by that version.
      const check: Check | undefined = CHECKS[rule];
      return (check?.(signals, Number(threshold)) ?? []).map((found) => ({ rule, ...found }));
    });
}

type Found = Omit<Finding, 'rule'>;
type Check = (signals: Signals, threshold: number) => readonly Found[];

const CHECKS: Readonly<Record<AlertRule, Check>> = {
  'unknown-old': ({ at, oldestUnknownAt }, minutes) =>
    olderThan(at, oldestUnknownAt, minutes, MINUTE_MS, 'min'),
  'float-low': ({ floats }, least) =>
    floats.flatMap(({ currency, held }) =>
      held !== undefined && held < BigInt(least) ? [{ subject: currency, measured: String(held) }] : [],
    ),
  'float-unread': ({ at, floats }, minutes) =>
    floats.flatMap(({ currency, knownAt }) =>
      olderThan(at, knownAt ?? new Date(0), minutes, MINUTE_MS, 'min').map((found) => ({
        subject: currency,
        measured: knownAt === undefined ? '?' : found.measured,
      })),
    ),
  'success-drop': ({ rates }, percent) =>
    rates.flatMap(({ group, over, succeeded }) => {
      const share = Math.round((succeeded / Math.max(1, over)) * 100);
      return over >= ENOUGH_PAYMENTS && share < percent
        ? [{ subject: group, measured: `${share} % / ${over}` }]
        : [];
    }),
  'signature-failures': ({ refusedCallbacks }, most) => moreThan(refusedCallbacks, most),
  'callbacks-parked': ({ parkedCallbacks }, most) => moreThan(parkedCallbacks, most),
  'chain-broken': ({ brokenChains }) =>
    brokenChains.map(({ chain, seq }) => ({ subject: chain, measured: `nº ${seq}` })),
  'dead-jobs': ({ deadJobs }, most) => moreThan(deadJobs, most),
  'sms-spike': ({ codes }, most) =>
    codes.flatMap(({ prefix, sent }) => (sent > most ? [{ subject: prefix, measured: String(sent) }] : [])),
  'review-waiting': ({ at, oldestReviewAt }, hours) => olderThan(at, oldestReviewAt, hours, HOUR_MS, 'h'),
  'reconciliation-break': ({ at, oldestBreakAt }, hours) => olderThan(at, oldestBreakAt, hours, HOUR_MS, 'h'),
  // Told by the one who publishes.
  'head-differs': () => [],
  'head-old': ({ at, lastHeadAt }, minutes) => olderThan(at, lastHeadAt, minutes, MINUTE_MS, 'min'),
  'months-short': ({ monthsAhead }, least) =>
    monthsAhead.flatMap(({ of, months }) =>
      months < least ? [{ subject: of, measured: String(months) }] : [],
    ),
  'backup-old': ({ at, lastBackupAt, backupExpected }, hours) =>
    lastBackupAt === undefined
      ? backupExpected
        ? [{ subject: 'all', measured: '?' }]
        : []
      : olderThan(at, lastBackupAt, hours, HOUR_MS, 'h'),
};

function olderThan(
  at: Date,
  since: Date | undefined,
  most: number,
  unit_ms: number,
  unit: string,
): readonly Found[] {
  if (since === undefined) return [];
  const age = Math.floor((at.getTime() - since.getTime()) / unit_ms);
  return age >= most ? [{ subject: 'all', measured: `${age} ${unit}` }] : [];
}

function moreThan(count: number, most: number): readonly Found[] {
  return count > most ? [{ subject: 'all', measured: String(count) }] : [];
}
