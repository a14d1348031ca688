import { expect, test } from 'vitest';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import { freshDatabase, testGround } from '../ground/testing/fresh-database.ts';
import { findSession } from './find-session.ts';
import { CODE_LIMITS } from './login-code.ts';
import { type Phone, storedPhone } from './phone-number.ts';
import { requestCode } from './request-code.ts';
import { signIn } from './sign-in.ts';
import { verifyCode } from './verify-code.ts';

const AWA = storedPhone('+2250707070707');
const PEPPER = new Uint8Array(32).fill(7);
const PHONE_AT_HOME = { ip: '192.0.2.1', userAgent: 'Mozilla/5.0 (Linux; Android 10) Chrome/120.0' };

async function loginDesk(engine: 'postgres' | 'pglite' = 'postgres') {
  const { db } = await freshDatabase(engine);
  const ground = testGround();
  const prove = async (phone: Phone) =>
    await inTransaction(db, async (tx) => {
      const request = { phone, purpose: 'login', pepper: PEPPER } as const;
      const sent = await requestCode(tx, ground, { ...request, ip: '192.0.2.1', limits: CODE_LIMITS });
      if (!sent.ok) throw new Error(sent.refusal.code);
      const verified = await verifyCode(tx, ground, { ...request, code: sent.value.code });
      if (!verified.ok) throw new Error(verified.refusal.code);
      return verified.value;
    });
  return { db, ground, prove };
}

test.each(['postgres', 'pglite'] as const)(
  'on %s a first login makes the person, a second finds them',
  async (engine) => {
    const { db, ground, prove } = await loginDesk(engine);
    const login = async (locale: 'fr' | 'en') => {
      const verified = await prove(AWA);
      return await inTransaction(
        db,
        async (tx) => await signIn(tx, ground, { verified, locale, origin: PHONE_AT_HOME }),
      );
    };
    const first = await login('en');
    expect(first).toMatchObject({
      isNew: true,
      person: { phone: AWA.e164, country: 'CI', locale: 'en', hasPin: false },
    });
    const second = await login('fr');
    expect(second).toMatchObject({ isNew: false, person: { id: first.person.id, locale: 'en' } });
    expect(second.token).not.toBe(first.token);
    expect(await findSession(db, ground, second.token)).toMatchObject({
      person: { id: first.person.id },
      roles: ['member'],
      session: { ip: '192.0.2.1', device: 'Chrome · Android', level: 'member' },
    });
    const names = await db
      .selectFrom('events')
      .select('name')
      .where('subject_id', '=', first.person.id)
      .execute();
    expect(names.map((event) => event.name).sort()).toEqual([
      'person.joined',
      'person.signed-in',
      'person.signed-in',
    ]);
  },
);

test('twenty first logins at once make one person', async () => {
  const { db, ground, prove } = await loginDesk();
  const verified = await prove(AWA);
  const logins = await Promise.all(
    Array.from({ length: 20 }, async () =>
      inTransaction(
        db,
        async (tx) => await signIn(tx, ground, { verified, locale: 'fr', origin: PHONE_AT_HOME }),
      ),
    ),
  );
  expect(new Set(logins.map((login) => login.person.id)).size).toBe(1);
  expect(logins.filter((login) => login.isNew)).toHaveLength(1);
  expect(await db.selectFrom('people').select('id').execute()).toHaveLength(1);
});

test('a login replaces the session that the browser had, even of somebody else', async () => {
  const { db, ground, prove } = await loginDesk();
  const login = async (phone: Phone, replaces?: unknown) => {
    const verified = await prove(phone);
    return await inTransaction(
      db,
      async (tx) => await signIn(tx, ground, { verified, locale: 'fr', origin: PHONE_AT_HOME, replaces }),
    );
  };
  const koffi = await login(storedPhone('+2250505050505'));
  const awa = await login(AWA, koffi.token);
  expect(await findSession(db, ground, koffi.token)).toBeUndefined();
  expect(await findSession(db, ground, awa.token)).toMatchObject({ person: { phone: AWA.e164 } });
  const again = await login(AWA, 'not a token at all');
  expect(await findSession(db, ground, again.token)).toBeDefined();
  expect(await findSession(db, ground, awa.token)).toBeDefined();
});
