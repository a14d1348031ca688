/**
 * Ends one session of the person who asks, from the list of their devices.
 *
 * Refuses: session-absent (unknown, already over, or somebody else's: the three are not told apart).
 */
import type { Ground } from '../ground/ground.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../ground/refusal.ts';
import { markSessionsEnded } from './session.rows.ts';

export async function revokeSession(
  tx: Tx,
  ground: Ground,
  revocation: { readonly personId: string; readonly sessionId: string },
): Promise<Answer<undefined>> {
  const ended = await markSessionsEnded(tx, {
    personId: revocation.personId,
    only: revocation.sessionId,
    ending: 'revoked',
    at: ground.clock.now(),
  });
  return ended === 1 ? accepted(undefined) : refused(SESSION_ABSENT);
}

const SESSION_ABSENT = refusal(
  'session-absent',
  'absent',
  'Cet appareil est déjà déconnecté.',
  'This device is already signed out.',
);
