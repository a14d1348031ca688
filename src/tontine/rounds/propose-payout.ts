/**
 * Lets an officer ask for a pot to be handed out.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `cycle-not-running`, and the refusals of
 * `ask-payout.ts`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import type { Answer } from '../../ground/refusal.ts';
import { runningCycle } from '../cycles/running-cycle.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { askPayout } from './ask-payout.ts';
import type { Payout } from './payout.ts';

export interface ProposePayout extends Entering {
  /** Which pot of the cycle, from 1. */
  readonly place: number;
}

export async function proposePayout(tx: Tx, ground: Ground, asked: ProposePayout): Promise<Answer<Payout>> {
  const actor = await enterGroup(tx, ground, asked, 'propose-payout');
  if (!actor.ok) return actor;
  const running = await runningCycle(tx, actor.value);
  if (!running.ok) return running;
  const requestedBy = actor.value.membership.id;
  return await askPayout(tx, ground, { running: running.value, place: asked.place, requestedBy });
}
