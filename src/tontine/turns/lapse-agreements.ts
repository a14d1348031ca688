/**
 * Ends what was agreed about a share by whoever held it, when it leaves the cycle or gets another owner.
 *
 * Whoever said yes to an exchange of turns or to handing a share on said it for themselves: it binds nobody who holds the
 * share later, and a share that is out of the cycle can neither be exchanged nor paid for.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { findLastRequest } from '../approvals/approval-request.rows.ts';
import { expireApproval } from '../approvals/expire-approval.ts';
import type { Share } from '../cycles/share.rows.ts';
import { findOpenSubstitution, markSubstitutionEnded } from './substitution.rows.ts';
import { listSwaps, markSwapEnded } from './swap.rows.ts';

export async function lapseAgreements(tx: Tx, ground: Ground, { id, cycleId }: Share): Promise<void> {
  const at = ground.clock.now();
  for (const swap of await listSwaps(tx, cycleId))
    if (swap.state === 'asked' && [swap.shareA, swap.shareB].includes(id))
      await markSwapEnded(tx, swap.id, 'lapsed', at);
  const substitution = await findOpenSubstitution(tx, id);
  if (substitution === undefined) return;
  await markSubstitutionEnded(tx, substitution.id, 'lapsed', at);
  const request = await findLastRequest(tx, { kind: 'substitution', subjectId: substitution.id });
  // Officers would be asked for their voice on what can no longer happen.
  if (request?.state === 'open') await expireApproval(tx, ground, request);
}
