/**
 * Draws the board of the console on a busy day and on a quiet one.
 */
import type { Locale } from '../../../ground/money/money-text.ts';
import type { Alert } from '../../../oversight/alerts/alert.rows.ts';
import type { FloatReading } from '../../../oversight/now/float-reading.rows.ts';
import type { Board } from '../../../oversight/now/read-board.ts';
import type { KnownBreak } from '../../../oversight/reconcile/break.rows.ts';
import type { DayLook } from '../../../oversight/reconcile/day-look.rows.ts';
import type { ReconciliationRun } from '../../../oversight/reconcile/run.rows.ts';
import { METHODS } from '../../../rails/provider.ts';
import { AlertsPage } from '../console/alerts/page.tsx';
import type { ConsoleFrame } from '../console/console-layout.tsx';
import { BoardPage } from '../console/now/page.tsx';
import { ReconciliationPage } from '../console/reconciliation/page.tsx';
import { sampleConsoleFrame } from './sample-console.tsx';
import type { SamplePage } from './sample-pages.tsx';

const AT = new Date('2026-01-05T09:07:00Z');
const LIVE = { url: '/console/', version: 'abc', feed: '/console/now/feed' };

function reading(place: number): FloatReading {
  return {
    provider: 'getmipay',
    environment: 'sandbox',
    currency: 'XOF',
    readAt: new Date(AT.getTime() - place * 60_000),
    held: place === 3 ? undefined : 12_345_678n - BigInt(place * 4_000),
    booked: 12_345_678n - BigInt(place * 3_000),
    reserved: 50_500n,
  };
}

const BUSY: Board = {
  at: AT,
  rates: METHODS.map((method, place) => ({
    method,
    direction: place % 2 === 0 ? ('in' as const) : ('out' as const),
    asked: BigInt(1_200 - place * 300),
    succeeded: BigInt(1_100 - place * 280),
    ended: place === 4 ? 0n : 40n,
    p50_s: place === 4 ? null : 14.2,
    p95_s: place === 4 ? null : 4_000,
  })),
  ages: ['pending', 'unknown', 'review'].map((state) => ({
    state,
    payments: 20n,
    oldest_at: AT,
    under_5_min: 12n,
    under_30_min: 5n,
    under_1_day: 2n,
    older: 1n,
  })),
  perMinute: Array.from({ length: 60 }, (_, place) => (place * 7) % 13),
  floats: [Array.from({ length: 12 }, (_, place) => reading(place))],
  callbacks: [
    { state: 'applied', callbacks: 812n },
    { state: 'parked', callbacks: 3n },
    { state: 'rejected', callbacks: 2n },
  ],
  queues: { commands: 80n, callbacks: 30n, enquiries: 12n },
  jobs: { waiting: 4, active: 2, dead: 1 },
  reach: [
    { direction: 'in', answered: 41n, lost: 2n, held_back: 0n, last_answered: AT, last_held_back: null },
    { direction: 'out', answered: 0n, lost: 5n, held_back: 3n, last_answered: null, last_held_back: AT },
  ],
  smsSent: 1_900,
};

const QUIET: Board = {
  ...BUSY,
  rates: [],
  ages: [],
  perMinute: Array.from({ length: 60 }, () => 0),
  floats: [],
  callbacks: [],
  queues: { commands: 0n, callbacks: 0n, enquiries: 0n },
  jobs: { waiting: 0, active: 0, dead: 0 },
  reach: [],
  smsSent: 0,
};

export function boardPages(locale: Locale, name: string): readonly SamplePage[] {
  const frame = { ...sampleConsoleFrame(locale, name), waiting: { reviews: 3 } };
  const quiet = sampleConsoleFrame(locale, name);
  return [
    {
      name: 'console-now',
      page: <BoardPage frame={frame} board={BUSY} smsBudget={2_000} live={LIVE} />,
    },
    {
      name: 'console-now-quiet',
      page: <BoardPage frame={quiet} board={QUIET} smsBudget={2_000} live={LIVE} />,
    },
    { name: 'console-alerts', page: alertsPage(frame) },
    ...reconciliationPages(frame, quiet),
    {
      name: 'console-alerts-calm',
      page: (
        <AlertsPage frame={quiet} open={[]} resolved={[]} rules={[]} names={new Map()} mayConfigure={false} />
      ),
    },
  ];
}

function alertsPage(frame: ConsoleFrame) {
  const alert: Alert = {
    id: 'alr_1',
    rule: 'unknown-old',
    subject: 'all',
    measured: '47 min',
    state: 'raised',
    times: 17,
    firstAt: AT,
    lastAt: AT,
    toldAt: AT,
    silencedUntil: undefined,
    acknowledgedBy: undefined,
    resolvedBy: undefined,
    resolvedAt: undefined,
  };
  return (
    <AlertsPage
      frame={frame}
      mayConfigure
      names={new Map([['per_a', 'Comptable']])}
      open={[
        alert,
        {
          ...alert,
          id: 'alr_2',
          rule: 'success-drop',
          subject: 'wave in',
          state: 'acknowledged',
          acknowledgedBy: 'per_a',
          silencedUntil: AT,
        },
      ]}
      resolved={[{ ...alert, id: 'alr_3', state: 'resolved', resolvedBy: 'by itself', resolvedAt: AT }]}
      rules={[
        { rule: 'unknown-old', threshold: 30n, cooldown_min: 60, enabled: true, severity: 'page' },
        { rule: 'float-low', threshold: 100_000n, cooldown_min: 120, enabled: false, severity: 'notice' },
      ]}
    />
  );
}

const CLEAN_DAY: DayLook = {
  id: 'lok_1',
  currency: 'XOF',
  day: '2026-01-04',
  depth: 1,
  files: 1,
  lookedAt: AT,
  lines: 1_204,
  movements: 1_203,
  differing: 0,
  unstated: 0,
  opened: 0,
  gone: 0,
};

function reconciliationPages(frame: ConsoleFrame, quiet: ConsoleFrame): readonly SamplePage[] {
  const run: ReconciliationRun = {
    id: 'rcn_1',
    currency: 'XOF',
    depth: 'deep',
    ranAt: AT,
    booked: 12_345_678n,
    held: 12_355_528n,
    ownTransfers: 1_000_000n,
    openBreaks: -990_150n,
    explained: 0n,
    inFlightIn: 10_000n,
    inFlightOut: 5_050n,
    rest: 0n,
  };
  const found: KnownBreak = {
    id: 'brk_1',
    currency: 'XOF',
    kind: 'missing-in-ledger',
    reference: 'MPAYIN_000001',
    paymentId: undefined,
    difference: 9_850n,
    happenedAt: AT,
    firstSeenAt: AT,
    lastSeenAt: AT,
    ownerId: undefined,
    closedAt: undefined,
    closedBy: undefined,
    explanation: undefined,
  };
  const none = { runs: [], looks: [], breaks: [], statements: [], names: new Map(), mayReconcile: false };
  return [
    {
      name: 'console-reconciliation',
      page: (
        <ReconciliationPage
          frame={frame}
          mayReconcile
          names={new Map([['per_a', 'Comptable']])}
          runs={[run, { ...run, currency: 'XAF', held: undefined, rest: undefined }]}
          looks={[
            CLEAN_DAY,
            { ...CLEAN_DAY, day: '2026-01-02', differing: 2, unstated: 3, opened: 2, gone: 1 },
          ]}
          breaks={[found, { ...found, id: 'brk_2', kind: 'amount', paymentId: 'pay_1', ownerId: 'per_a' }]}
          statements={[
            {
              id: 'stm_1',
              provider: 'getmipay',
              environment: 'sandbox',
              fileName: 'releve-2026-01-05.csv',
              fileHash: new Uint8Array(32),
              lines: 1_204,
              importedBy: 'per_a',
              importedAt: AT,
            },
          ]}
        />
      ),
    },
    { name: 'console-reconciliation-none', page: <ReconciliationPage frame={quiet} {...none} /> },
  ];
}
