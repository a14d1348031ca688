/**
 * Tells who sent a request, from the token in its cookie.
 *
 * Roles are read anew each time, so a revoked role ends with the next click. Use is written down at most once a
 * minute: a page that loads six things must not write six times.
 */
import { after } from '../ground/clock.ts';
import type { Ground } from '../ground/ground.ts';
import type { Reader } from '../ground/postgres/database.ts';
import type { Person } from './person.ts';
import type { Role } from './role.ts';
import { findSignedIn, markSessionSeen } from './session.rows.ts';
import { hashToken, idleEnd, isToken, type Session, TOUCH_INTERVAL_MS } from './session.ts';

export interface SignedInPerson {
  readonly session: Session;
  readonly person: Person;
  readonly roles: readonly Role[];
}

/** The person behind the token; nothing when it is unknown, ended, unused too long or too old. */
export async function findSession(
  reader: Reader,
  ground: Ground,
  token: unknown,
): Promise<SignedInPerson | undefined> {
  if (!isToken(token)) return undefined;
  const now = ground.clock.now();
  const found = await findSignedIn(reader, hashToken(token), now);
  if (found === undefined) return undefined;
  const { session } = found;
  const unlessSince = after(now, -TOUCH_INTERVAL_MS);
  if (session.lastSeenAt <= unlessSince) {
    const idleUntil = idleEnd(now, session.level, session.expiresAt);
    await markSessionSeen(reader, { sessionId: session.id, at: now, idleUntil, unlessSince });
  }
  return found;
}
