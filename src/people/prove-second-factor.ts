/**
 * Takes a code of an operator's authenticator, and marks the session in which it was typed.
 *
 * Wrong codes are counted on the row, whatever the session or the process: five in a row lock it for a quarter of an
 * hour, so a million codes are never tried. A code that was accepted once is refused afterwards.
 *
 * Refuses: second-factor-absent, second-factor-locked, second-factor-wrong.
 */
import { after, MINUTE_MS } from '../ground/clock.ts';
import type { Ground } from '../ground/ground.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../ground/refusal.ts';
import { openSealed } from './seal-secret.ts';
import { lockSecondFactor, markCodeAccepted, markCodeRefused } from './second-factor.rows.ts';
import { markSecondFactorProven } from './session.rows.ts';
import { matchingStep } from './totp.ts';

const MOST_FAILURES = 5;
const LOCK_MS = 15 * MINUTE_MS;

const ABSENT = refusal(
  'second-factor-absent',
  'conflict',
  'Liez d’abord une application de codes.',
  'Link an authenticator first.',
);
const LOCKED = refusal(
  'second-factor-locked',
  'too-many',
  'Trop de codes faux. Réessayez dans un quart d’heure.',
  'Too many wrong codes. Try again in a quarter of an hour.',
);
const WRONG = refusal(
  'second-factor-wrong',
  'denied',
  'Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant.',
  'This code is not right, or was used already. Wait for the next one.',
);

export interface CodeTyped {
  readonly personId: string;
  readonly sessionId: string;
  readonly key: Uint8Array;
  readonly code: string;
}

export async function proveSecondFactor(
  tx: Tx,
  ground: Ground,
  typed: CodeTyped,
): Promise<Answer<undefined>> {
  const now = ground.clock.now();
  const factor = await lockSecondFactor(tx, typed.personId);
  if (factor === undefined) return refused(ABSENT);
  if (factor.lockedUntil !== undefined && factor.lockedUntil > now) return refused(LOCKED);
  const secret = openSealed(typed.key, { sealed: factor.sealedSecret, owner: typed.personId });
  const step = matchingStep(secret, typed.code, now, factor.lastStep);
  if (step === undefined) {
    const failures = factor.failures + 1;
    const isLocked = failures >= MOST_FAILURES;
    await markCodeRefused(tx, {
      personId: typed.personId,
      failures: isLocked ? 0 : failures,
      lockedUntil: isLocked ? after(now, LOCK_MS) : undefined,
    });
    return refused(isLocked ? LOCKED : WRONG);
  }
  await markCodeAccepted(tx, { personId: typed.personId, step, at: now });
  await markSecondFactorProven(tx, typed.sessionId, now);
  return accepted(undefined);
}
