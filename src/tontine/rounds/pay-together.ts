/**
 * Pays contributions of different groups in one transaction, with one call of the ledger: of people who press the button
 * in the same moment.
 *
 * On the evening on which every group of a country pays, a turn at the ledger for each would be most of what is waited
 * for: whoever posts holds it until the disk, and the standby, have answered. The statements of the groups need nothing
 * of each other and travel together. A group in which somebody else changes something now is not waited for.
 *
 * Each has its own answer; refuses what `pay-contribution.ts` does. Whoever is found short only by the ledger takes the
 * whole set down with them, as does a row that the database cannot take: halve it (`ground/postgres/in-halves.ts`).
 */
import type { Ground } from '../../ground/ground.ts';
import { readBalances } from '../../ground/ledger/balance.ts';
import { Undone } from '../../ground/postgres/answer-in-transaction.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { travelTogether } from '../../ground/postgres/travel-together.ts';
import { type Answer, accepted, invariant, refused } from '../../ground/refusal.ts';
import { lockFreeGroups } from '../groups/group.rows.ts';
import { type Contribution, WALLET_SHORT } from './contribution.ts';
import {
  type JudgedContribution,
  judgeContribution,
  type PayContribution,
  type WantedContribution,
  writeContribution,
} from './pay-contribution.ts';
import { postMoves } from './post-moves.ts';
import type { TakenIn } from './receive-money.ts';

/** `busy`: its group was; nothing was looked at, and it goes by itself. */
export type PaidTogether = Answer<Contribution> | 'busy';

export async function payTogether(
  tx: Tx,
  ground: Ground,
  asked: readonly PayContribution[],
): Promise<readonly PaidTogether[]> {
  const groups = new Set(asked.map(({ groupId }) => groupId));
  invariant(groups.size === asked.length, 'two contributions to one group are paid one after the other');
  const free = await lockFreeGroups(tx, [...groups]);
  const judged = new Map<PayContribution, Answer<JudgedContribution>>();
  await travelTogether(tx, (together) =>
    asked
      .filter(({ groupId }) => free.has(groupId))
      .map(async (one) => judged.set(one, await judgeContribution(together, ground, one))),
  );
  const wanted = wantedOf([...judged.values()]);
  const covered = await coveredOf(tx, wanted);
  const written = new Map<WantedContribution, TakenIn>();
  await travelTogether(tx, (together) =>
    covered.map(async (one) => written.set(one, await writeContribution(together, ground, one))),
  );
  const transfers = covered.flatMap((one) => written.get(one)?.transfers ?? []);
  const posted = await postMoves(tx, ground, transfers);
  if (!posted.ok) throw new Undone(posted.refusal);
  return asked.map((one) => {
    const answer = judged.get(one);
    if (answer === undefined) return 'busy';
    if (!answer.ok) return answer;
    if (answer.value.earlier !== undefined) return accepted(answer.value.earlier);
    const taken = written.get(answer.value.wanted);
    return taken === undefined ? refused(WALLET_SHORT) : accepted(taken.contribution);
  });
}

function wantedOf(judged: readonly Answer<JudgedContribution>[]): WantedContribution[] {
  return judged.flatMap((one) => (one.ok && one.value.earlier === undefined ? [one.value.wanted] : []));
}

/** Who is short already is told so before anything is written; alone, the ledger says it as cheaply. */
async function coveredOf(
  tx: Tx,
  wanted: readonly WantedContribution[],
): Promise<readonly WantedContribution[]> {
  if (wanted.length <= 1) return wanted;
  const balances = await readBalances(
    tx,
    wanted.map(({ from }) => from),
  );
  return wanted.filter(
    ({ from, contribution }) => (balances.get(from)?.available ?? 0n) >= contribution.amount,
  );
}
