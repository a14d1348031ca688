/**
 * Gives an operator a secret for their authenticator, and shows the same one again until a first code has confirmed it.
 *
 * A confirmed secret is never shown again: whoever finds an open session must not be able to copy it.
 *
 * Refuses: second-factor-held.
 */
import type { Ground } from '../ground/ground.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../ground/refusal.ts';
import { openSealed, sealSecret } from './seal-secret.ts';
import { insertSecondFactor, lockSecondFactor } from './second-factor.rows.ts';
import { TOTP_SECRET_BYTES } from './totp.ts';

const HELD = refusal(
  'second-factor-held',
  'conflict',
  'Votre application de codes est déjà liée. Un administrateur peut la délier.',
  'Your authenticator is linked already. An administrator can unlink it.',
);

/** The secret to show; its codes are asked for by `prove-second-factor.ts`. */
export async function enrolSecondFactor(
  tx: Tx,
  ground: Ground,
  enrolment: { readonly personId: string; readonly key: Uint8Array },
): Promise<Answer<Uint8Array>> {
  const { personId, key } = enrolment;
  const secret = ground.chance.bytes(TOTP_SECRET_BYTES);
  const sealedSecret = sealSecret(key, ground.chance, { secret, owner: personId });
  await insertSecondFactor(tx, { personId, sealedSecret, createdAt: ground.clock.now() });
  const factor = await lockSecondFactor(tx, personId);
  invariant(factor !== undefined, 'a second factor was not kept');
  if (factor.confirmedAt !== undefined) return refused(HELD);
  return accepted(openSealed(key, { sealed: factor.sealedSecret, owner: personId }));
}
