/**
 * Notes how much of each declared default has been paid by now, and when nothing of it is missing any more.
 *
 * It only reads the dues, which are what debits a defaulter; it moves no money and refuses nothing.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import type { RunningCycle } from '../cycles/running-cycle.ts';
import { listDefaults, markDefault } from './default.rows.ts';
import { readMissingRounds } from './read-missing-rounds.ts';

export async function settleDefaults(tx: Tx, ground: Ground, { cycle }: RunningCycle): Promise<void> {
  for (const declared of await listDefaults(tx, cycle.id)) {
    if (declared.settledAt !== null) continue;
    const rounds = await readMissingRounds(tx, cycle, declared.shareId);
    const missing = rounds.reduce((sum, round) => sum + round.amount, 0n);
    const paid = declared.debt - missing;
    const recovered = paid > declared.covered ? paid - declared.covered : 0n;
    if (recovered === declared.recovered && missing > 0n) continue;
    await markDefault(tx, { ...declared, recovered, settledAt: missing === 0n ? ground.clock.now() : null });
  }
}
