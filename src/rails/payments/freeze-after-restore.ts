/**
 * Stops all money that leaves, in books that were just restored: they do not know what was sent after they were made.
 *
 * A withdrawal that the backup still has in line may have been paid in the hours that it does not know. Sent again it
 * would be paid twice, and nobody would ever see a difference. So nothing leaves until people have compared the books
 * with the provider's statement and lift the freeze.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { insertFreeze } from './freeze.rows.ts';

export async function freezeAfterRestore(
  tx: Tx,
  ground: Pick<Ground, 'clock' | 'ids'>,
  backup: { readonly name: string; readonly madeAt: string },
): Promise<void> {
  await insertFreeze(tx, {
    id: ground.ids.next('frz'),
    scope: 'all',
    subject: '*',
    direction: 'out',
    reason: `restored from ${backup.name}, made ${backup.madeAt}: compare with the provider's statement since then, then lift`,
    createdBy: 'restore',
    createdAt: ground.clock.now(),
  });
}
