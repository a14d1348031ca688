/**
 * Lets the host's operators work: they look at the provider's dashboard, decide reviews in pairs, freeze and lift, and
 * bring money to the float.
 *
 * They are honest and careful: they decide when the dashboard says something final, and tell the provider to give back
 * what is nobody's. What one of them may not do alone is tried as well.
 */
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import { decideResolution } from '../src/rails/payments/decide-resolution.ts';
import { insertFreeze, markFreezeLifted } from '../src/rails/payments/freeze.rows.ts';
import { proposeResolution } from '../src/rails/payments/propose-resolution.ts';
import type { BookedPayment } from './books.rows.ts';
import { about, groupByReference } from './checks.ts';
import { count } from './coverage.ts';
import { happens, maybeOneOf, oneOf } from './dice.ts';
import { noteAnswer } from './people-steps.ts';
import type { TrueTransaction } from './provider-truth.ts';
import { runOn } from './run-on.ts';
import { decideSecond, listOpenSeconds } from './second-payment-steps.ts';
import { processOf, type World } from './world.ts';

export async function operators(world: World): Promise<void> {
  switch (oneOf(world.chance, ['decide', 'decide', 'decide', 'freeze', 'float'] as const)) {
    case 'decide':
      return await decideOne(world);
    case 'freeze':
      return await freezeOrLift(world);
    case 'float':
      return bringFloat(world);
  }
}

export function bringFloat(world: World): void {
  const amount = BigInt((1 + world.chance.below(20)) * 10_000);
  world.truth.topUp('XOF', amount);
  world.truth.topUp('XAF', amount);
  world.story.push(`the host brings ${amount} to the float`);
}

async function freezeOrLift(world: World): Promise<void> {
  const [frozen] = world.books.frozen;
  const resident = oneOf(world.chance, world.residents);
  const { ground } = world;
  await runOn(world, processOf(world, 0), 'freeze', async (on) => {
    await inTransaction(on.db, async (tx) => {
      if (frozen !== undefined) await markFreezeLifted(tx, frozen.id, 'operator Ama', ground.clock.now());
      else
        await insertFreeze(tx, {
          id: ground.ids.next('frz'),
          scope: 'owner',
          subject: resident.person.id,
          direction: 'out',
          reason: 'a look at the account',
          createdBy: 'operator Ama',
          createdAt: ground.clock.now(),
        });
    });
  });
  count(world.coverage, frozen === undefined ? 'freeze' : 'freeze lifted');
  world.story.push(frozen === undefined ? `${resident.name} is frozen` : 'a freeze is lifted');
}

/** Two operators close the review of one payment in a given way: for scenarios. */
export async function decideWith(world: World, paymentId: string, outcome: 'paid' | 'failed'): Promise<void> {
  const review = world.books.reviews.find((one) => one.payment === paymentId);
  if (review === undefined) return;
  const words = { reviewId: review.id, outcome, reason: 'seen on the dashboard', evidence: 'dashboard' };
  const proposed = await runOn(world, processOf(world, 0), 'proposeResolution', async (on) =>
    inTransaction(
      on.db,
      async (tx) => await proposeResolution(tx, world.ground, { ...words, by: 'operator Ama' }),
    ),
  );
  if (proposed?.ok !== true) return;
  const alone = await decide(world, proposed.value, 'operator Ama');
  if (alone?.ok === true) world.surprises.push(`one operator alone decided ${paymentId}`);
  await decide(world, proposed.value, 'operator Bio');
}

/** At the end every stop is looked at and lifted. */
export async function liftAll(world: World): Promise<void> {
  const { ground } = world;
  await runOn(world, processOf(world, 0), 'lift', async (on) => {
    await inTransaction(on.db, async (tx) => {
      for (const { id } of world.books.frozen)
        await markFreezeLifted(tx, id, 'operator Ama', ground.clock.now());
    });
  });
}

async function decideOne(world: World): Promise<void> {
  const second = maybeOneOf(world.chance, listOpenSeconds(world));
  if (second !== undefined) await decideSecond(world, second, happens(world.chance, 30));
  const review = maybeOneOf(world.chance, world.books.reviews);
  if (review !== undefined) await decideReview(world, review.id, happens(world.chance, 30));
}

/** Two operators close a review by the dashboard, if it says something final; `alone` tries it with one first. */
export async function decideReview(world: World, reviewId: string, alone: boolean): Promise<void> {
  const review = world.books.reviews.find((one) => one.id === reviewId);
  const payment = world.books.payments.find((one) => one.id === review?.payment);
  if (payment === undefined) return;
  const outcome = outcomeOf(world, payment);
  if (outcome === undefined) return;
  const on = processOf(world, 0);
  const open = world.books.proposals.find((one) => one.review === reviewId);
  const by = oneOf(world.chance, ['operator Ama', 'operator Bio']);
  const proposed = await runOn(world, on, 'proposeResolution', async () =>
    inTransaction(
      on.db,
      async (tx) =>
        await proposeResolution(tx, world.ground, {
          reviewId,
          outcome,
          reason: 'seen on the dashboard',
          evidence: 'dashboard',
          by,
        }),
    ),
  );
  noteAnswer(world, 'proposeResolution', proposed);
  const proposalId = proposed?.ok === true ? proposed.value : open?.id;
  if (proposalId === undefined || (proposed?.ok !== true && open?.outcome !== outcome)) return;
  const author = proposed?.ok === true ? by : (open?.by ?? by);
  if (alone) {
    const answer = await decide(world, proposalId, author);
    if (answer?.ok === true) world.surprises.push(`one operator alone decided ${payment.reference}`);
  }
  const second = author === 'operator Ama' ? 'operator Bio' : 'operator Ama';
  const answer = await decide(world, proposalId, second);
  world.story.push(
    `two operators decide that ${payment.reference} ${outcome}: ${answer?.ok === true ? 'done' : 'not done'}`,
  );
  if (answer?.ok === true) agreeWithProvider(world, payment, outcome);
}

async function decide(world: World, proposalId: string, by: string) {
  const answer = await runOn(
    world,
    processOf(world, 0),
    'decideResolution',
    async (on) =>
      await inTransaction(
        on.db,
        async (tx) => await decideResolution(tx, world.ground, { proposalId, decision: 'approved', by }),
      ),
  );
  noteAnswer(world, 'decideResolution', answer);
  return answer;
}

/** What the dashboard proves, or nothing while it proves nothing. */
function outcomeOf(world: World, payment: BookedPayment): 'paid' | 'failed' | undefined {
  const transactions = about(world.truth, payment.reference);
  // What is still on its way there would be decided about behind its back.
  const onItsWay = world.books.commands.some((one) => one.payment === payment.id);
  if (onItsWay || world.network.parkedCount() > 0 || transactions.some((one) => one.state === 'pending'))
    return undefined;
  if (payment.direction === 'out') {
    if (transactions.some((one) => one.state === 'success')) return 'paid';
    return 'failed';
  }
  const suspended = suspendedOf(world, payment);
  const came = transactions.reduce((sum, one) => sum + (one.effects.at(-1) ?? 0n), 0n);
  const fits = transactions.every((one) => one.movedCurrency === payment.currency) && came > 0n;
  return fits && suspended === came && happens(world.chance, 50) ? 'paid' : 'failed';
}

function suspendedOf(world: World, payment: BookedPayment): bigint {
  const own = groupByReference(world.books.transfers).get(payment.reference) ?? [];
  return own
    .filter((one) => one.journalKind === 'deposit.suspended')
    .reduce((sum, one) => sum + one.amount, 0n);
}

/** Money that is nobody's goes back, and the provider promises that nothing more will happen. */
function agreeWithProvider(world: World, payment: BookedPayment, outcome: 'paid' | 'failed'): void {
  for (const transaction of about(world.truth, payment.reference)) {
    transaction.closed = outcome === 'failed';
    if (payment.direction === 'in' && outcome === 'failed') giveBack(world, transaction);
  }
}

function giveBack(world: World, transaction: TrueTransaction): void {
  // What was counted as a second payment is still in suspense: it is another case.
  if (transaction.state === 'success' && !transaction.stray) world.truth.change(transaction, 'reversed');
}
