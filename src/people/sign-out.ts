/**
 * Ends the session of this browser. A token that is unknown or already ended changes nothing, and that is no error.
 */
import type { Ground } from '../ground/ground.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { markSessionEndedByToken } from './session.rows.ts';
import { hashToken, isToken } from './session.ts';

export async function signOut(tx: Tx, ground: Ground, token: unknown): Promise<void> {
  if (!isToken(token)) return;
  const at = ground.clock.now();
  await markSessionEndedByToken(tx, { tokenHash: hashToken(token), ending: 'signed-out', at });
}
