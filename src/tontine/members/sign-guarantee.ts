/**
 * Takes the PIN of whoever answers for somebody else's share: should it default, their wallet pays.
 *
 * Refuses: every refusal of `verifyPin` and of `stand-guarantor.ts`.
 */
import type { Ground } from '../../ground/ground.ts';
import { answerInTransaction } from '../../ground/postgres/answer-in-transaction.ts';
import type { Db } from '../../ground/postgres/database.ts';
import type { Answer } from '../../ground/refusal.ts';
import type { PinHasher } from '../../people/pin-hash.ts';
import { verifyPin } from '../../people/verify-pin.ts';
import { type StandGuarantor, standGuarantor } from './stand-guarantor.ts';

export interface SignGuarantee extends StandGuarantor {
  /** As typed. */
  readonly pin: unknown;
  readonly hasher: PinHasher;
}

/** Opens its own transactions, because the PIN's computation is slow: never call it inside one. */
export async function signGuarantee(db: Db, ground: Ground, asked: SignGuarantee): Promise<Answer<void>> {
  const proven = await verifyPin(db, ground, asked);
  if (!proven.ok) return proven;
  return await answerInTransaction(db, async (tx) => await standGuarantor(tx, ground, asked));
}
