/**
 * Opens a session for a person whose identity was just proven, and ends the one that the browser had before.
 *
 * A login always gives a new token: a token that somebody planted in the browser beforehand must not become a
 * logged-in one.
 */
import { after } from '../ground/clock.ts';
import { recordEvent } from '../ground/events/record-event.ts';
import type { Ground } from '../ground/ground.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { deviceLabel } from './device-label.ts';
import { levelOf } from './role.ts';
import { findRoles } from './role-grant.rows.ts';
import { insertSession, markSessionEndedByToken } from './session.rows.ts';
import {
  hashToken,
  idleEnd,
  isToken,
  type Origin,
  SESSION_LENGTHS,
  type Session,
  TOKEN_BYTES,
} from './session.ts';

export interface OpenSession {
  readonly personId: string;
  readonly origin: Origin;
  /** The token that the browser sent with the login form, if any. */
  readonly replaces?: unknown;
}

export interface OpenedSession {
  /** For the cookie, and for nothing else: it cannot be read back. */
  readonly token: string;
  readonly session: Session;
}

export async function openSession(tx: Tx, ground: Ground, login: OpenSession): Promise<OpenedSession> {
  const now = ground.clock.now();
  if (isToken(login.replaces)) {
    await markSessionEndedByToken(tx, { tokenHash: hashToken(login.replaces), ending: 'replaced', at: now });
  }
  const level = levelOf(await findRoles(tx, login.personId));
  const expiresAt = after(now, SESSION_LENGTHS[level].absolute_ms);
  const token = Buffer.from(ground.chance.bytes(TOKEN_BYTES)).toString('base64url');
  const session: Session = {
    id: ground.ids.next('ses'),
    personId: login.personId,
    level,
    ip: login.origin.ip,
    device: deviceLabel(login.origin.userAgent),
    createdAt: now,
    lastSeenAt: now,
    idleUntil: idleEnd(now, level, expiresAt),
    expiresAt,
    secondFactorAt: undefined,
  };
  await insertSession(tx, session, hashToken(token));
  await recordEvent(tx, ground, {
    name: 'person.signed-in',
    subjectId: login.personId,
    facts: { session: session.id, level },
  });
  return { token, session };
}
