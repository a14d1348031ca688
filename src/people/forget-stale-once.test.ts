import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../ground/clock.ts';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import { freshDatabase, testGround } from '../ground/testing/fresh-database.ts';
import { forgetStaleOnce } from './forget-stale-once.ts';
import { CODE_LIMITS } from './login-code.ts';
import { openSession } from './open-session.ts';
import { outboxGateway } from './outbox-gateway.ts';
import { insertPerson } from './person.rows.ts';
import { storedPhone } from './phone-number.ts';
import { lockPinGuard } from './pin-guard.rows.ts';
import { requestCode } from './request-code.ts';
import { listOutbox } from './sms-outbox.rows.ts';

test.each(['postgres', 'pglite'] as const)(
  'on %s everything is kept while it protects somebody, then forgotten in bounded steps',
  async (engine) => {
    const { db } = await freshDatabase(engine);
    const ground = testGround();
    const phone = storedPhone('+2250707070707');
    await inTransaction(db, async (tx) => {
      const at = ground.clock.now();
      const personId = ground.ids.next('per');
      await insertPerson(tx, { id: personId, phone: phone.e164, country: 'CI', locale: 'fr', createdAt: at });
      await openSession(tx, ground, { personId, origin: { ip: '192.0.2.1' } });
      await lockPinGuard(tx, { phone: phone.e164, door: 'sign-in', at });
      const request = { phone, purpose: 'login', ip: '192.0.2.1' } as const;
      for (let sent = 0; sent < 3; sent++) {
        await requestCode(tx, ground, { ...request, pepper: new Uint8Array(32), limits: CODE_LIMITS });
      }
    });
    await outboxGateway(db, ground).send({ to: phone.e164, text: 'bonjour' });
    const forget = async (limit: number) => await forgetStaleOnce(db, ground, limit);

    ground.clock.advance(7 * DAY_MS);
    expect(await forget(100)).toBe(0);
    ground.clock.advance(HOUR_MS);
    expect([await forget(2), await forget(2), await forget(2)]).toEqual([3, 1, 0]);
    ground.clock.advance(113 * DAY_MS);
    expect(await forget(100)).toBe(1);
    expect(await db.selectFrom('sessions').select('id').execute()).toEqual([]);
    ground.clock.advance(245 * DAY_MS);
    expect(await forget(100)).toBe(1);
    expect(await db.selectFrom('pin_guards').select('phone').execute()).toEqual([]);
    expect(await db.selectFrom('people').select('id').execute()).toHaveLength(1);
  },
);

test('the outbox shows the newest message first', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  const gateway = outboxGateway(db, ground);
  expect(await gateway.send({ to: '+2250707070707', text: 'un' })).toBe('sent');
  expect(await gateway.send({ to: '+2250707070707', text: 'deux' })).toBe('sent');
  expect(await gateway.send({ to: '+2250505050505', text: 'trois' })).toBe('sent');
  expect((await listOutbox(db, 2)).map((message) => message.text)).toEqual(['trois', 'deux']);
});
