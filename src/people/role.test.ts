import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import { freshDatabase, testGround } from '../ground/testing/fresh-database.ts';
import { findSession } from './find-session.ts';
import { grantRole } from './grant-role.ts';
import { openSession } from './open-session.ts';
import { insertPerson } from './person.rows.ts';
import { revokeRole } from './revoke-role.ts';
import { type GrantedRole, hasRole, type Role } from './role.ts';
import { findRoles, insertRoleGrant } from './role-grant.rows.ts';

async function office() {
  const { db } = await freshDatabase();
  const ground = testGround();
  const [admin, second, awa] = [ground.ids.next('per'), ground.ids.next('per'), ground.ids.next('per')];
  await inTransaction(db, async (tx) => {
    const createdAt = ground.clock.now();
    const phones = ['+2250708080808', '+2250709090909', '+2250707070707'];
    for (const [place, id] of [admin, second, awa].entries()) {
      await insertPerson(tx, { id, phone: phones[place] ?? '', country: 'CI', locale: 'fr', createdAt });
    }
    for (const personId of [admin, second]) {
      await insertRoleGrant(tx, { id: ground.ids.uuid(), personId, role: 'admin', grantedAt: createdAt });
    }
  });
  const grant = async (by: string, personId: string, role: GrantedRole) =>
    await inTransaction(db, async (tx) => await grantRole(tx, ground, { by, personId, role }));
  const revoke = async (by: string, personId: string, role: GrantedRole) =>
    await inTransaction(db, async (tx) => await revokeRole(tx, ground, { by, personId, role }));
  return { db, ground, admin, second, awa, grant, revoke };
}

test.each<[Role[], Role, boolean]>([
  [['member'], 'member', true],
  [['member'], 'operator', false],
  [['member', 'operator'], 'operator', true],
  [['member', 'operator'], 'admin', false],
  [['member', 'admin'], 'operator', true],
  [['member', 'finance'], 'operator', true],
  [['member', 'finance'], 'admin', false],
  [['member', 'admin'], 'finance', false],
])('%j may do what needs %s: %s', (roles, needed, allowed) => {
  expect(hasRole(roles, needed)).toBe(allowed);
});

test('an admin makes an operator, whose sessions end, and takes the role back', async () => {
  const { db, ground, admin, awa, grant, revoke } = await office();
  const enter = async () =>
    await inTransaction(
      db,
      async (tx) => await openSession(tx, ground, { personId: awa, origin: { ip: '192.0.2.1' } }),
    );
  const asMember = await enter();
  expect(await grant(awa, awa, 'admin')).toMatchObject({ refusal: { code: 'role-denied' } });
  expect(await grant(admin, 'per_nobody', 'operator')).toMatchObject({ refusal: { code: 'person-absent' } });
  expect(await findSession(db, ground, asMember.token)).toBeDefined();
  expect(await grant(admin, awa, 'operator')).toMatchObject({ ok: true });
  expect(await grant(admin, awa, 'operator')).toMatchObject({ refusal: { code: 'role-held' } });
  expect(await findSession(db, ground, asMember.token)).toBeUndefined();
  const asStaff = await enter();
  expect(asStaff.session.level).toBe('staff');
  expect(await revoke(awa, admin, 'admin')).toMatchObject({ refusal: { code: 'role-denied' } });
  expect(await revoke(admin, awa, 'operator')).toMatchObject({ ok: true });
  expect(await revoke(admin, awa, 'operator')).toMatchObject({ refusal: { code: 'role-not-held' } });
  expect(await findSession(db, ground, asStaff.token)).toBeUndefined();
  expect(await findRoles(db, awa)).toEqual(['member']);
});

test('two admins who revoke each other in the same second leave one', async () => {
  const { db, ground, admin, second, revoke } = await office();
  const isSomebodyWaiting = async () =>
    (await sql`select 1 from pg_locks where not granted`.execute(db)).rows.length > 0;
  let finished = false;
  let answer: ReturnType<typeof revoke> | undefined;
  await inTransaction(db, async (tx) => {
    const first = await revokeRole(tx, ground, { by: admin, personId: second, role: 'admin' });
    expect(first.ok).toBe(true);
    answer = revoke(second, admin, 'admin').finally(() => {
      finished = true;
    });
    // The first commits only once the second has read what it decides on, or waits for it.
    while (!finished && !(await isSomebodyWaiting()));
  });
  expect(await answer).toMatchObject({ refusal: { code: 'role-denied' } });
  expect(await findRoles(db, admin)).toEqual(['member', 'admin']);
  expect(await findRoles(db, second)).toEqual(['member']);
});

test('the last admin stays', async () => {
  const { admin, second, revoke } = await office();
  expect(await revoke(admin, second, 'admin')).toMatchObject({ ok: true });
  expect(await revoke(admin, admin, 'admin')).toMatchObject({ refusal: { code: 'role-last-admin' } });
});

test('the database itself refuses to delete, rewrite or backdate a grant', async () => {
  const { db } = await office();
  const attacks = [
    sql`delete from role_grants`,
    sql`update role_grants set role = 'operator'`,
    sql`update role_grants set granted_at = granted_at - interval '1 day'`,
  ];
  for (const attack of attacks) await expect(attack.execute(db)).rejects.toThrow('role grants are history');
});

test('the database itself refuses to reopen a revoked grant', async () => {
  const { db, admin, second, revoke } = await office();
  await revoke(admin, second, 'admin');
  const reopen = sql`update role_grants set revoked_at = null, revoked_by = null where revoked_at is not null`;
  await expect(reopen.execute(db)).rejects.toThrow('role grants are history');
});
