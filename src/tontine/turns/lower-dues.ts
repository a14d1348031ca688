/**
 * Lowers what everybody pays for a round by the dividend of a sold pot.
 *
 * Who has paid more than the lower due already gets the difference back as credit: the last money that settled the due
 * is set free, in the books too, from the pot into what the member has prepaid. Nothing leaves the group, and nobody
 * who pays early pays more than who pays late.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { listDuesOfRound, markDueLowered } from '../rounds/due.rows.ts';
import { type Due, missingOf } from '../rounds/due.ts';
import { freeMoney } from '../rounds/free-money.ts';
import { type Move, movesOf } from '../rounds/moves.ts';
import { potHolds } from '../rounds/pot-holds.ts';

export interface LowerDues {
  readonly cycle: Cycle;
  readonly auctionId: string;
  /** Those that share in it, in the order of their dividends. */
  readonly dues: readonly Due[];
  readonly dividends: readonly bigint[];
}

/** The dues of a round that share in a dividend: those that nobody was let off. */
export async function listLowerable(tx: Tx, roundId: string): Promise<Due[]> {
  return (await listDuesOfRound(tx, roundId, 'pot')).filter((due) => due.forgiven === 0n);
}

/**
 * What is still to be posted: credits for those who had paid more.
 *
 * Refuses: `auction-pot-short`, where that money was handed out for another pot.
 */
export async function lowerDues(tx: Tx, ground: Ground, lowering: LowerDues): Promise<Answer<Transfer[]>> {
  const { groupId, id: cycleId, currency } = lowering.cycle;
  const funds = { groupId, cycleId, currency };
  const moves: Move[] = [];
  for (const [place, due] of lowering.dues.entries()) {
    const dividend = lowering.dividends[place] ?? 0n;
    if (dividend === 0n) continue;
    const tooMuch = dividend - missingOf(due);
    if (tooMuch > 0n) {
      const most = { wallet: tooMuch, cash: tooMuch };
      const freed = await freeMoney(tx, ground, { funds, dueId: due.id, most, amount: tooMuch });
      invariant(freed.amount === tooMuch, `due ${due.id} was not paid by its allocations`);
      moves.push(...freed.moves);
    }
    await markDueLowered(tx, due.id, dividend, ground.clock.now());
  }
  if (!(await potHolds(tx, { cycle: lowering.cycle, funds }))) return refused(AUCTION_POT_SHORT);
  return accepted(movesOf(ground, 'tontine.corrected', lowering.auctionId, moves));
}

const AUCTION_POT_SHORT = refusal(
  'auction-pot-short',
  'conflict',
  'Ceux qui ont déjà payé doivent récupérer une part du prix, et la cagnotte ne l’a plus : attendez que les autres paient, ou échangez des espèces.',
  'Those who have paid already get a part of the price back, and the pot does not have it any more: wait for the others to pay, or exchange notes.',
);
