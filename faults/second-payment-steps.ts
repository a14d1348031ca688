/**
 * Lets two operators decide where the money of a second payment goes, by the provider's dashboard.
 *
 * They credit what is the member's own, or have the provider give it back. What one of them may not do alone is tried
 * as well.
 */
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import type { Answer } from '../src/ground/refusal.ts';
import { decideSecondPayment } from '../src/rails/payments/decide-second-payment.ts';
import { proposeSecondPayment } from '../src/rails/payments/propose-second-payment.ts';
import type { BookedSecond } from './books.rows.ts';
import { count } from './coverage.ts';
import { happens } from './dice.ts';
import { noteAnswer } from './people-steps.ts';
import type { TrueTransaction } from './provider-truth.ts';
import { runOn } from './run-on.ts';
import { processOf, type World } from './world.ts';

const OPERATORS = ['operator Ama', 'operator Bio'] as const;

export function listOpenSeconds(world: World): BookedSecond[] {
  return world.books.seconds.filter((one) => one.outcome === undefined);
}

/** Decides by chance what the dashboard allows, or nothing while it proves nothing. */
export async function decideSecond(world: World, second: BookedSecond, alone: boolean): Promise<void> {
  const transaction = world.truth.find(second.providerReference);
  if (transaction?.state !== 'success' || world.network.parkedCount() > 0) return;
  const payment = world.books.payments.find((one) => one.id === second.payment);
  const isOwn = transaction.movedCurrency === payment?.currency;
  await decideSecondAs(world, second, isOwn && happens(world.chance, 60) ? 'credited' : 'returned', alone);
}

/** The same with a given outcome: for scenarios. */
export async function decideSecondAs(
  world: World,
  second: BookedSecond,
  outcome: 'credited' | 'returned',
  alone: boolean,
): Promise<void> {
  const transaction = world.truth.find(second.providerReference);
  if (transaction === undefined) return;
  const [author, other] = happens(world.chance, 50) ? OPERATORS : OPERATORS.toReversed();
  const proposed = await propose(world, second, outcome, transaction, author ?? '');
  const open = world.books.secondProposals.find((one) => one.second === second.id);
  const proposalId = proposed?.ok === true ? proposed.value : open?.id;
  if (proposalId === undefined || (proposed?.ok !== true && open?.outcome !== outcome)) return;
  const proposer = proposed?.ok === true ? author : open?.by;
  if (alone) {
    const answer = await decide(world, proposalId, proposer ?? '');
    if (answer?.ok === true) world.surprises.push(`one operator alone decided ${second.providerReference}`);
  }
  const answer = await decide(world, proposalId, (proposer === author ? other : author) ?? '');
  const isDone = answer?.ok === true && answer.value === 'approved';
  world.story.push(
    `two operators decide that ${second.providerReference} is ${outcome}: ${isDone ? 'done' : 'not done'}`,
  );
  if (!isDone) return;
  count(world.coverage, `second payment ${outcome}`);
  if (outcome === 'returned') world.truth.change(transaction, 'reversed');
}

async function propose(
  world: World,
  second: BookedSecond,
  outcome: 'credited' | 'returned',
  transaction: TrueTransaction,
  by: string,
): Promise<Answer<string> | undefined> {
  const stated = second.amount === undefined ? { statedAmount: transaction.effects.at(-1) ?? 0n } : {};
  const words = { reason: 'seen on the dashboard', evidence: 'the statement' };
  const proposed = await runOn(world, processOf(world, 0), 'proposeSecondPayment', async (on) =>
    inTransaction(
      on.db,
      async (tx) =>
        await proposeSecondPayment(tx, world.ground, {
          secondPaymentId: second.id,
          outcome,
          ...stated,
          ...words,
          by,
        }),
    ),
  );
  noteAnswer(world, 'proposeSecondPayment', proposed);
  return proposed;
}

async function decide(world: World, proposalId: string, by: string) {
  const answer = await runOn(
    world,
    processOf(world, 0),
    'decideSecondPayment',
    async (on) =>
      await inTransaction(
        on.db,
        async (tx) => await decideSecondPayment(tx, world.ground, { proposalId, decision: 'approved', by }),
      ),
  );
  noteAnswer(world, 'decideSecondPayment', answer);
  return answer;
}
