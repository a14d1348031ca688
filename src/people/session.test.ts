import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../ground/clock.ts';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import { freshDatabase, testGround } from '../ground/testing/fresh-database.ts';
import { findSession } from './find-session.ts';
import { openSession } from './open-session.ts';
import { insertPerson } from './person.rows.ts';
import { revokeOtherSessions } from './revoke-other-sessions.ts';
import { revokeSession } from './revoke-session.ts';
import type { GrantedRole } from './role.ts';
import { insertRoleGrant } from './role-grant.rows.ts';
import { listLiveSessions } from './session.rows.ts';
import { signOut } from './sign-out.ts';

async function house() {
  const { db } = await freshDatabase();
  const ground = testGround();
  const add = async (phone: string, role?: GrantedRole): Promise<string> =>
    await inTransaction(db, async (tx) => {
      const id = ground.ids.next('per');
      const at = ground.clock.now();
      await insertPerson(tx, { id, phone, country: 'CI', locale: 'fr', createdAt: at });
      if (role) {
        await insertRoleGrant(tx, { id: ground.ids.uuid(), personId: id, role, grantedAt: at });
      }
      return id;
    });
  const enter = async (personId: string) =>
    await inTransaction(
      db,
      async (tx) => await openSession(tx, ground, { personId, origin: { ip: '192.0.2.1' } }),
    );
  const awa = await add('+2250707070707');
  return { db, ground, add, enter, awa };
}

test('the database holds the hash of the token and not the token', async () => {
  const { db, enter, awa } = await house();
  const { token } = await enter(awa);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  const rows = await sql<{ text: string }>`select sessions::text as text from sessions`.execute(db);
  expect(rows.rows[0]?.text).not.toContain(token);
  expect(rows.rows[0]?.text).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
  expect(rows.rows[0]?.text).not.toContain(Buffer.from(token).toString('hex'));
});

test('what is no token, or nobody’s, opens nothing', async () => {
  const { db, ground, enter, awa } = await house();
  await enter(awa);
  const texts = [undefined, '', 'short', 42, ['a'.repeat(43)], `${'a'.repeat(42)}'`, 'a'.repeat(43)];
  for (const text of texts) expect(await findSession(db, ground, text)).toBeUndefined();
});

test('a connection goes on asking when a migration adds a column beside it', async () => {
  const { db, ground, enter, awa } = await house();
  const { token } = await enter(awa);
  await inTransaction(db, async (tx) => {
    expect(await findSession(tx, ground, token)).toBeDefined();
    await sql`alter table people add column added_later text`.execute(tx);
    expect((await findSession(tx, ground, token))?.person.id).toBe(awa);
  });
});

test('a member stays seven days without a visit, and thirty with daily visits', async () => {
  const { db, ground, enter, awa } = await house();
  const idle = await enter(awa);
  const busy = await enter(awa);
  ground.clock.advance(7 * DAY_MS - SECOND_MS);
  expect(await findSession(db, ground, busy.token)).toBeDefined();
  ground.clock.advance(SECOND_MS);
  expect(await findSession(db, ground, idle.token)).toBeUndefined();
  for (let day = 8; day < 30; day++) {
    ground.clock.advance(DAY_MS);
    expect(await findSession(db, ground, busy.token)).toBeDefined();
  }
  ground.clock.advance(DAY_MS);
  expect(await findSession(db, ground, busy.token)).toBeUndefined();
});

test.each(['operator', 'admin'] as const)(
  'an %s stays eight hours without a visit, and a day',
  async (role) => {
    const { db, ground, add, enter } = await house();
    const staff = await add('+2250708080808', role);
    const idle = await enter(staff);
    ground.clock.advance(8 * HOUR_MS);
    expect(await findSession(db, ground, idle.token)).toBeUndefined();
    const busy = await enter(staff);
    for (let hours = 6; hours < 24; hours += 6) {
      ground.clock.advance(6 * HOUR_MS);
      expect(await findSession(db, ground, busy.token)).toMatchObject({ roles: ['member', role] });
    }
    ground.clock.advance(6 * HOUR_MS);
    expect(await findSession(db, ground, busy.token)).toBeUndefined();
  },
);

test('a visit is written at most once a minute, also by forty pages at once', async () => {
  const { db, ground, enter, awa } = await house();
  const { token } = await enter(awa);
  await sql`create table writes (at serial)`.execute(db);
  await sql`create function count_write() returns trigger language plpgsql as
    $$ begin insert into writes default values; return new; end $$`.execute(db);
  await sql`create trigger count_writes after update on sessions
    for each row execute function count_write()`.execute(db);
  const fortyPages = async () => {
    await Promise.all(Array.from({ length: 40 }, async () => await findSession(db, ground, token)));
    return (await sql`select at from writes`.execute(db)).rows.length;
  };
  ground.clock.advance(MINUTE_MS - 1);
  expect(await fortyPages()).toBe(0);
  ground.clock.advance(1);
  expect(await fortyPages()).toBe(1);
  ground.clock.advance(MINUTE_MS);
  expect(await fortyPages()).toBe(2);
});

test('from the list of devices one is ended, then all others; nobody else is touched', async () => {
  const { db, ground, add, enter, awa } = await house();
  const koffi = await add('+2250505050505');
  const [kept, first, second, foreign] = [
    await enter(awa),
    await enter(awa),
    await enter(awa),
    await enter(koffi),
  ];
  const revoke = async (personId: string, sessionId: string) =>
    await inTransaction(db, async (tx) => await revokeSession(tx, ground, { personId, sessionId }));
  expect(await revoke(awa, foreign.session.id)).toMatchObject({ refusal: { code: 'session-absent' } });
  expect(await revoke(awa, first.session.id)).toMatchObject({ ok: true });
  expect(await revoke(awa, first.session.id)).toMatchObject({ refusal: { code: 'session-absent' } });
  const left = await listLiveSessions(db, awa, ground.clock.now());
  expect(new Set(left.map((session) => session.id))).toEqual(new Set([kept.session.id, second.session.id]));
  const ended = await inTransaction(
    db,
    async (tx) => await revokeOtherSessions(tx, ground, { personId: awa, keep: kept.session.id }),
  );
  expect(ended).toBe(1);
  expect(await findSession(db, ground, second.token)).toBeUndefined();
  expect(await findSession(db, ground, kept.token)).toBeDefined();
  expect(await findSession(db, ground, foreign.token)).toBeDefined();
});

test('signing out ends this session, and twice is no error', async () => {
  const { db, ground, enter, awa } = await house();
  const { token } = await enter(awa);
  const other = await enter(awa);
  for (const leaving of [token, token, undefined, 'nonsense']) {
    await inTransaction(db, async (tx) => await signOut(tx, ground, leaving));
  }
  expect(await findSession(db, ground, token)).toBeUndefined();
  expect(await findSession(db, ground, other.token)).toBeDefined();
});
