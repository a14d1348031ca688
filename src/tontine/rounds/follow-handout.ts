/**
 * Writes on the row that notes were handed out for that they have arrived, and says what follows.
 *
 * One place for every purpose: a refund that was received and not written down would be handed out again.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { invariant } from '../../ground/refusal.ts';
import { findExit } from '../members/exit.rows.ts';
import { recordRefund } from '../members/settle-exits.ts';
import { findAidClaim } from '../solidarity/aid-claim.rows.ts';
import { recordAid } from '../solidarity/grant-aid.ts';
import type { Handout } from './cash-box.rows.ts';
import type { TontineJournal } from './moves.ts';

/** What the journal calls notes that leave a box for this. */
export const HANDOUT_JOURNALS: Readonly<Record<Handout['purpose'], TontineJournal>> = {
  payout: 'tontine.paid-out',
  guarantee: 'tontine.guarantee-returned',
  credit: 'tontine.credit-returned',
  refund: 'tontine.refunded',
  aid: 'tontine.aid-granted',
  'share-out': 'tontine.shared-out',
};

/** For what has a row of its own beside the handing over. */
export async function followHandout(tx: Tx, ground: Ground, handout: Handout): Promise<void> {
  const { purpose, subjectId, amount, id } = handout;
  if (purpose === 'refund') {
    const exit = await findExit(tx, subjectId);
    invariant(exit !== undefined, `handing over ${id} is for no exit`);
    await recordRefund(tx, ground, { ...exit, refundedCash: exit.refundedCash + amount });
  }
  if (purpose === 'aid') {
    const claim = await findAidClaim(tx, subjectId);
    invariant(claim !== undefined, `handing over ${id} is for no help`);
    const { cashWaiting, cashPaid } = claim;
    await recordAid(tx, ground, { ...claim, cashWaiting: cashWaiting - amount, cashPaid: cashPaid + amount });
  }
}
