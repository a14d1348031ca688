/**
 * Settles bursts: two hundred callbacks at once, with everything among them that may not take its neighbours down.
 */
import { expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import { derivedUuid } from '../../ground/identifiers.ts';
import { accountId } from '../../ground/ledger/account.ts';
import { openAccount } from '../../ground/ledger/open-account.ts';
import { postTransfers } from '../../ground/ledger/post-transfers.ts';
import { money } from '../../ground/money/money.ts';
import type { Db, Tx } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { enquireOnce } from '../payments/enquire-once.ts';
import { findPayments, lockPayments, readPayments } from '../payments/payment-set.rows.ts';
import {
  ASKED,
  acceptedDeposit,
  asked,
  balanceOf,
  depositStage,
  eventsOf,
  expectBooksInOrder,
  FLOAT,
  NET,
  paymentOf,
  type Stage,
  SUSPENSE,
  send,
  tell,
} from '../testing/deposit-stage.ts';
import { feeOf } from '../testing/scripted-provider.ts';
import { processCallbacksOnce } from './process-callbacks-once.ts';

const TOGETHER = 200;

async function followAll(stage: Stage, db: Db = stage.db): Promise<number> {
  return await processCallbacksOnce(db, stage.ground, stage.rails, TOGETHER);
}

/** Each owner asks for one deposit, and all were accepted; their ids, in the order of the provider's transactions. */
async function accepted(stage: Stage, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let place = 0; place < count; place++) ids.push(await asked(stage, { ownerId: `per_${place}` }));
  while ((await send(stage)) > 0) {
    // The step is bounded; more work waits.
  }
  return ids;
}

function truthOf(stage: Stage, id: string) {
  const found = stage.provider.truth.find(({ intent }) => intent.paymentId === id);
  if (found === undefined) throw new Error(`the provider knows nothing of ${id}`);
  return found;
}

async function walletOf(stage: Stage, place: number): Promise<bigint> {
  return await balanceOf(stage, accountId('member', `per_${place}`, 'XOF'));
}

async function callbackStates(stage: Stage): Promise<Record<string, number>> {
  const rows = await stage.db
    .selectFrom('provider_callbacks')
    .select((eb) => ['state', eb.fn.countAll<bigint>().as('rows')])
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, rows: count }) => [state, Number(count)]));
}

/** The id of its credit is used up by a refusal, so this payment can never be credited: a row that breaks its set. */
async function spoil(stage: Stage, id: string): Promise<void> {
  const { db, ground } = stage;
  const [poor, other] = [accountId('member', 'per_poor', 'XOF'), accountId('member', 'per_other', 'XOF')];
  await inTransaction(db, async (tx) => {
    for (const account of [poor, other]) await openAccount(tx, ground, account);
    const journal = { id: ground.ids.next('jrn'), kind: 'test.spoiled', occurredAt: stage.clock.now() };
    const move = { kind: 'single', debit: poor, credit: other, amount: 1n, journal } as const;
    expect(await postTransfers(tx, ground, [{ ...move, id: derivedUuid(id, 'credit') }])).toEqual([
      'exceeds-credits',
    ]);
  });
}

test('two hundred callbacks at once: each has its own end, and the bad one falls alone', async () => {
  const stage = await depositStage();
  const ids = await accepted(stage, 60);
  for (const id of ids) truthOf(stage, id).status = 'succeeded';
  const [more, foreign, failed, twice, spoiled, second] = ids;
  if (!more || !foreign || !failed || !twice || !spoiled || !second) throw new Error('too few payments');
  truthOf(stage, more).paid = money(ASKED + 500n, 'XOF');
  truthOf(stage, foreign).paid = money(ASKED, 'XAF');
  truthOf(stage, failed).status = 'failed';
  await spoil(stage, spoiled);
  for (const id of ids) await tell(stage, id, `${truthOf(stage, id).reference} success`);
  for (let copy = 0; copy < 79; copy++)
    await tell(stage, twice, `${truthOf(stage, twice).reference} ${copy}`);
  for (let copy = 0; copy < 60; copy++) await tell(stage, undefined, `MPAYIN_UNKNOWN_${copy} success`);
  // A second transaction of the provider for a payment that has one.
  await stage.provider.createDeposit(truthOf(stage, second).intent);
  const stray = stage.provider.truth.at(-1);
  if (stray !== undefined) stray.status = 'succeeded';
  await tell(stage, second, `${stray?.reference} success`);
  const asksBefore = stage.provider.statusReads;
  await expect(followAll(stage)).rejects.toThrow('failed, the others are done');

  // One question for each payment, and one for the stray transaction.
  expect(stage.provider.statusReads - asksBefore).toBe(61);
  const payments = await findPayments(stage.db, ids);
  expect([more, foreign, failed, spoiled].map((id) => payments.get(id)?.state)).toEqual([
    'review',
    'review',
    'failed',
    'pending',
  ]);
  for (const [place, id] of ids.entries()) {
    if (place < 3 || id === spoiled) {
      expect(await walletOf(stage, place)).toBe(0n);
      continue;
    }
    expect(payments.get(id)).toMatchObject({ state: 'succeeded', credited: NET, nextActionAt: undefined });
    expect(await walletOf(stage, place)).toBe(NET);
  }
  expect((await eventsOf(stage, twice)).filter((name) => name === 'payment.succeeded')).toHaveLength(1);
  // 58 led to something new, the stray one as well; copies are ignored; unknown ones wait; the bad one keeps its lease.
  expect(await callbackStates(stage)).toEqual({ applied: 60, ignored: 79, parked: 60, received: 1 });
  const over = ASKED + 500n;
  expect(await balanceOf(stage, SUSPENSE)).toBe(over - feeOf(over) + NET);
  expect(await balanceOf(stage, FLOAT)).toBe(56n * NET + over - feeOf(over) + NET);
  await expectBooksInOrder(stage);

  // It was credited, and now the provider calls it failed: told, and nothing changes.
  truthOf(stage, twice).status = 'failed';
  stage.clock.advance(4 * SECOND_MS);
  await tell(stage, twice, `${truthOf(stage, twice).reference} failed`);
  await followAll(stage);
  expect((await paymentOf(stage, twice)).state).toBe('succeeded');
  expect((await eventsOf(stage, twice)).at(-1)).toBe('payment.contradicted');
  await expectBooksInOrder(stage);
});

test('four workers and two pollers on the same payments: one credit each, and nobody deadlocks', async () => {
  const stage = await depositStage();
  const ids = await accepted(stage, 40);
  for (const id of ids) truthOf(stage, id).status = 'succeeded';
  stage.clock.advance(MINUTE_MS);
  for (let copy = 0; copy < 3; copy++)
    for (const id of [...ids].reverse()) await tell(stage, id, `${truthOf(stage, id).reference} ${copy}`);
  await Promise.all([
    ...Array.from({ length: 4 }, async () => processCallbacksOnce(stage.db, stage.ground, stage.rails, 30)),
    ...Array.from({ length: 2 }, async () => enquireOnce(stage.db, stage.ground, stage.rails, 40)),
  ]);
  expect([...(await findPayments(stage.db, ids)).values()].map(({ state }) => state)).toEqual(
    ids.map(() => 'succeeded'),
  );
  for (const place of ids.keys()) expect(await walletOf(stage, place)).toBe(NET);
  expect(await balanceOf(stage, FLOAT)).toBe(NET * 40n);
  await expectBooksInOrder(stage);
});

test('of a payment that was read before, what was written since counts', async () => {
  const stage = await depositStage();
  const [still, moved] = [
    await acceptedDeposit(stage),
    await acceptedDeposit(stage, { ownerId: 'per_kofi' }),
  ];
  const read = [...(await readPayments(stage.db, [still, moved])).values()];
  truthOf(stage, moved).status = 'succeeded';
  await tell(stage, moved, truthOf(stage, moved).reference);
  await followAll(stage);
  const locked = await inTransaction(stage.db, async (tx) => await lockPayments(tx, [moved, still], read));
  expect(locked.map(({ id, state }) => [id, state])).toEqual([
    [still, 'pending'],
    [moved, 'succeeded'],
  ]);
  // Nobody wrote it: it is not even read again.
  expect(locked[0]).toBe(read.find(({ payment }) => payment.id === still)?.payment);
});

test('a process that dies before the commit of a set leaves leases that expire, and nothing half done', async () => {
  const stage = await depositStage();
  const ids = await accepted(stage, 10);
  for (const id of ids) {
    truthOf(stage, id).status = 'succeeded';
    await tell(stage, id, truthOf(stage, id).reference);
  }
  // The first one is the claim.
  await expect(followAll(stage, dyingAtTransaction(stage.db, 2))).rejects.toThrow();
  expect(await balanceOf(stage, FLOAT)).toBe(0n);
  expect(await callbackStates(stage)).toEqual({ received: 10 });
  // Claimed by the dead one: nobody takes them before their time.
  expect(await followAll(stage)).toBe(0);
  stage.clock.advance(MINUTE_MS);
  expect(await followAll(stage)).toBe(10);
  expect(await balanceOf(stage, FLOAT)).toBe(NET * 10n);
  await expectBooksInOrder(stage);
});

test('while the provider does not answer, a burst is parked and asked about again', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  const other = await acceptedDeposit(stage, { ownerId: 'per_kofi' });
  for (const one of [id, other]) {
    truthOf(stage, one).status = 'succeeded';
    await tell(stage, one, truthOf(stage, one).reference);
  }
  stage.provider.statusInstead = { found: 'unavailable', evidence: 'the breaker is open' };
  await followAll(stage);
  expect(await callbackStates(stage)).toEqual({ parked: 2 });
  stage.provider.statusInstead = undefined;
  stage.clock.advance(5 * SECOND_MS);
  await followAll(stage);
  expect(await callbackStates(stage)).toEqual({ applied: 2 });
  expect(await balanceOf(stage, FLOAT)).toBe(NET * 2n);
});

/** A database whose caller dies before the commit of its n-th transaction, and is dead from then on. */
function dyingAtTransaction(db: Db, deadly: number): Db {
  let begun = 0;
  const execute = async <T>(act: (tx: Tx) => Promise<T>): Promise<T> => {
    begun += 1;
    return await db.transaction().execute(async (tx) => {
      const done = await act(tx);
      if (begun >= deadly) throw new Error('died before the commit');
      return done;
    });
  };
  return new Proxy(db, {
    get(target, name) {
      if (name === 'transaction') return () => ({ execute });
      const found: unknown = Reflect.get(target, name, target);
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
}
