/**
 * Reads everything that the board shows at one moment.
 */
import { after, DAY_MS, HOUR_MS, MINUTE_MS } from '../../ground/clock.ts';
import { CURRENCIES } from '../../ground/money/currency.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { countJobs, type JobCounts } from '../../ground/queue/job-count.rows.ts';
import { findSmsSent } from '../../people/sms-day.rows.ts';
import type { Provider } from '../../rails/provider.ts';
import {
  type AgeRow,
  type CallbackCountRow,
  countCallbacksSince,
  countQueues,
  listAges,
  listMinutes,
  listRates,
  listReach,
  type QueueRow,
  type RateRow,
  type ReachRow,
} from './board.rows.ts';
import { type FloatReading, listFloatReadings } from './float-reading.rows.ts';

export const MINUTES_SHOWN = 60;
const READINGS_SHOWN = 60;
const REACH_MS = 10 * MINUTE_MS;

export interface Board {
  readonly at: Date;
  /** Of the last 24 hours, by method and direction. */
  readonly rates: readonly RateRow[];
  readonly ages: readonly AgeRow[];
  /** Payments asked for in each of the last minutes, the oldest first. */
  readonly perMinute: readonly number[];
  /** By currency, newest first; none where nothing ever moved. */
  readonly floats: readonly (readonly FloatReading[])[];
  readonly callbacks: readonly CallbackCountRow[];
  readonly queues: QueueRow;
  readonly jobs: JobCounts;
  /** Of the last ten minutes, by direction; none where nothing was sent. */
  readonly reach: readonly ReachRow[];
  readonly smsSent: number;
}

export async function readBoard(reader: Reader, provider: Provider, at: Date): Promise<Board> {
  const dayAgo = after(at, -DAY_MS);
  const { name, environment } = provider;
  const floats: FloatReading[][] = [];
  for (const currency of CURRENCIES) {
    const readings = await listFloatReadings(
      reader,
      { provider: name, environment, currency },
      READINGS_SHOWN,
    );
    if (readings.length > 0) floats.push(readings);
  }
  return {
    at,
    rates: await listRates(reader, dayAgo, after(at, MINUTE_MS)),
    ages: await listAges(reader, at),
    perMinute: await readMinutes(reader, at),
    floats,
    callbacks: await countCallbacksSince(reader, dayAgo),
    queues: (await countQueues(reader, at)) ?? { commands: 0n, callbacks: 0n, enquiries: 0n },
    jobs: await countJobs(reader, at, dayAgo),
    reach: await listReach(reader, { askedSince: after(at, -HOUR_MS), since: after(at, -REACH_MS) }),
    smsSent: await findSmsSent(reader, at.toISOString().slice(0, 10)),
  };
}

async function readMinutes(reader: Reader, at: Date): Promise<number[]> {
  const last = Math.floor(at.getTime() / MINUTE_MS);
  const found = await listMinutes(reader, after(at, -HOUR_MS));
  const asked = new Map(found.map((row) => [Number(row.minute), Number(row.asked)]));
  return Array.from(
    { length: MINUTES_SHOWN },
    (_, place) => asked.get(last - MINUTES_SHOWN + 1 + place) ?? 0,
  );
}
