/**
 * Plays what becomes of money that somebody paid twice: suspense, two people, a provider that takes it back at any time.
 */
import { MINUTE_MS, SECOND_MS } from '../../src/ground/clock.ts';
import { inTransaction } from '../../src/ground/postgres/in-transaction.ts';
import { decideSecondPayment } from '../../src/rails/payments/decide-second-payment.ts';
import { proposeSecondPayment } from '../../src/rails/payments/propose-second-payment.ts';
import { callbackAbout, type TrueTransaction } from '../provider-truth.ts';
import { runOn } from '../run-on.ts';
import { decideSecondAs, listOpenSeconds } from '../second-payment-steps.ts';
import type { Scenario, Stage } from '../stage.ts';
import { processOf } from '../world.ts';
import { pendingDeposit } from './callbacks.ts';

/** Somebody pays twice, and both are told; `garble` is how the second amount is written. */
export async function payTwice(stage: Stage, garble?: string): Promise<TrueTransaction> {
  stage.twist('doubled');
  const id = await pendingDeposit(stage);
  const second = stage.world.truth.transactions[1];
  if (second === undefined) throw new Error('nobody paid twice');
  second.writtenAmount = garble;
  stage.decide(id, 'success');
  await hear(stage);
  return second;
}

async function hear(stage: Stage): Promise<void> {
  await stage.callbacks();
  await stage.wait(MINUTE_MS);
  await stage.follow();
  await stage.wait(10 * SECOND_MS);
  await stage.follow();
}

function suspense(stage: Stage): bigint {
  return stage.world.books.accounts
    .filter((one) => one.id.startsWith('suspense:'))
    .reduce((sum, one) => sum + one.creditsPosted - one.debitsPosted, 0n);
}

export const SECOND_PAYMENT_SCENARIOS: readonly Scenario[] = [
  {
    id: 'F38 twice',
    fault: 'two provider transactions for one deposit',
    required: 'the second goes to suspense',
    play: async (stage) => {
      stage.twist('doubled');
      const id = await pendingDeposit(stage);
      stage.decide(id, 'success');
      await stage.callbacks();
      await stage.follow();
      await stage.wait(10 * SECOND_MS);
      await stage.follow();
      await stage.state(id, 'succeeded');
      const suspense = stage.world.books.accounts.find(
        (one) => one.id.startsWith('suspense:') && one.id.endsWith('XOF'),
      );
      stage.must(suspense?.creditsPosted === 4_925n, `suspense has ${suspense?.creditsPosted}`);
    },
  },
  {
    id: 'F38 taken back',
    fault: 'the second of two payments goes back to the payer',
    required: 'it leaves suspense again',
    play: async (stage) => {
      stage.twist('doubled');
      const id = await pendingDeposit(stage);
      const second = stage.world.truth.transactions[1];
      if (second === undefined) throw new Error('nobody paid twice');
      stage.decide(id, 'success');
      await stage.callbacks();
      await stage.follow();
      stage.world.truth.change(second, 'reversed');
      await stage.callbacks();
      await stage.wait(MINUTE_MS);
      await stage.follow();
      const suspense = stage.world.books.accounts.find(
        (one) => one.id.startsWith('suspense:') && one.id.endsWith('XOF'),
      );
      stage.must(suspense?.debitsPosted === suspense?.creditsPosted, 'suspense is not empty');
    },
  },
  ...(['credited', 'returned'] as const).map((outcome) => ({
    id: `F38 ${outcome}`,
    fault: 'the second of two payments is decided by two people, tried by one alone, and reversed afterwards',
    required: 'one entry; what was credited and is taken back is claimed, and never taken twice',
    play: async (stage: Stage) => {
      stage.twist('doubled');
      const id = await pendingDeposit(stage);
      stage.decide(id, 'success');
      await stage.callbacks();
      await stage.follow();
      await stage.wait(10 * SECOND_MS);
      await stage.follow();
      const [second] = listOpenSeconds(stage.world);
      stage.must(second?.amount === 4_925n, `the second payment has ${second?.amount}`);
      if (second === undefined) return;
      const before = await stage.available();
      await decideSecondAs(stage.world, second, outcome, true);
      const gained = (await stage.available()) - before;
      stage.must(gained === (outcome === 'credited' ? 4_925n : 0n), `the wallet gained ${gained}`);
      // Most of it is spent when the provider takes it back.
      const spent = outcome === 'credited' ? await stage.withdraw(9_000n) : undefined;
      const transaction = stage.world.truth.find(second.providerReference);
      if (transaction?.state === 'success') stage.world.truth.change(transaction, 'reversed');
      await stage.callbacks();
      await stage.wait(MINUTE_MS);
      await stage.follow();
      if (spent !== undefined) await stage.send();
      const owed = stage.world.books.accounts.find((one) => one.id.startsWith('receivable:'));
      const isOwed = owed !== undefined && owed.debitsPosted > 0n;
      stage.must(isOwed === (outcome === 'credited'), `owed: ${owed?.debitsPosted}`);
    },
  })),
  {
    id: 'F38 unreadable',
    fault: 'nobody can read how much the second payment was',
    required: 'it waits for people, who book what the statement says',
    play: async (stage) => {
      await payTwice(stage, '5e3');
      const [second] = listOpenSeconds(stage.world);
      stage.must(second !== undefined && second.amount === undefined, 'nobody is told of it');
      if (second === undefined) return;
      const before = await stage.available();
      await decideSecondAs(stage.world, second, 'credited', true);
      const gained = (await stage.available()) - before;
      stage.must(gained === 4_925n, `the wallet gained ${gained}`);
    },
  },
  {
    id: 'F38 too late',
    fault: 'a second payment is taken back between the proposal and the decision',
    required: 'nothing is left to decide; what is under way is undone whole',
    play: async (stage) => {
      const transaction = await payTwice(stage);
      const [second] = listOpenSeconds(stage.world);
      if (second === undefined) return stage.must(false, 'there is no second payment');
      const { ground } = stage.world;
      const words = { reason: 'she asked', evidence: 'receipt', by: 'operator Ama' };
      const on = processOf(stage.world, 0);
      const proposal = await runOn(stage.world, on, 'propose', async () =>
        inTransaction(on.db, async (tx) =>
          proposeSecondPayment(tx, ground, { secondPaymentId: second.id, outcome: 'credited', ...words }),
        ),
      );
      stage.world.truth.change(transaction, 'reversed');
      await hear(stage);
      const proposalId = proposal?.ok === true ? proposal.value : '';
      const decision = { proposalId, decision: 'approved', by: 'operator Bio' } as const;
      const answer = await runOn(stage.world, on, 'decide', async () =>
        inTransaction(on.db, async (tx) => decideSecondPayment(tx, ground, decision)),
      );
      stage.must(answer?.ok === false, 'it was decided twice');
    },
  },
  {
    id: 'F38 old news',
    fault: 'after an unreadable second payment was taken back, the provider calls it paid again',
    required: 'what is closed stays closed',
    play: async (stage) => {
      const transaction = await payTwice(stage, '5e3');
      stage.world.truth.change(transaction, 'reversed');
      await hear(stage);
      transaction.word = 'success';
      transaction.writtenAmount = undefined;
      // The same news in other bytes: a copy would be known.
      const news = callbackAbout(transaction);
      stage.world.truth.addCallback({ ...news, body: news.body.replace('{', '{ ') });
      await stage.wait(MINUTE_MS);
      await hear(stage);
      stage.must(suspense(stage) === 0n, `suspense has ${suspense(stage)}`);
    },
  },
];
