/**
 * Lets what members paid in advance settle what has become due, oldest payment first.
 *
 * It refuses nothing and posts nothing; it hands back the transfers.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import type { AllocationOrder } from './allocate-contribution.ts';
import { listCredits } from './contribution.rows.ts';
import { creditOf } from './contribution.ts';
import { type Funds, prepaidAccount } from './funds.ts';
import { movesOf } from './moves.ts';
import { type Settling, settleDuesInTurn } from './settle-dues.ts';

export interface ApplyCredits {
  readonly funds: Funds;
  readonly order: AllocationOrder;
  readonly membershipIds: readonly string[];
}

export async function applyCredits(tx: Tx, ground: Ground, asked: ApplyCredits): Promise<Transfer[]> {
  const { funds, order } = asked;
  const credits = await listCredits(tx, asked.membershipIds);
  const settlings = credits.map((contribution): Settling => {
    const purse = contribution.method;
    const from = prepaidAccount(contribution.membershipId, funds.currency, purse);
    return { contribution, amount: creditOf(contribution), source: 'credit', from, purse, funds, order };
  });
  const settled = await settleDuesInTurn(tx, ground, settlings);
  return settled.flatMap(({ moves }, place) =>
    movesOf(ground, 'tontine.contributed', credits[place]?.id ?? '', moves),
  );
}
