import { expect, test } from 'vitest';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import { freshDatabase, testGround } from '../ground/testing/fresh-database.ts';
import { appointFirstAdmin } from './appoint-first-admin.ts';
import { findPersonByPhone } from './person.rows.ts';
import { storedPhone } from './phone-number.ts';
import { findRoles } from './role-grant.rows.ts';

const ADMIN = storedPhone('+2250708080808');
const OTHER = storedPhone('+2250707070707');

test('the first one is made, may be named again, and nobody else after them', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  const appoint = async (phone = ADMIN) =>
    await inTransaction(db, async (tx) => appointFirstAdmin(tx, ground, phone));
  expect(await appoint()).toEqual({ ok: true, value: 'appointed' });
  expect(await appoint()).toEqual({ ok: true, value: 'again' });
  expect(await appoint(OTHER)).toMatchObject({ ok: false, refusal: { code: 'admin-exists' } });
  const admin = await findPersonByPhone(db, ADMIN.e164);
  expect(await findRoles(db, admin?.id ?? '')).toEqual(['member', 'admin']);
  expect(await findPersonByPhone(db, OTHER.e164)).toBeUndefined();
});

test('two setups at once make one', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  const answers = await Promise.all(
    [ADMIN, OTHER].map(
      async (phone) => await inTransaction(db, async (tx) => appointFirstAdmin(tx, ground, phone)),
    ),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
});
