import { expect, test } from 'vitest';
import { after, DAY_MS, HOUR_MS, MINUTE_MS } from '../../ground/clock.ts';
import { type AlertRule, judgeSignals, type RuleSetting, type Signals } from './alert-rule.ts';

const AT = new Date('2026-01-05T08:00:00Z');
const CALM: Signals = {
  at: AT,
  oldestUnknownAt: undefined,
  oldestReviewAt: undefined,
  floats: [{ currency: 'XOF', held: 500_000n, knownAt: AT }],
  rates: [{ group: 'wave in', over: 100, succeeded: 97 }],
  refusedCallbacks: 0,
  parkedCallbacks: 0,
  brokenChains: [],
  deadJobs: 0,
  codes: [],
  oldestBreakAt: undefined,
  lastBackupAt: AT,
  lastHeadAt: undefined,
  monthsAhead: [],
  backupExpected: true,
};

function rule(name: AlertRule, threshold: bigint, enabled = true): RuleSetting {
  return { rule: name, threshold, cooldown_min: 60, enabled, severity: 'page' };
}

/** One rule, what is measured, and the subjects that the alarm is about. */
const CASES: readonly (readonly [AlertRule, bigint, Partial<Signals>, readonly string[]])[] = [
  ['unknown-old', 30n, { oldestUnknownAt: after(AT, -29 * MINUTE_MS) }, []],
  ['unknown-old', 30n, { oldestUnknownAt: after(AT, -30 * MINUTE_MS) }, ['all']],
  ['float-low', 500_000n, {}, []],
  ['float-low', 500_001n, {}, ['XOF']],
  ['float-low', 1n, { floats: [{ currency: 'XOF', held: undefined, knownAt: AT }] }, []],
  ['float-unread', 15n, { floats: [{ currency: 'XOF', held: undefined, knownAt: AT }] }, []],
  ['float-unread', 15n, { floats: [{ currency: 'XAF', held: undefined, knownAt: undefined }] }, ['XAF']],
  ['success-drop', 60n, { rates: [{ group: 'wave in', over: 9, succeeded: 0 }] }, []],
  ['success-drop', 60n, { rates: [{ group: 'wave in', over: 10, succeeded: 5 }] }, ['wave in']],
  ['signature-failures', 5n, { refusedCallbacks: 5 }, []],
  ['signature-failures', 5n, { refusedCallbacks: 6 }, ['all']],
  ['callbacks-parked', 10n, { parkedCallbacks: 11 }, ['all']],
  ['chain-broken', 0n, { brokenChains: [{ chain: 'ledger', seq: 7n }] }, ['ledger']],
  ['dead-jobs', 0n, { deadJobs: 1 }, ['all']],
  ['sms-spike', 50n, { codes: [{ prefix: '+225070', sent: 51 }] }, ['+225070']],
  ['review-waiting', 24n, { oldestReviewAt: after(AT, -DAY_MS) }, ['all']],
  ['reconciliation-break', 24n, { oldestBreakAt: after(AT, -25 * HOUR_MS) }, ['all']],
  ['backup-old', 26n, { lastBackupAt: after(AT, -26 * HOUR_MS) }, ['all']],
  ['head-old', 120n, { lastHeadAt: after(AT, -121 * MINUTE_MS) }, ['all']],
  ['head-old', 120n, { lastHeadAt: after(AT, -119 * MINUTE_MS) }, []],
  ['head-old', 120n, { lastHeadAt: undefined }, []],
  ['months-short', 3n, { monthsAhead: [{ of: 'journal', months: 3 }] }, []],
  ['months-short', 3n, { monthsAhead: [{ of: 'journal', months: 2 }] }, ['journal']],
  ['backup-old', 26n, { lastBackupAt: undefined }, ['all']],
  ['backup-old', 26n, { lastBackupAt: undefined, backupExpected: false }, []],
];

test.each(CASES)('%s with a threshold of %i', (name, threshold, measured, subjects) => {
  const signals = { ...CALM, ...measured };
  expect(judgeSignals(signals, [rule(name, threshold)]).map((found) => found.subject)).toEqual(subjects);
  expect(judgeSignals(signals, [rule(name, threshold, false)])).toEqual([]);
});

test('every rule is tried, and a calm moment raises none', () => {
  const names = [...new Set(CASES.map(([name]) => name))];
  // All but `head-differs`, which the publisher finds: `heads/published-heads.test.ts`.
  expect(names).toHaveLength(14);
  const rules = names.map((name) => rule(name, name === 'float-low' ? 1n : 50n));
  expect(judgeSignals(CALM, rules)).toEqual([]);
});
