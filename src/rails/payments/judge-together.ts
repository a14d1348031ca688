/**
 * Judges what the provider says about many payments in one transaction: the rows' locks, then the same judgement and the
 * same effects as for one.
 *
 * What is not plain (a withdrawal, a review, a reversal) is left alone here, and its row with it: `settle` does it in a
 * transaction of its own. It writes nothing: the caller does, last, with `write-effects.ts`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { pinPlans } from '../../ground/postgres/pin-plans.ts';
import { travelTogether } from '../../ground/postgres/travel-together.ts';
import { invariant } from '../../ground/refusal.ts';
import { depositEffects, type Effects, isPlain, type PlainJudgement } from './deposit-effects.ts';
import { judgeStatus } from './judge-status.ts';
import type { Payment } from './payment.ts';
import { lockPayments, type ReadPayment } from './payment-set.rows.ts';
import type { Settling } from './settle.ts';

export interface JudgedTogether {
  /** What was decided, by payment; one that is missing must go alone. */
  readonly decided: ReadonlyMap<string, PlainJudgement['decision']>;
  readonly effects: readonly Effects[];
  /** What is kept of the answers, for the payments' stories. */
  readonly answers: readonly Settling[];
}

export interface ToJudge extends Settling {
  /** The payment as it was read when the provider was asked; under the lock it counts only if nobody wrote it since. */
  readonly read?: ReadPayment | undefined;
}

/** Takes each payment once. */
export async function judgeTogether(
  tx: Tx,
  ground: Ground,
  settlings: readonly ToJudge[],
): Promise<JudgedTogether> {
  const answers = new Map(settlings.map((settling) => [settling.paymentId, settling]));
  invariant(answers.size === settlings.length, 'a payment stands twice in one set');
  const decided = new Map<string, PlainJudgement['decision']>();
  const effects: Effects[] = [];
  const kept: Settling[] = [];
  const read = settlings.flatMap((settling) => settling.read ?? []);
  let locked: readonly Payment[] = [];
  await travelTogether(tx, (together) => [
    pinPlans(together),
    lockPayments(together, [...answers.keys()], read).then((payments) => {
      locked = payments;
    }),
  ]);
  for (const payment of locked) {
    const settling = answers.get(payment.id);
    if (settling === undefined || payment.direction === 'out') continue;
    const judgement = judgeStatus(payment, settling.answer, ground.clock.now());
    if (!isPlain(judgement)) continue;
    decided.set(payment.id, judgement.decision);
    effects.push(depositEffects(payment, judgement, settling, ground));
    kept.push(settling);
  }
  return { decided, effects, answers: kept };
}
