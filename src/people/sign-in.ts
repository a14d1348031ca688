/**
 * Logs in whoever just proved that they hold a phone, and makes them a person the first time.
 *
 * Signing up and logging in are one act, so neither can tell whether the number was known. Two first logins at once
 * make one person: the second waits for the first at the unique key.
 *
 * Refuses nothing: the proof was checked where it was made.
 */
import { recordEvent } from '../ground/events/record-event.ts';
import type { Ground } from '../ground/ground.ts';
import type { Locale } from '../ground/money/money-text.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { invariant } from '../ground/refusal.ts';
import type { VerifiedPhone } from './login-code.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import { findPersonByPhone, insertPerson } from './person.rows.ts';
import type { Person } from './person.ts';
import type { Origin } from './session.ts';

export interface SignIn {
  readonly verified: VerifiedPhone<'login'>;
  /** The language of the page; kept for a new person, ignored for a known one. */
  readonly locale: Locale;
  readonly origin: Origin;
  /** The token that the browser sent, if any; its session ends. */
  readonly replaces?: unknown;
}

export interface SignedIn extends OpenedSession {
  readonly person: Person;
  /** True when this login made the person. */
  readonly isNew: boolean;
}

export async function signIn(tx: Tx, ground: Ground, login: SignIn): Promise<SignedIn> {
  const { phone } = login.verified;
  const isNew = await insertPerson(tx, {
    id: ground.ids.next('per'),
    phone: phone.e164,
    country: phone.country,
    locale: login.locale,
    createdAt: ground.clock.now(),
  });
  const person = await findPersonByPhone(tx, phone.e164);
  invariant(person !== undefined, 'a person disappeared while logging in');
  if (isNew) await recordEvent(tx, ground, { name: 'person.joined', subjectId: person.id });
  const opened = await openSession(tx, ground, {
    personId: person.id,
    origin: login.origin,
    replaces: login.replaces,
  });
  return { ...opened, person, isNew };
}
