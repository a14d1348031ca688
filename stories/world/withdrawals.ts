/**
 * Lets a visitor take money out: choose a PIN, fill the form, prove that it is them.
 */
import { expect } from 'vitest';
import { inTransaction } from '../../src/ground/postgres/in-transaction.ts';
import { decideResolution } from '../../src/rails/payments/decide-resolution.ts';
import { proposeResolution } from '../../src/rails/payments/propose-resolution.ts';
import { listOpenReviews, type ReviewOutcome } from '../../src/rails/payments/review.rows.ts';
import { signCallback } from '../../src/rails/simulator/signature.ts';
import { opened } from './opened.ts';
import type { Page } from './page.ts';
import { logInBySms, topUp, waitFor } from './people.ts';
import { until } from './until.ts';
import type { Visitor } from './visitor.ts';
import { WEBHOOK_SECRET, type World } from './world.ts';

export const PIN = '7391';

/** A number that pays every recharge at once, another one each time: one phone is asked three times at most. */
let payers = 0;
function nextPayer(): string {
  payers += 1;
  return `+2250747${String(payers).padStart(2, '0')}0001`;
}

/** Somebody whose own number is `phone`, with money in the wallet (98.5 % of `amount`) and a first PIN. */
export async function memberWithMoney(
  world: Pick<World, 'visitor'>,
  phone: string,
  amount: string,
): Promise<Visitor> {
  const visitor = world.visitor();
  await logInBySms(visitor, phone);
  const waiting = await topUp(visitor, { phone: nextPayer(), method: 'wave', amount });
  await waitFor(visitor, waiting, 'Recharge réussie');
  await choosePin(visitor, await visitor.open('/profile/'), PIN);
  return visitor;
}

/** On the profile's page; `current` when there is a PIN already. */
export async function choosePin(
  visitor: Visitor,
  profile: Page,
  pin: string,
  current?: string,
): Promise<Page> {
  const proof = current === undefined ? {} : { current_pin: current };
  return await visitor.submit(profile, '/profile/pin/', { pin, pin_again: pin, ...proof });
}

export interface WithdrawalWish {
  readonly phone: string;
  readonly amount: string;
  readonly method?: string;
}

/** From the form to the page that asks for the proof, or to the form again with its refusals. */
export async function fillWithdrawal(visitor: Visitor, wish: WithdrawalWish): Promise<Page> {
  const { phone, amount, method = 'wave' } = wish;
  return await visitor.submit(await visitor.open('/wallet/withdraw/'), '/wallet/withdraw/', {
    phone,
    method,
    amount,
  });
}

/** From the form to the withdrawal's own page, for a number that needs no code. */
export async function withdraw(visitor: Visitor, wish: WithdrawalWish): Promise<Page> {
  return await provePin(visitor, await fillWithdrawal(visitor, wish), PIN);
}

export async function provePin(visitor: Visitor, confirmation: Page, pin: string): Promise<Page> {
  return await visitor.submit(confirmation, '/confirm/', { pin });
}

/** The withdrawal's id in the address of its page. */
export function withdrawalIdOf(page: Page): string {
  const id = /\/wallet\/withdraw\/(pay_[0-9a-z]+)\//.exec(page.url)?.[1];
  if (id === undefined) throw new Error(`${page.url} is no page of a withdrawal: ${page.text.slice(0, 300)}`);
  return id;
}

/** The withdrawals to one number, as rows. */
export async function withdrawalsTo(world: World, phone: string) {
  const all = await world.db.selectFrom('payments').selectAll().where('direction', '=', 'out').execute();
  return all.map((row) => opened(world.db, row)).filter((row) => row.phone === phone);
}

/** The provider's reference of a withdrawal, once it has given one. */
export async function referenceOf(world: World, page: Page): Promise<string> {
  return await until('the provider has given its reference', async () => {
    const row = await world.db
      .selectFrom('payments')
      .select('provider_reference')
      .where('id', '=', withdrawalIdOf(page))
      .executeTakeFirst();
    return row?.provider_reference ?? undefined;
  });
}

/** Calls as the provider does, with its secret. A pay-out takes no address of its own for that. */
export async function tell(world: World, body: string): Promise<void> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const answer = await world.visitor().send('/webhook/getmipay/', {
    method: 'POST',
    headers: {
      accept: '*/*',
      'content-type': 'application/json',
      'x-getmipay-signature': `sha256=${signCallback(body, timestamp, WEBHOOK_SECRET, 'timestamp.body')}`,
      'x-getmipay-timestamp': timestamp,
    },
    body,
  });
  expect(answer.status).toBe(200);
}

/** One operator proposes, another one agrees. */
export async function resolve(world: World, page: Page, outcome: ReviewOutcome): Promise<void> {
  const { db, ground } = world.product;
  const paymentId = withdrawalIdOf(page);
  const reviews = await listOpenReviews(db, 100);
  const review = reviews.find((one) => one.paymentId === paymentId);
  if (review === undefined) throw new Error(`${paymentId} is not under review`);
  const decided = await inTransaction(db, async (tx) => {
    const words = { reason: 'relevé du fournisseur', evidence: 'ligne 12 du relevé' };
    const proposed = await proposeResolution(tx, ground, {
      reviewId: review.id,
      outcome,
      by: 'per_one',
      ...words,
    });
    if (!proposed.ok) return proposed;
    return await decideResolution(tx, ground, {
      proposalId: proposed.value,
      decision: 'approved',
      by: 'per_two',
    });
  });
  expect(decided).toEqual({ ok: true, value: 'approved' });
}
