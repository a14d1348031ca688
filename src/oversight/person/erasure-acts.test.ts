/**
 * Erases an identity in pairs: asked for by one operator, granted by another one, by nobody alone, and once.
 */
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { DAY_MS } from '../../ground/clock.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { clonePostgres, testGround } from '../../ground/testing/fresh-database.ts';
import { findPerson, insertPerson } from '../../people/person.rows.ts';
import { insertFreeze, markFreezeLifted } from '../../rails/payments/freeze.rows.ts';
import { findTrailPage } from '../audit/audit-entry.rows.ts';
import { verifyTrail } from '../audit/verify-trail.ts';
import type { Operator } from '../operator.ts';
import { openOffice } from '../testing/office.ts';
import { askErasure } from './ask-erasure.ts';
import { decideErasure } from './decide-erasure.ts';
import { listOpenErasures } from './erasure-request.rows.ts';
import { exportPerson } from './export-person.ts';

const REASON = 'asked for it in writing';

async function stage() {
  const clone = await clonePostgres();
  onTestFinished(clone.drop);
  const { db } = clone;
  const office = await openOffice({ db, ground: testGround() });
  const { ground } = office;
  const person = async (phone: string) => {
    const id = ground.ids.next('per');
    const createdAt = ground.clock.now();
    const displayName = 'Awa Koné';
    await inTransaction(
      db,
      async (tx) =>
        await insertPerson(tx, { id, phone, country: 'CI', locale: 'fr', displayName, createdAt }),
    );
    return id;
  };
  const ask = async (personId: string, by: Operator, reason = REASON) =>
    await inTransaction(db, async (tx) => await askErasure(tx, ground, by, { personId, reason }));
  const decide = async (requestId: string, by: Operator, decision: 'approved' | 'refused' = 'approved') =>
    await inTransaction(
      db,
      async (tx) => await decideErasure(tx, ground, by, { requestId, decision, booksKept_years: 10 }),
    );
  const asked = async (personId: string, by: Operator): Promise<string> => {
    const answer = await ask(personId, by);
    if (!answer.ok) throw new Error(answer.refusal.code);
    return answer.value;
  };
  return { ...office, person, ask, decide, asked };
}

const refusedFor = (code: string) => ({ ok: false, refusal: { code } });

test('one asks, another one erases, nobody alone, and two at once erase once', async () => {
  const { db, ground, person, ask, asked, decide, support, first, admin } = await stage();
  const phone = '+2250709990001';
  const id = await person(phone);
  expect(await ask(id, support)).toMatchObject(refusedFor('console-not-permitted'));
  expect(await ask(id, first, ' a ')).toMatchObject(refusedFor('console-reason-missing'));
  expect(await ask('per_nobody', first)).toMatchObject(refusedFor('person-absent'));
  const request = await asked(id, first);
  expect(await ask(id, admin)).toMatchObject(refusedFor('erasure-asked-already'));
  expect(await decide(request, first)).toMatchObject(refusedFor('console-not-permitted'));
  const own = await asked(await person('+2250709990002'), admin);
  expect(await decide(own, admin)).toMatchObject(refusedFor('erasure-own-request'));
  const alone = sql`update erasure_requests set decision = 'approved', decided_by = asked_by,
    decided_at = asked_at where id = ${own}`.execute(db);
  await expect(alone).rejects.toThrow('check constraint');

  // What came meanwhile stands in the way, and the request waits.
  const freeze = { id: 'frz_1', scope: 'phone', subject: phone, direction: 'in', reason: 'a doubt' } as const;
  const at = ground.clock.now();
  await inTransaction(db, async (tx) => await insertFreeze(tx, { ...freeze, createdBy: 'x', createdAt: at }));
  expect(await decide(request, admin)).toMatchObject(refusedFor('erasure-obstacles'));
  await inTransaction(db, async (tx) => await markFreezeLifted(tx, freeze.id, 'x', at));
  expect((await listOpenErasures(db, at)).map((one) => one.id)).toEqual([request, own]);

  const both = await Promise.all([decide(request, admin), decide(request, admin)]);
  expect(both.map((one) => (one.ok ? one.value : one.refusal.code)).toSorted()).toEqual([
    'approved',
    'erasure-request-stale',
  ]);
  expect(await findPerson(db, id)).toMatchObject({ phone: '', displayName: undefined });
  const late = sql`update erasure_requests set reason = 'another one' where id = ${request}`.execute(db);
  await expect(late).rejects.toThrow('stays');
  const [erased, ...before] = await findTrailPage(db, { limit: 9 });
  expect(erased).toMatchObject({ act: 'person.erased', actorId: admin.personId, reason: REASON });
  expect(JSON.parse(erased?.after ?? '')).toMatchObject({ 'asked-by': first.personId });
  expect(before.map(({ act }) => act)).toEqual(['person.erasure-asked', 'person.erasure-asked']);
  expect(await verifyTrail(db)).toMatchObject({ ok: true });
});

test('a request may be turned down, ends after three days, and may come again', async () => {
  const { ground, db, person, ask, asked, decide, first, admin } = await stage();
  const id = await person('+2250709990001');
  expect(await decide(await asked(id, first), admin, 'refused')).toMatchObject({
    ok: true,
    value: 'refused',
  });
  const forgotten = await asked(id, first);
  ground.clock.advance(3 * DAY_MS);
  expect(await decide(forgotten, admin)).toMatchObject(refusedFor('erasure-request-stale'));
  expect(await listOpenErasures(db, ground.clock.now())).toEqual([]);
  expect(await decide(await asked(id, first), admin)).toMatchObject({ ok: true, value: 'approved' });
  expect(await ask(id, first)).toMatchObject(refusedFor('person-absent'));
  expect((await findTrailPage(db, { limit: 2 })).map(({ act }) => act)).toContain('person.erased');
});

test('all that is kept about somebody is taken away by an admin, with a reason, and written down', async () => {
  const { ground, db, person, first, admin } = await stage();
  const personId = await person('+2250709990001');
  const take = async (by: Operator, reason: string) =>
    await inTransaction(db, async (tx) => await exportPerson(tx, ground, by, { personId, reason }));
  expect(await take(first, REASON)).toMatchObject(refusedFor('console-not-permitted'));
  expect(await take(admin, ' ')).toMatchObject(refusedFor('console-reason-missing'));
  const taken = await take(admin, REASON);
  expect(JSON.parse(taken.ok ? taken.value : '')).toMatchObject({
    people: [{ id: personId, phone: '+2250709990001', display_name: 'Awa Koné' }],
  });
  expect(await findTrailPage(db, { limit: 9 })).toMatchObject([
    { act: 'person.exported', subjectId: personId, actorId: admin.personId, reason: REASON },
  ]);
});
