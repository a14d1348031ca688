/**
 * Measures what alarms are raised about.
 *
 * Of the chains only the last rows are walked here, because this runs every minute; the whole of them is walked each night
 * (`verify-chains-once.ts`).
 */
import { examineMonths } from '../../ground/archive/examine-months.ts';
import { after, HOUR_MS } from '../../ground/clock.ts';
import { findFence } from '../../ground/ledger/fence.rows.ts';
import { verifyChain } from '../../ground/ledger/verify-chain.ts';
import { CURRENCIES } from '../../ground/money/currency.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { countJobs } from '../../ground/queue/job-count.rows.ts';
import { countCodesByPrefix } from '../../people/login-code.rows.ts';
import type { Provider } from '../../rails/provider.ts';
import { findLastPublication } from '../heads/head-publication.rows.ts';
import { countCallbacksSince, listAges, listRates } from '../now/board.rows.ts';
import { listFloatReadings } from '../now/float-reading.rows.ts';
import { findOldestOpenBreak } from '../reconcile/break.rows.ts';
import type { Signals } from './alert-rule.ts';
import { findLastBackup } from './backup-run.rows.ts';

const TAIL_ROWS = 500n;
const READINGS = 60;

export async function readSignals(reader: Reader, provider: Provider, at: Date): Promise<Signals> {
  const hourAgo = after(at, -HOUR_MS);
  const ages = await listAges(reader, at);
  const callbacks = await countCallbacksSince(reader, hourAgo);
  const countOf = (state: string) => Number(callbacks.find((row) => row.state === state)?.callbacks ?? 0n);
  const rates = await listRates(reader, hourAgo, at);
  return {
    at,
    oldestUnknownAt: ages.find((row) => row.state === 'unknown')?.oldest_at,
    oldestReviewAt: ages.find((row) => row.state === 'review')?.oldest_at,
    floats: await readFloats(reader, provider),
    rates: rates.map((row) => ({
      group: `${row.method} ${row.direction}`,
      over: Number(row.succeeded + row.ended),
      succeeded: Number(row.succeeded),
    })),
    refusedCallbacks: countOf('rejected'),
    parkedCallbacks: countOf('parked'),
    brokenChains: await readBrokenTail(reader),
    deadJobs: (await countJobs(reader, at, after(at, -24 * HOUR_MS))).dead,
    codes: await countCodesByPrefix(reader, hourAgo),
    oldestBreakAt: await findOldestOpenBreak(reader),
    lastBackupAt: (await findLastBackup(reader))?.finishedAt,
    backupExpected: provider.environment === 'live',
    monthsAhead: (await examineMonths(reader, at)).flatMap(({ kind: of, ahead: months }) =>
      months === undefined ? [] : [{ of, months }],
    ),
    lastHeadAt: await findLastPublication(reader),
  };
}

async function readFloats(reader: Reader, { name, environment }: Provider): Promise<Signals['floats']> {
  const floats: { currency: string; held: bigint | undefined; knownAt: Date | undefined }[] = [];
  for (const currency of CURRENCIES) {
    const readings = await listFloatReadings(reader, { provider: name, environment, currency }, READINGS);
    if (readings.length === 0) continue;
    const known = readings.find((reading) => reading.held !== undefined);
    floats.push({ currency, held: readings[0]?.held, knownAt: known?.readAt });
  }
  return floats;
}

async function readBrokenTail(reader: Reader): Promise<Signals['brokenChains']> {
  const { seq } = await findFence(reader);
  const fromSeq = seq > TAIL_ROWS ? seq - TAIL_ROWS : 1n;
  const ledger = await verifyChain(reader, { fromSeq });
  return ledger.ok ? [] : [{ chain: 'ledger', seq: ledger.brokenSeq }];
}
