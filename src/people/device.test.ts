import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { DAY_MS } from '../ground/clock.ts';
import type { Db } from '../ground/postgres/database.ts';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import { freshDatabase, testGround } from '../ground/testing/fresh-database.ts';
import { findDevice } from './find-device.ts';
import { insertPerson } from './person.rows.ts';
import { recordDevice } from './record-device.ts';

/** Two people without any device. */
async function household(engine: 'postgres' | 'pglite' = 'postgres') {
  const { db } = await freshDatabase(engine);
  const ground = testGround();
  const [awa, koffi] = [ground.ids.next('per'), ground.ids.next('per')];
  await inTransaction(db, async (tx) => {
    const person = { country: 'CI', locale: 'fr', createdAt: ground.clock.now() } as const;
    await insertPerson(tx, { ...person, id: awa, phone: '+2250707070707' });
    await insertPerson(tx, { ...person, id: koffi, phone: '+2250505050505' });
  });
  const signIn = async (personId: string, deviceToken?: unknown) =>
    await inTransaction(db, async (tx) => await recordDevice(tx, ground, { personId, deviceToken }));
  return { db, ground, awa, koffi, signIn };
}

test.each(['postgres', 'pglite'] as const)(
  'on %s the first device is first for ever, the next ones are new once',
  async (engine) => {
    const { db, ground, awa, signIn } = await household(engine);
    const monday = ground.clock.now();
    const phone = await signIn(awa);
    expect(phone).toMatchObject({ isNew: true, isFirst: true, firstSeenAt: monday });
    ground.clock.advance(DAY_MS);
    const tuesday = ground.clock.now();
    const stolen = await signIn(awa);
    expect(stolen).toMatchObject({ isNew: true, isFirst: false, firstSeenAt: tuesday });
    expect(stolen.token).not.toBe(phone.token);
    ground.clock.advance(DAY_MS);
    expect(await signIn(awa, phone.token)).toMatchObject({
      isNew: false,
      isFirst: true,
      firstSeenAt: monday,
    });
    expect(await signIn(awa, stolen.token)).toMatchObject({
      isNew: false,
      isFirst: false,
      firstSeenAt: tuesday,
    });
    expect(await findDevice(db, { personId: awa, deviceToken: stolen.token })).toEqual({
      isFirst: false,
      firstSeenAt: tuesday,
    });
  },
);

test('a browser that two people share keeps its one token and is known for each', async () => {
  const { db, awa, koffi, signIn } = await household();
  const shared = await signIn(awa);
  expect(await findDevice(db, { personId: koffi, deviceToken: shared.token })).toBeUndefined();
  const again = await signIn(koffi, shared.token);
  expect(again).toMatchObject({ token: shared.token, isNew: true, isFirst: true });
  expect(await signIn(awa, again.token)).toMatchObject({ isNew: false });
});

test.each([undefined, '', 'short', ['a'.repeat(43)], `${'a'.repeat(42)}\n`])(
  'a cookie that holds %j gets a fresh token',
  async (deviceToken) => {
    const { db, awa, signIn } = await household();
    expect((await signIn(awa, deviceToken)).token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await findDevice(db, { personId: awa, deviceToken })).toBeUndefined();
  },
);

test('of ten first logins at once one is the first device', async () => {
  const { awa, signIn } = await household();
  const devices = await Promise.all(Array.from({ length: 10 }, async () => await signIn(awa)));
  expect(devices.filter((device) => device.isFirst)).toHaveLength(1);
  expect(new Set(devices.map((device) => device.token)).size).toBe(10);
});

test('a first login waits for another one that has not ended, and is then the second', async () => {
  const { db, ground, awa, signIn } = await household();
  let second: ReturnType<typeof signIn> | undefined;
  const first = await inTransaction(db, async (tx) => {
    const device = await recordDevice(tx, ground, { personId: awa });
    second = signIn(awa);
    await untilSomebodyWaits(db);
    return device;
  });
  expect([first.isFirst, (await second)?.isFirst]).toEqual([true, false]);
});

/** Asks the server until one of its transactions waits for a lock. */
async function untilSomebodyWaits(db: Db): Promise<void> {
  for (;;) {
    const waiting = await sql`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
    if (waiting.rows.length > 0) return;
  }
}

test('the database keeps no token and allows no second first device', async () => {
  const { db, ground, awa, signIn } = await household();
  const { token } = await signIn(awa);
  const kept = await sql<{ row: string }>`select devices::text as row from devices`.execute(db);
  expect(kept.rows).toHaveLength(1);
  expect(kept.rows[0]?.row).not.toContain(token);
  const second = db
    .insertInto('devices')
    .values({
      person_id: awa,
      device_hash: new Uint8Array(32),
      is_first: true,
      first_seen_at: ground.clock.now(),
    })
    .execute();
  await expect(second).rejects.toThrow('devices_one_first');
});
