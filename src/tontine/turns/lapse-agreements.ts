/**
 * Ends what was agreed about a share by whoever held it, when it leaves the cycle or gets another owner.
 *
 * Whoever said yes to an exchange of turns or to handing a share on said it for themselves: it binds nobody who holds the
 * share later, and a share that is out of the cycle can neither be exchanged nor paid for.
 */
import type { Tx } from '../../ground/postgres/database.ts';
import type { Share } from '../cycles/share.rows.ts';
import { findOpenSubstitution, markSubstitutionEnded } from './substitution.rows.ts';
import { listSwaps, markSwapEnded } from './swap.rows.ts';

export async function lapseAgreements(tx: Tx, { id, cycleId }: Share, at: Date): Promise<void> {
  for (const swap of await listSwaps(tx, cycleId))
    if (swap.state === 'asked' && [swap.shareA, swap.shareB].includes(id))
      await markSwapEnded(tx, swap.id, 'lapsed', at);
  const substitution = await findOpenSubstitution(tx, id);
  if (substitution !== undefined) await markSubstitutionEnded(tx, substitution.id, 'lapsed', at);
}
