/**
 * Takes the money of a confirmed contribution into the funds: settles dues, keeps the rest as credit, tells both who
 * paid and who was paid for, and hands out what has become whole.
 *
 * Refuses: `wallet-short`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { AccountId } from '../../ground/ledger/account.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted } from '../../ground/refusal.ts';
import type { RunningCycle } from '../cycles/running-cycle.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { tellMembers } from '../members/tell-members.ts';
import type { Contribution } from './contribution.ts';
import { prepaidAccount } from './funds.ts';
import { movesOf } from './moves.ts';
import { postMoves } from './post-moves.ts';
import { settleDues } from './settle-dues.ts';
import { settlePayouts } from './settle-payouts.ts';

export interface Received {
  /** Confirmed, and written. */
  readonly contribution: Contribution;
  /** The payer's wallet, or the keeper's box. */
  readonly from: AccountId;
}

/** What a contribution became, and the transfers that its transaction has yet to post. */
export interface TakenIn {
  readonly contribution: Contribution;
  readonly transfers: readonly Transfer[];
}

/** Last in its transaction, because it posts. */
export async function receiveMoney(
  tx: Tx,
  ground: Ground,
  running: RunningCycle,
  received: Received,
): Promise<Answer<Contribution>> {
  const { contribution, transfers } = await takeIn(tx, ground, running, received);
  const posted = await postMoves(tx, ground, transfers);
  return posted.ok ? accepted(contribution) : posted;
}

/** Writes all but the transfers. */
export async function takeIn(
  tx: Tx,
  ground: Ground,
  running: RunningCycle,
  { contribution, from }: Received,
): Promise<TakenIn> {
  const { funds, rules } = running;
  const { id, groupId, amount, method: purse, membershipId, payerId } = contribution;
  const order = rules.allocationOrder;
  const settling = { contribution, amount, source: 'payment', from, purse, funds, order } as const;
  const { moves, credit } = await settleDues(tx, ground, settling);
  const to = prepaidAccount(membershipId, funds.currency, purse);
  const rest = { row: id, role: 'prepaid', from, to, amount: credit };
  const facts = { amount: String(amount), credit: String(credit), for: membershipId, by: payerId };
  await tellMembers(tx, ground, {
    groupId,
    to: [payerId, membershipId],
    kind: 'contribution.received',
    subjectId: id,
    facts,
  });
  await writeJournal(tx, ground, {
    groupId,
    act: 'contribution.received',
    actorId: payerId,
    subjectId: id,
    facts,
  });
  await recordEvent(tx, ground, { name: 'contribution.confirmed', subjectId: id, facts });
  const transfers = [
    ...movesOf(ground, 'tontine.contributed', id, [...moves, rest]),
    ...(await settlePayouts(tx, ground, running)),
  ];
  // As the database has it now; reading it again would take a statement more.
  const allocated = contribution.allocated + amount - credit;
  return { contribution: { ...contribution, allocated }, transfers };
}
