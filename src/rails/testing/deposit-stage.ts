/**
 * Sets the stage for stories about deposits: a database, a hand clock, a scripted provider, and the acts in few words.
 *
 * Everything that is kept is kept in rows, so `restart` may throw away all else at any moment.
 */
import { expect } from 'vitest';
import { DAY_MS, type HandClock, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import { listEventsOf } from '../../ground/events/event.rows.ts';
import type { Ground } from '../../ground/ground.ts';
import { type AccountId, accountId } from '../../ground/ledger/account.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import { readTrialBalance } from '../../ground/ledger/trial-balance.ts';
import { verifyChain } from '../../ground/ledger/verify-chain.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import type { Answer } from '../../ground/refusal.ts';
import { freshDatabase, type RememberingQueue, testGround } from '../../ground/testing/fresh-database.ts';
import { readArrival } from '../inbox/callback-arrival.ts';
import { openCallbackLane } from '../inbox/callback-lane.ts';
import { processCallbacksOnce } from '../inbox/process-callbacks-once.ts';
import { sendCommandsOnce } from '../outbox/send-commands-once.ts';
import { collect } from '../payments/collect.ts';
import { enquireOnce } from '../payments/enquire-once.ts';
import { type FeePolicy, quoteFee } from '../payments/fee-policy.ts';
import { findPayment } from '../payments/payment.rows.ts';
import type { Payment } from '../payments/payment.ts';
import { settle } from '../payments/settle.ts';
import type { Service, StatusAnswer } from '../provider.ts';
import type { Rails } from '../rails.ts';
import { feeOf, type ScriptedProvider, scriptedProvider, TEST_SERVICE } from './scripted-provider.ts';

export const AWA = accountId('member', 'per_awa', 'XOF');
export const FLOAT = accountId('float', 'scripted', 'XOF');
export const SUSPENSE = accountId('suspense', 'scripted', 'XOF');
export const RECEIVABLE = accountId('receivable', 'per_awa', 'XOF');
export const ASKED = 10_000n;
/** What reaches the wallet of `ASKED` after 1.5 %. */
export const NET = 9_850n;
const LIMIT = 20;

export interface Stage {
  readonly db: Db;
  readonly clock: HandClock;
  readonly provider: ScriptedProvider;
  readonly service: Service;
  ground: Ground & { clock: HandClock; queue: RememberingQueue };
  rails: Rails;
}

export interface StageOptions {
  readonly db?: Db;
  readonly service?: Partial<Service>;
  readonly feePolicy?: FeePolicy;
}

export async function depositStage(options: StageOptions = {}): Promise<Stage> {
  const db = options.db ?? (await freshDatabase()).db;
  const ground = testGround();
  const service = { ...TEST_SERVICE, ...options.service };
  const provider = scriptedProvider(ground.clock, [service]);
  const rails: Rails = {
    provider,
    feePolicy: options.feePolicy ?? 'wallet',
    fallbackFeeBasisPoints: 300,
    callbackUrl: (paymentId) => `https://example.test/${paymentId}`,
  };
  return { db, clock: ground.clock, provider, service, ground, rails };
}

let starts = 0;

/** A new process on the same rows: nothing that was in memory is left, and its ids are its own. */
export function restart(stage: Stage): void {
  starts += 1;
  const fresh = testGround(`start ${starts}`);
  fresh.clock.set(stage.clock.now());
  stage.ground = { ...fresh, clock: stage.clock };
}

export interface Asked {
  readonly paymentId?: string;
  readonly amount?: bigint;
  readonly ownerId?: string;
}

/** Somebody sends the top-up form. */
export async function ask(stage: Stage, asked: Asked = {}): Promise<Answer<Payment>> {
  const { ground, rails, service } = stage;
  const { amount = ASKED, ownerId = 'per_awa' } = asked;
  const collection = {
    paymentId: asked.paymentId ?? ground.ids.next('pay'),
    ownerId,
    accountId: accountId('member', ownerId, 'XOF'),
    service,
    phone: '+2250700000001',
    quote: quoteFee(rails.feePolicy, amount, service.feeBasisPoints ?? 0),
  };
  return await inTransaction(stage.db, async (tx) => await collect(tx, ground, rails, collection));
}

/** A deposit that was asked for; its id. */
export async function asked(stage: Stage, options: Asked = {}): Promise<string> {
  const answer = await ask(stage, options);
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value.id;
}

/** A deposit that the provider has accepted; its id. */
export async function acceptedDeposit(stage: Stage, options: Asked = {}): Promise<string> {
  const id = await asked(stage, options);
  await send(stage);
  return id;
}

/** A deposit that was paid and credited; its id. */
export async function paidDeposit(stage: Stage, options: Asked = {}): Promise<string> {
  const id = await acceptedDeposit(stage, options);
  approve(stage);
  await settleWith(stage, id, await stage.provider.readStatus('in', lastReference(stage), stage.service));
  return id;
}

export async function send(stage: Stage): Promise<number> {
  return await sendCommandsOnce(stage.db, stage.ground, stage.rails, LIMIT);
}

export async function poll(stage: Stage): Promise<number> {
  return await enquireOnce(stage.db, stage.ground, stage.rails, LIMIT);
}

export async function follow(stage: Stage): Promise<number> {
  return await processCallbacksOnce(stage.db, stage.ground, stage.rails, LIMIT);
}

export async function settleWith(stage: Stage, paymentId: string, answer: StatusAnswer): Promise<string> {
  return await inTransaction(
    stage.db,
    async (tx) => await settle(tx, stage.ground, { paymentId, answer, source: 'enquiry' }),
  );
}

/** A send whose process hangs after the provider acted: dead for good, or waking up when `wake` is called. */
export interface HangingSend {
  readonly wake: () => Promise<void>;
}

export async function hangWhileSending(stage: Stage): Promise<HangingSend> {
  stage.provider.nextCreate = 'hang';
  const reached = new Promise<void>((resolve) => {
    stage.provider.onHang = resolve;
  });
  const sending = send(stage);
  await Promise.race([sending, reached]);
  stage.provider.nextCreate = 'accept';
  const wake = async (): Promise<void> => {
    for (const answerNow of stage.provider.hung) answerNow();
    await sending;
  };
  return { wake };
}

/** The provider calls the payment's own address; the body names a transaction of the provider. */
export async function tell(
  stage: Stage,
  paymentId: string | undefined,
  body: string,
): Promise<Answer<string>> {
  const request = {
    body: Buffer.from(body),
    headers: {},
    contentType: 'application/json',
    receivedAt: stage.clock.now(),
  };
  const arrival = readArrival(stage.provider, { paymentId, request });
  return await openCallbackLane(stage.db, stage.ground, stage.rails).take(arrival);
}

/** The person confirms on the phone. */
export function approve(stage: Stage): void {
  const payment = stage.provider.truth.at(-1);
  if (payment !== undefined) payment.status = 'succeeded';
}

export function lastReference(stage: Stage): { reference: string } {
  return { reference: stage.provider.truth.at(-1)?.reference ?? '' };
}

export async function paymentOf(stage: Stage, id: string): Promise<Payment> {
  const payment = await findPayment(stage.db, id);
  if (payment === undefined) throw new Error(`no payment ${id}`);
  return payment;
}

export async function eventsOf(stage: Stage, id: string): Promise<string[]> {
  return (await listEventsOf(stage.db, id)).map((event) => event.name);
}

/** What is on an account for good; 0 when it was never opened. */
export async function balanceOf(stage: Stage, account: AccountId): Promise<bigint> {
  return (await readBalance(stage.db, account))?.posted ?? 0n;
}

/** Debits equal credits, every account equals its history, and the chain is whole. */
export async function expectBooksInOrder(stage: Stage): Promise<void> {
  expect((await readTrialBalance(stage.db)).balanced).toBe(true);
  expect((await verifyChain(stage.db)).ok).toBe(true);
}

/** What the provider truly holds for us: what was paid, less its fee. */
export function trueFloat(stage: Stage): bigint {
  return stage.provider.truth
    .filter((payment) => payment.status === 'succeeded')
    .reduce((sum, payment) => sum + payment.paid.amount - feeOf(payment.paid.amount), 0n);
}

/** Where each callback that came stands, in the order of coming. */
export async function callbackStates(stage: Stage): Promise<string[]> {
  const rows = await stage.db.selectFrom('provider_callbacks').select('state').orderBy('id').execute();
  return rows.map((row) => row.state);
}

/** Time passes until nobody waits for anything, with every loop doing its work meanwhile. */
export async function letQuietTimePass(stage: Stage): Promise<void> {
  const strides_ms = [5 * SECOND_MS, MINUTE_MS, 5 * MINUTE_MS, 20 * MINUTE_MS, HOUR_MS, 7 * HOUR_MS];
  for (const stride_ms of [...strides_ms, ...Array.from({ length: 9 }, () => DAY_MS)]) {
    stage.clock.advance(stride_ms);
    while ((await send(stage)) + (await follow(stage)) + (await poll(stage)) > 0) {
      // The steps are bounded; more work waits.
    }
  }
}
