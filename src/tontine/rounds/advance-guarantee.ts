/**
 * Lets the guarantee fund stand in for what is missing in a pot, all of it or nothing, due by due.
 *
 * Each due that it stood in for is named, so that when it is paid later its money goes back to the fund instead of
 * into a pot that was already handed out. It posts nothing; it hands back the transfers.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { AccountId } from '../../ground/ledger/account.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { Cycle } from '../cycles/cycle.ts';
import type { RunningCycle } from '../cycles/running-cycle.ts';
import { listTurns } from '../cycles/turn.rows.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { sumPromised } from './cash-box.rows.ts';
import { listDuesUpTo } from './due.rows.ts';
import { missingOf } from './due.ts';
import { type Funds, fundAccount } from './funds.ts';
import { insertAdvance, listAdvancedDues, openAdvance } from './guarantee-advance.rows.ts';
import { movesOf } from './moves.ts';
import type { Payout } from './payout.ts';
import { listRounds } from './round.rows.ts';
import { placesOf, type Round } from './round.ts';

export interface Guarantee {
  readonly wallet: bigint;
  readonly cash: bigint;
}

/**
 * What the fund can stand in with: without the notes that are promised to members, and without what this transaction
 * takes from it before. The ledger does not know that yet, because an act posts last.
 */
export async function readGuarantee(
  reader: Reader,
  funds: Funds,
  before: readonly Transfer[],
): Promise<Guarantee> {
  const left = async (account: AccountId): Promise<bigint> => {
    const taken = before.filter(({ debit }) => debit === account);
    const available = (await readBalance(reader, account))?.available ?? 0n;
    return taken.reduce((sum, { amount }) => sum - amount, available);
  };
  const notes = fundAccount(funds, 'guarantee', 'cash');
  return {
    wallet: await left(fundAccount(funds, 'guarantee', 'wallet')),
    cash: (await left(notes)) - (await sumPromised(reader, funds.groupId, notes)),
  };
}

export interface AdvanceAsked {
  readonly running: RunningCycle;
  readonly payout: Payout;
  readonly round: Round;
  readonly gap: bigint;
  readonly guarantee: Guarantee;
}

export interface Advance {
  readonly walletAmount: bigint;
  readonly cashAmount: bigint;
  readonly transfers: readonly Transfer[];
}

/** Nothing when the fund cannot stand in for all of it. */
export async function advanceGuarantee(
  tx: Tx,
  ground: Ground,
  asked: AdvanceAsked,
): Promise<Advance | undefined> {
  const { running, payout, round, gap, guarantee } = asked;
  const { funds } = running;
  if (guarantee.wallet + guarantee.cash < gap) return undefined;
  const dues = await missingDues(tx, running.cycle, round.number, gap);
  if (dues === undefined) return undefined;
  const walletAmount = guarantee.wallet < gap ? guarantee.wallet : gap;
  const cashAmount = gap - walletAmount;
  const id = ground.ids.next('adv');
  const at = ground.clock.now();
  const { groupId, cycleId, id: payoutId } = payout;
  await insertAdvance(tx, { id, groupId, cycleId, payoutId, walletAmount, cashAmount, at, dues });
  const facts = { amount: String(gap), payout: payoutId };
  await writeJournal(tx, ground, { groupId, act: 'guarantee.advanced', subjectId: id, facts });
  await recordEvent(tx, ground, { name: 'guarantee.advanced', subjectId: id, facts });
  const half = (purse: 'wallet' | 'cash', amount: bigint) => ({
    row: id,
    role: purse,
    from: fundAccount(funds, 'guarantee', purse),
    to: fundAccount(funds, 'pot', purse),
    amount,
  });
  const transfers = movesOf(ground, 'tontine.advanced', id, [
    half('wallet', walletAmount),
    half('cash', cashAmount),
  ]);
  return { walletAmount, cashAmount, transfers };
}

/**
 * The dues for which nobody has paid or stood in, until the gap is filled: those of this round, then of those before it.
 * An earlier pot may still wait for its own, and what the fund is paid back for them would be missing there for ever.
 */
async function missingDues(
  tx: Tx,
  cycle: Cycle,
  roundNumber: number,
  gap: bigint,
): Promise<{ dueId: string; amount: bigint }[] | undefined> {
  const decided = await decidedRounds(tx, cycle);
  const dues = (await listDuesUpTo(tx, cycle.id, roundNumber)).filter((due) =>
    decided.has(due.roundId ?? ''),
  );
  const advanced = await listAdvancedDues(
    tx,
    dues.map((due) => due.id),
  );
  let left = gap;
  const chosen: { dueId: string; amount: bigint }[] = [];
  for (const due of dues) {
    const standing = advanced
      .filter((one) => one.dueId === due.id)
      .reduce((sum, one) => sum + openAdvance(one), 0n);
    const free = missingOf(due) - standing;
    const amount = free < left ? free : left;
    if (amount > 0n) chosen.push({ dueId: due.id, amount });
    left -= amount > 0n ? amount : 0n;
  }
  return left === 0n ? chosen : undefined;
}

/**
 * Rounds whose dues stand. A discount may still lower those of a round with a pot that is nobody's yet: what the fund
 * stood in for beyond that would stay in the pot for ever.
 */
async function decidedRounds(tx: Tx, cycle: Cycle): Promise<Set<string>> {
  const rounds = await listRounds(tx, cycle.id);
  const given = new Set((await listTurns(tx, cycle.id)).map((turn) => turn.place));
  const decided = rounds.filter(
    (round) =>
      cycle.orderKind !== 'auction-discount' ||
      placesOf(rounds, round.number).every((place) => given.has(place)),
  );
  return new Set(decided.map((round) => round.id));
}
