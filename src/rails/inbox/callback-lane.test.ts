import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import type { Db } from '../../ground/postgres/database.ts';
import { clonePostgres, testGround } from '../../ground/testing/fresh-database.ts';
import { scriptedProvider } from '../testing/scripted-provider.ts';
import { type CallbackArrival, readArrival } from './callback-arrival.ts';
import { type CallbackLaneOptions, openCallbackLane } from './callback-lane.ts';
import { openBody } from './provider-callback.rows.ts';

async function openLane(options?: CallbackLaneOptions) {
  const clone = await clonePostgres();
  onTestFinished(async () => await clone.drop());
  const ground = testGround();
  const provider = scriptedProvider(ground.clock);
  const rails = {
    provider,
    feePolicy: 'wallet',
    fallbackFeeBasisPoints: 300,
    callbackUrl: () => '',
  } as const;
  const lane = openCallbackLane(clone.db, ground, rails, options);
  const arrival = (text: string, contentType = 'text/plain'): CallbackArrival =>
    readArrival(provider, {
      paymentId: undefined,
      request: { body: Buffer.from(text), headers: {}, contentType, receivedAt: ground.clock.now() },
    });
  const kept = async (): Promise<Map<string, number>> => {
    const rows = await clone.db.selectFrom('provider_callbacks').select(['id', 'body', 'seen']).execute();
    return new Map(rows.map((row) => [told(clone.db, row), row.seen]));
  };
  return { db: clone.db, ground, lane, arrival, kept };
}

/** What was sent, whole. */
function told(db: Db, { id, body }: { readonly id: string; readonly body: Uint8Array | null }): string {
  return Buffer.from(body === null ? [] : openBody(db, id, body)).toString();
}

type Opened = Awaited<ReturnType<typeof openLane>>;

/** What became of each: the answer, the code of the refusal, or that it failed. */
async function endsOf(taken: readonly ReturnType<Opened['lane']['take']>[]): Promise<string[]> {
  const ends = await Promise.allSettled(taken);
  return ends.map((end) => {
    if (end.status === 'rejected') return 'failed';
    return end.value.ok ? end.value.value : end.value.refusal.code;
  });
}

test('two hundred at once: each its own answer, equal ones are one row, and one that cannot be kept fails alone', async () => {
  const { db, ground, lane, arrival, kept } = await openLane();
  await sql`create function refuse_poison() returns trigger language plpgsql as $$
    begin raise exception 'poison'; end $$`.execute(db);
  await sql`create trigger refuse_poison before insert on provider_callbacks for each row
    when (new.content_type = 'poison') execute function refuse_poison()`.execute(db);
  // Every body comes twice, half of them next to each other and half of them far apart.
  const texts = Array.from({ length: 100 }, (_, place) => `callback ${place}`);
  const sent = [
    ...texts.slice(0, 50).flatMap((text) => [text, text]),
    ...texts.slice(50),
    ...texts.slice(50),
  ];
  const arrivals = sent.map((text) => arrival(text));
  arrivals.splice(77, 0, arrival('a bad one', 'poison'));
  const ends = await endsOf(arrivals.map(async (one) => await lane.take(one)));
  const count = (end: string): number => ends.filter((one) => one === end).length;
  expect(ends[77]).toBe('failed');
  expect([count('new'), count('again'), count('failed')]).toEqual([100, 100, 1]);
  expect(await kept()).toEqual(new Map(texts.map((text) => [text, 2])));
  // A job is a look at the rows: one for each set that was written, and not one for each callback.
  expect(ground.queue.asked.length).toBeLessThan(25);
});

test('a callback that led to nothing is opened again by its repetition, whichever of a set it is', async () => {
  const { db, ground, lane, arrival } = await openLane();
  await endsOf(['a', 'b', 'c'].map(async (text) => await lane.take(arrival(text))));
  await db
    .updateTable('provider_callbacks')
    .set({ state: 'ignored', due_at: null, finished_at: ground.clock.now(), tries: 3 })
    .where('fingerprint', '<>', arrival('c').fingerprint)
    .execute();
  await db
    .updateTable('provider_callbacks')
    .set({ body: null, archived_in: 'a file' })
    .where('fingerprint', '=', arrival('a').fingerprint)
    .execute();
  const taken = ['a', 'd', 'b', 'c'].map(async (text) => await lane.take(arrival(text)));
  expect(await endsOf(taken)).toEqual(['again', 'new', 'again', 'again']);
  const rows = await db
    .selectFrom('provider_callbacks')
    .select(['id', 'body', 'state', 'tries', 'archived_in'])
    .execute();
  expect(
    rows.map(({ id, body, ...row }) => [told(db, { id, body }), ...Object.values(row)]).toSorted(),
  ).toEqual(['a', 'b', 'c', 'd'].map((text) => [text, 'received', 0, null]));
});

test('a database that breaks in the middle: who was told yes is on disk, and whoever was not comes again', async () => {
  const { db, lane, arrival, kept } = await openLane({ atOnce: 20 });
  const texts = Array.from({ length: 60 }, (_, place) => `callback ${place}`);
  const held = await db.startTransaction().execute();
  await sql`lock table provider_callbacks in exclusive mode`.execute(held);
  const taken = texts.map(async (text) => await lane.take(arrival(text)));
  const ending = endsOf(taken);
  await expect.poll(async () => await endWaiting(db), { interval: 10 }).toBe(1);
  await held.rollback().execute();
  const ends = await ending;
  const yes = texts.filter((_, place) => ends[place] === 'new');
  expect(ends.filter((end) => end === 'failed')).toHaveLength(20);
  expect([...(await kept()).keys()].toSorted()).toEqual(yes.toSorted());
  await endsOf(texts.map(async (text) => await lane.take(arrival(text))));
  expect((await kept()).size).toBe(60);
});

/** Ends the connections that wait for a lock; how many there were. */
async function endWaiting(db: Opened['db']): Promise<number> {
  const found = await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
  return found.rows.length;
}

test('a line that is full refuses at the door, strangers before those who sign; whoever waits is finished at the end', async () => {
  const { db, lane, arrival, kept } = await openLane({ waiting: 8, atOnce: 4 });
  const held = await db.startTransaction().execute();
  await sql`lock table provider_callbacks in exclusive mode`.execute(held);
  const stranger = (text: string): CallbackArrival => ({
    ...arrival(text),
    verdict: { verdict: 'invalid', reason: 'not signed' },
  });
  const first = endsOf([lane.take(arrival('first'))]);
  // The first is on its way to the database by now, so the line is empty again.
  await expect.poll(async () => await isAnybodyWaiting(db), { interval: 10 }).toBe(true);
  const strangers = endsOf(['x', 'y', 'z'].map(async (text) => await lane.take(stranger(text))));
  const signed = endsOf(
    Array.from({ length: 7 }, async (_, place) => await lane.take(arrival(`signed ${place}`))),
  );
  const closed = lane.close();
  const after = endsOf([lane.take(arrival('late'))]);
  await held.rollback().execute();
  await closed;
  expect(await first).toEqual(['new']);
  expect(await strangers).toEqual(['callback-not-believed', 'callback-not-believed', 'inbox-full']);
  expect(await signed).toEqual([...Array.from({ length: 6 }, () => 'new'), 'inbox-full']);
  expect(await after).toEqual(['inbox-full']);
  expect((await kept()).get('signed 5')).toBe(1);
});

async function isAnybodyWaiting(db: Opened['db']): Promise<boolean> {
  const found = await sql`select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
  return found.rows.length > 0;
}

test('who waited longer than a provider does is told to come again, and is not kept', async () => {
  const { db, ground, lane, arrival, kept } = await openLane({ atOnce: 1 });
  const held = await db.startTransaction().execute();
  await sql`lock table provider_callbacks in exclusive mode`.execute(held);
  const ending = endsOf(['a', 'b'].map(async (text) => await lane.take(arrival(text))));
  await expect.poll(async () => await isAnybodyWaiting(db), { interval: 10 }).toBe(true);
  ground.clock.advance(11_000);
  await held.rollback().execute();
  expect(await ending).toEqual(['new', 'inbox-full']);
  expect(await kept()).toEqual(new Map([['a', 1]]));
});
