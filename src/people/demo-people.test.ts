import { expect, test } from 'vitest';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import { freshDatabase, testGround } from '../ground/testing/fresh-database.ts';
import { DEMO_PEOPLE, seedDemoPeople } from './demo-people.ts';
import { findPersonByPhone } from './person.rows.ts';
import { parsePhone } from './phone-number.ts';
import { argonHasher } from './pin-hash.ts';
import { findRoles } from './role-grant.rows.ts';
import { setPin } from './set-pin.ts';
import { signInWithPin } from './sign-in-with-pin.ts';

const PEPPER = new Uint8Array(32).fill(7);

test('two processes that start at once make the demo people once, and everybody can log in', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  const seed = async () => await inTransaction(db, async (tx) => await seedDemoPeople(tx, ground, PEPPER));
  const [people] = await Promise.all([seed(), seed()]);
  expect(await db.selectFrom('people').select('id').execute()).toHaveLength(DEMO_PEOPLE.length);
  for (const demo of people) {
    const phone = parsePhone(demo.phone);
    if (!phone.ok) throw new Error(phone.refusal.code);
    const login = await signInWithPin(db, ground, {
      phone: phone.value,
      pin: demo.pin,
      hasher: argonHasher(PEPPER),
      origin: { ip: '192.0.2.1' },
    });
    expect(login).toMatchObject({ ok: true, value: { person: { displayName: demo.name } } });
    const roles = login.ok ? await findRoles(db, login.value.person.id) : [];
    expect(roles).toEqual(demo.role === 'member' ? ['member'] : ['member', demo.role]);
  }
});

test('a later start leaves a changed PIN alone', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  const seed = async () => await inTransaction(db, async (tx) => await seedDemoPeople(tx, ground, PEPPER));
  await seed();
  const awa = await findPersonByPhone(db, '+2250707070707');
  const hasher = argonHasher(PEPPER);
  const changed = await setPin(db, ground, {
    personId: awa?.id ?? '',
    pin: '6138',
    proof: { kind: 'present-pin', pin: '4826' },
    hasher,
  });
  expect(changed.ok).toBe(true);
  const before = await db.selectFrom('people').selectAll().orderBy('id').execute();
  await seed();
  expect(await db.selectFrom('people').selectAll().orderBy('id').execute()).toEqual(before);
});

test('no demo number ends like a magic number of the simulator', () => {
  for (const demo of DEMO_PEOPLE) expect(demo.phone).not.toMatch(/00\d\d$/);
});
