/**
 * Takes the PIN and the yes of whoever takes a share over: from here on its price may leave their wallet.
 *
 * Refuses: every refusal of `verifyPin` and of `consent-substitution.ts`.
 */
import type { Ground } from '../../ground/ground.ts';
import { answerInTransaction } from '../../ground/postgres/answer-in-transaction.ts';
import type { Db } from '../../ground/postgres/database.ts';
import type { Answer } from '../../ground/refusal.ts';
import type { PinHasher } from '../../people/pin-hash.ts';
import { verifyPin } from '../../people/verify-pin.ts';
import { type ConsentSubstitution, consentSubstitution } from './consent-substitution.ts';
import type { Substitution } from './substitution.rows.ts';

export interface TakeShareOver extends Omit<ConsentSubstitution, 'voice'> {
  /** As typed. */
  readonly pin: unknown;
  readonly hasher: PinHasher;
}

/** Opens its own transactions, because the PIN's computation is slow: never call it inside one. */
export async function takeShareOver(
  db: Db,
  ground: Ground,
  asked: TakeShareOver,
): Promise<Answer<Substitution>> {
  const proven = await verifyPin(db, ground, asked);
  if (!proven.ok) return proven;
  return await answerInTransaction(
    db,
    async (tx) => await consentSubstitution(tx, ground, { ...asked, voice: 'yes' }),
  );
}
