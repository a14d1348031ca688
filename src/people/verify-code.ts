/**
 * Compares a typed code with the one that was sent, and gives proof of the phone when they agree.
 *
 * The try is counted before the comparison and whatever its result, so a refusal here must still be committed: it is
 * an answer, not an exception. A code opens once: of two submits of the right code the second finds it closed.
 *
 * Refuses: code-unreadable (no try is spent), code-closed (none open, too old, used, replaced or missed five times),
 * code-wrong, code-locked.
 */
import { after } from '../ground/clock.ts';
import type { Ground } from '../ground/ground.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../ground/refusal.ts';
import { countMisses, markCodeEnded, markCodeTried } from './login-code.rows.ts';
import {
  type CodePurpose,
  hashCode,
  isSameHash,
  MISSES_PER_NUMBER,
  MISSES_WINDOW_MS,
  readCode,
  TRIES_PER_CODE,
  type VerifiedPhone,
} from './login-code.ts';
import { CODE_LOCKED } from './login-code-refusals.ts';
import type { Phone } from './phone-number.ts';

export interface VerifyCode<P extends CodePurpose> {
  readonly phone: Phone;
  readonly purpose: P;
  /** As typed. */
  readonly code: unknown;
  readonly pepper: Uint8Array;
}

export async function verifyCode<P extends CodePurpose>(
  tx: Tx,
  ground: Ground,
  attempt: VerifyCode<P>,
): Promise<Answer<VerifiedPhone<P>>> {
  const { phone, purpose, pepper } = attempt;
  const code = readCode(attempt.code);
  if (code === undefined) return refused(CODE_UNREADABLE);
  const at = ground.clock.now();
  const tried = await markCodeTried(tx, { phone: phone.e164, purpose, at });
  if (tried === undefined) return refused(CODE_CLOSED);
  const since = after(at, -MISSES_WINDOW_MS);
  // This code's own earlier misses count too; the try just spent is not a miss yet.
  const missesOfOthers = await countMisses(tx, phone.e164, since, tried.id);
  const missesOfThis = tried.tries - 1;
  if (missesOfOthers + missesOfThis >= MISSES_PER_NUMBER) return refused(CODE_LOCKED);
  if (isSameHash(tried.codeHash, hashCode(pepper, purpose, phone.e164, code))) {
    await markCodeEnded(tx, { id: tried.id, ending: 'used', at });
    return accepted({ phone, purpose } as VerifiedPhone<P>);
  }
  if (tried.tries < TRIES_PER_CODE) return refused(CODE_WRONG);
  await markCodeEnded(tx, { id: tried.id, ending: 'exhausted', at });
  return refused(CODE_CLOSED);
}

const CODE_UNREADABLE = refusal(
  'code-unreadable',
  'invalid',
  'Le code a six chiffres. Recopiez-le depuis le SMS.',
  'The code has six digits. Copy it from the text message.',
);
const CODE_WRONG = refusal(
  'code-wrong',
  'invalid',
  'Ce code n’est pas le bon. Vérifiez le dernier SMS reçu.',
  'This is not the right code. Check the latest text message.',
);
const CODE_CLOSED = refusal(
  'code-closed',
  'invalid',
  'Ce code ne peut plus servir. Demandez-en un nouveau.',
  'This code can no longer be used. Request a new one.',
);
