/**
 * Ends every session of a person but the one they are using: what one does after losing a phone.
 */
import type { Ground } from '../ground/ground.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { markSessionsEnded } from './session.rows.ts';

/** Returns how many were ended. */
export async function revokeOtherSessions(
  tx: Tx,
  ground: Ground,
  revocation: { readonly personId: string; readonly keep: string },
): Promise<number> {
  return await markSessionsEnded(tx, {
    personId: revocation.personId,
    except: revocation.keep,
    ending: 'revoked',
    at: ground.clock.now(),
  });
}
