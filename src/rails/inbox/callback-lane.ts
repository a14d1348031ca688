/**
 * Gathers callbacks into sets: while one set is written, those that arrive wait; when it is durable, all of them go.
 *
 * On the evening of the 5th every operator calls back at once. One by one each callback costs a transaction of its own and
 * a wait for the disk; together they share both. No timer decides: at low load a set is one callback and waits for nobody.
 * Nobody is answered before the bytes are on disk, and each hears its own answer. A set that the database cannot take is
 * halved until the one that it cannot take stands alone.
 *
 * Refuses: `inbox-full` when too much waits already or when the database took too long; nothing was kept then, and the
 * provider comes again. What `storeCallbacks` refuses.
 */
import { SECOND_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inHalves } from '../../ground/postgres/in-halves.ts';
import { type Answer, refusal, refused } from '../../ground/refusal.ts';
import type { Rails } from '../rails.ts';
import type { CallbackArrival } from './callback-arrival.ts';
import { storeCallbacks } from './store-callbacks.ts';

export interface CallbackLane {
  /** Resolves when the callback is on disk, or is not wanted; rejects when the database could not take it. */
  take(arrival: CallbackArrival): Promise<Answer<'new' | 'again'>>;
  /** Resolves when nothing waits; whoever comes after is refused. */
  close(): Promise<void>;
}

export interface CallbackLaneOptions {
  /** Most callbacks of one set. */
  readonly atOnce?: number;
  /** Most callbacks that may wait; whoever comes after is refused at the door. */
  readonly waiting?: number;
}

/** Larger sets are no faster and make the first of them wait for the last. */
const AT_ONCE = 200;
/** About a second of work; more would only be answered when the provider has given up. */
const WAITING = 3_000;
/** What is not believed may take a quarter of the line: a flood of it must not keep out what is signed. */
const SHARE_OF_STRANGERS = 4;
/** A callback may be 64 KiB: so many bytes wait at most, and go in one statement. */
const MOST_BYTES_WAITING = 32 * 1024 * 1024;
const MOST_BYTES_AT_ONCE = 1024 * 1024;
/** By then a provider has given up and will come again. */
const PATIENCE_MS = 10 * SECOND_MS;

interface Waiting {
  readonly arrival: CallbackArrival;
  readonly resolve: (answer: Answer<'new' | 'again'>) => void;
  readonly reject: (error: unknown) => void;
}

export function openCallbackLane(
  db: Db,
  ground: Ground,
  rails: Rails,
  { atOnce = AT_ONCE, waiting: most = WAITING }: CallbackLaneOptions = {},
): CallbackLane {
  const line: Waiting[] = [];
  let bytesWaiting = 0;
  let running: Promise<void> | undefined;
  let isClosed = false;

  return {
    take: async (arrival) => {
      const places = arrival.verdict.verdict === 'invalid' ? most / SHARE_OF_STRANGERS : most;
      const bytes = arrival.request.body.byteLength;
      if (isClosed || line.length >= places || bytesWaiting + bytes > MOST_BYTES_WAITING) {
        return refused(INBOX_FULL);
      }
      bytesWaiting += bytes;
      return await new Promise((resolve, reject) => {
        line.push({ arrival, resolve, reject });
        running ??= run();
      });
    },
    close: async () => {
      isClosed = true;
      await running;
    },
  };

  async function run(): Promise<void> {
    // Whoever calls in the same turn of the event loop rides along.
    await Promise.resolve();
    while (line.length > 0) await writeSet(db, ground, rails, nextSet());
    running = undefined;
  }

  function nextSet(): Waiting[] {
    const set: Waiting[] = [];
    const now_ms = ground.clock.now().getTime();
    let bytes = 0;
    let gone = 0;
    for (const one of line) {
      const { request } = one.arrival;
      const isLate = request.receivedAt.getTime() + PATIENCE_MS < now_ms;
      const isTooMuch = set.length >= atOnce || bytes + request.body.byteLength > MOST_BYTES_AT_ONCE;
      if (!isLate && isTooMuch && set.length > 0) break;
      gone += 1;
      bytesWaiting -= request.body.byteLength;
      if (isLate) one.resolve(refused(INBOX_FULL));
      else {
        bytes += request.body.byteLength;
        set.push(one);
      }
    }
    line.splice(0, gone);
    return set;
  }
}

async function writeSet(db: Db, ground: Ground, rails: Rails, set: readonly Waiting[]): Promise<void> {
  if (set.length === 0) return;
  try {
    await inHalves(db, () => set, {
      act: async (tx, rows) => {
        const arrivals = rows.map(({ arrival }) => arrival);
        return { rows, answers: await storeCallbacks(tx, ground, rails, arrivals) };
      },
      after: async ({ rows, answers }) => {
        for (const [place, { resolve }] of rows.entries()) resolve(answers[place] ?? refused(INBOX_FULL));
      },
    });
  } catch (error) {
    // Those whose half was written have their answer already and do not hear this.
    for (const { reject } of set) reject(error);
  }
}

export const INBOX_FULL = refusal(
  'inbox-full',
  'unavailable',
  'Trop de notifications attendent. Revenez dans un instant.',
  'Too many callbacks are waiting. Come again in a moment.',
);
