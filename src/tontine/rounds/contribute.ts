/**
 * Takes the PIN and pays a contribution from the wallet: for oneself or for another member, in part, early, late or
 * beyond what is due.
 *
 * The id comes from the form: of fifty copies the first pays and all have the same answer. It settles what the member
 * owes in the order that the by-law declares; what is too much is their credit. Nothing is paid on intent: without the
 * money in the wallet there is no contribution.
 *
 * Refuses: every refusal of `verifyPin` and of `pay-contribution.ts`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import type { Answer } from '../../ground/refusal.ts';
import type { PinHasher } from '../../people/pin-hash.ts';
import { verifyPin } from '../../people/verify-pin.ts';
import type { Contribution } from './contribution.ts';
import type { ContributionLane } from './contribution-lane.ts';
import type { PayContribution } from './pay-contribution.ts';

export interface Contribute extends PayContribution {
  /** As typed. */
  readonly pin: unknown;
  readonly hasher: PinHasher;
}

/** Opens its own transactions, because the PIN's computation is slow: never call it inside one. */
export async function contribute(
  db: Db,
  ground: Ground,
  lane: ContributionLane,
  { pin, hasher, ...asked }: Contribute,
): Promise<Answer<Contribution>> {
  const proven = await verifyPin(db, ground, { personId: asked.personId, pin, hasher });
  return proven.ok ? await lane(asked) : proven;
}
