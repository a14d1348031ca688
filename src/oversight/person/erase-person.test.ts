/**
 * Erases somebody with a history: nothing tells any more who it was, and the books are the same to the last digit.
 */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { after, MINUTE_MS } from '../../ground/clock.ts';
import { accountId } from '../../ground/ledger/account.ts';
import { openAccount } from '../../ground/ledger/open-account.ts';
import { postOrThrow } from '../../ground/ledger/post-or-throw.ts';
import { readTrialBalance } from '../../ground/ledger/trial-balance.ts';
import { verifyChain } from '../../ground/ledger/verify-chain.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { placesOf } from '../../ground/testing/places-of.ts';
import { insertLoginCode } from '../../people/login-code.rows.ts';
import { openSession } from '../../people/open-session.ts';
import { findPerson, findPersonByPhone, insertPerson } from '../../people/person.rows.ts';
import { lockPinGuard } from '../../people/pin-guard.rows.ts';
import { insertOutboxMessage } from '../../people/sms-outbox.rows.ts';
import { insertFreeze, markFreezeLifted } from '../../rails/payments/freeze.rows.ts';
import {
  AWA,
  acceptedDeposit,
  depositStage,
  follow,
  lastReference,
  NET,
  paidDeposit,
  tell,
} from '../../rails/testing/deposit-stage.ts';
import { insertMembership, markMembership, markNextOfKin } from '../../tontine/members/membership.rows.ts';
import { insertDestination } from '../../wallet/destination.rows.ts';
import { insertWithdrawalRequest, markExpiredRequestsLapsed } from '../../wallet/withdrawal-request.rows.ts';
import { verifyTrail } from '../audit/verify-trail.ts';
import type { Operator } from '../operator.ts';
import { openOffice } from '../testing/office.ts';
import { erasePerson } from './erase-person.ts';
import { gatherPerson } from './gather-person.ts';

const PHONE = '+2250700000001';
const KIN = '+2250505990001';

async function stageWithHistory() {
  const stage = await depositStage();
  const { db, ground } = stage;
  const office = await openOffice({ db, ground });
  const at = ground.clock.now();
  const person = {
    id: 'per_awa',
    phone: PHONE,
    country: 'CI',
    locale: 'fr',
    displayName: 'Awa Koné',
  } as const;
  await inTransaction(db, async (tx) => {
    await insertPerson(tx, { ...person, createdAt: at });
    await openSession(tx, ground, { personId: person.id, origin: { ip: '10.0.0.1' } });
    await insertLoginCode(tx, {
      id: ground.ids.next('cod'),
      phone: PHONE,
      purpose: 'login',
      codeHash: ground.chance.bytes(32),
      ip: '10.0.0.1',
      createdAt: at,
      expiresAt: after(at, MINUTE_MS),
    });
    await lockPinGuard(tx, { phone: PHONE, door: 'sign-in', at });
    await insertDestination(tx, { personId: person.id, phone: KIN, confirmedAt: at });
  });
  await insertOutboxMessage(db, {
    id: ground.ids.next('sms'),
    to: PHONE,
    text: 'Code 123456',
    createdAt: at,
  });
  const paid = await paidDeposit(stage);
  await tell(stage, paid, lastReference(stage).reference);
  ground.clock.advance(MINUTE_MS);
  await follow(stage);
  // As a provider writes it.
  await sql`update provider_callbacks set body = ${Buffer.from(`{"wallet":"${PHONE}"}`)}`.execute(db);
  const erase = async (by: Operator = office.admin, reason = 'asked for it in writing') =>
    await inTransaction(
      db,
      async (tx) => await erasePerson(tx, ground, by, { personId: person.id, reason, booksKept_years: 10 }),
    );
  return { ...stage, office, person, paid, erase };
}

type History = Awaited<ReturnType<typeof stageWithHistory>>;

/** The money leaves, as a withdrawal would take it. */
async function emptyWallet({ db, ground }: History): Promise<void> {
  await inTransaction(db, async (tx) => {
    const credit = accountId('fees-platform', 'all', 'XOF');
    await openAccount(tx, ground, credit);
    const journal = { id: ground.ids.next('jrn'), kind: 'test.emptied', occurredAt: ground.clock.now() };
    await postOrThrow(tx, ground, [
      { id: ground.ids.uuid(), kind: 'single', debit: AWA, credit, amount: NET, journal },
    ]);
  });
}

test('whoever has money, a payment, a group, a freeze or an open page is not erased, and each is named', async () => {
  const history = await stageWithHistory();
  const { db, ground, office, person, erase } = history;
  const id = ground.ids.next('mem');
  await acceptedDeposit(history);
  const freeze = { id: ground.ids.next('frz'), scope: 'phone', subject: PHONE, direction: 'in' } as const;
  await inTransaction(db, async (tx) => {
    const createdAt = ground.clock.now();
    await insertFreeze(tx, { ...freeze, reason: 'a doubt', createdBy: 'x', createdAt });
    const groupId = ground.ids.next('grp');
    await sql`insert into groups (id, name, currency, time_zone, founded_by, founded_at)
      values (${groupId}, 'A', 'XOF', 'Africa/Abidjan', ${person.id}, ${createdAt})`.execute(tx);
    await insertMembership(tx, {
      id,
      groupId,
      personId: person.id,
      displayName: 'Awa Koné',
      state: 'active',
      at: createdAt,
    });
    await markNextOfKin(tx, id, { name: 'Adjoua Koné', phone: KIN });
  });
  const refused = await erase();
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'erasure-obstacles' } });
  const sentence = refused.ok ? '' : refused.refusal.en;
  for (const word of ['wallet', 'payment', 'group', 'freeze', 'signed in']) expect(sentence).toContain(word);
  expect(sentence).not.toContain('console');
  expect(await erase(office.support)).toMatchObject({ refusal: { code: 'console-not-permitted' } });
  expect(await erase(office.admin, ' a ')).toMatchObject({ refusal: { code: 'console-reason-missing' } });
  expect((await findPersonByPhone(db, PHONE))?.displayName).toBe('Awa Koné');

  // All of it is settled, and the name in the former group goes with the rest.
  const at = ground.clock.now();
  await inTransaction(db, async (tx) => {
    await markFreezeLifted(tx, freeze.id, 'x', at);
    await markMembership(tx, { id, state: 'resigned', at });
  });
  await sql`update payments set state = 'failed', next_action_at = null where state = 'pending'`.execute(db);
  await emptyWallet(history);
  ground.clock.advance(11 * MINUTE_MS);
  expect(await erase()).toMatchObject({ ok: true, value: { payments: 2 } });
  expect(await placesOf(db, ['Awa Koné', 'Adjoua Koné', KIN.slice(4), PHONE.slice(4)])).toEqual([]);
  // That an operator stopped somebody, and when, stays.
  const kept = await sql`select subject, number, lifted_at is not null as lifted from freezes`.execute(db);
  expect(kept.rows).toEqual([{ subject: '-', number: null, lifted: true }]);
});

test('the identity goes, the books stay, and the number may come again as somebody new', async () => {
  const history = await stageWithHistory();
  const { db, ground, office, person, paid, erase } = history;
  await inTransaction(db, async (tx) => {
    await insertWithdrawalRequest(tx, {
      paymentId: ground.ids.next('pay'),
      personId: person.id,
      phone: KIN,
      method: 'wave',
      serviceId: 'x',
      currency: 'XOF',
      amount: 100n,
      fee: 1n,
      state: 'requested',
      createdAt: ground.clock.now(),
      expiresAt: after(ground.clock.now(), MINUTE_MS),
      confirmedAt: undefined,
    });
  });
  await emptyWallet(history);
  ground.clock.advance(11 * MINUTE_MS);
  expect(await erase()).toMatchObject({ refusal: { code: 'erasure-obstacles' } });
  await inTransaction(db, async (tx) => await markExpiredRequestsLapsed(tx, ground.clock.now(), 10));
  const before = { trial: await readTrialBalance(db), chain: await verifyChain(db) };
  const erased = await erase();
  expect(erased).toMatchObject({ ok: true, value: { payments: 1 } });

  expect(await placesOf(db, [PHONE.slice(4), KIN.slice(4), 'Awa Koné'])).toEqual([]);
  expect({ trial: await readTrialBalance(db), chain: await verifyChain(db) }).toEqual(before);
  expect(await verifyTrail(db)).toMatchObject({ ok: true, rows: 1n });
  const entry = await sql`select act, actor_id as by, subject_id as about, after from audit_entries`.execute(
    db,
  );
  expect(entry.rows).toEqual([
    {
      act: 'person.erased',
      by: office.admin.personId,
      about: person.id,
      after: '{"booksUntil":"2036-01-05","payments":"1"}',
    },
  ]);
  expect(await findPersonByPhone(db, PHONE)).toBeUndefined();
  expect(await findPerson(db, person.id)).toMatchObject({ phone: '', displayName: undefined, hasPin: false });
  expect(await erase()).toMatchObject({ refusal: { code: 'person-absent' } });
  const change = sql`update people set phone = '+2250700000001' where id = ${person.id}`.execute(db);
  await expect(change).rejects.toThrow('stays erased');

  const again = { ...person, id: 'per_new', createdAt: ground.clock.now() };
  expect(await inTransaction(db, async (tx) => await insertPerson(tx, again))).toBe(true);
  const told = await gatherPerson(db, { id: again.id, phone: PHONE }, ground.clock.now());
  expect(told).toContain('"phone": "+2250700000001"');
  expect(told).not.toContain(paid);
});
