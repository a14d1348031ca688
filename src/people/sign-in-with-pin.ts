/**
 * Logs a person in by phone number and PIN: it costs no SMS and works when none arrives.
 *
 * An unknown number, a person without a PIN and a wrong PIN are one refusal, after one and the same computation, and
 * lock after the same number of tries: nothing tells who is registered.
 *
 * Refuses: pin-unreadable, pin-locked, pin-wrong.
 */
import type { Ground } from '../ground/ground.ts';
import type { Db } from '../ground/postgres/database.ts';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import { type Answer, accepted } from '../ground/refusal.ts';
import { openSession } from './open-session.ts';
import { findPersonByPhone } from './person.rows.ts';
import type { Phone } from './phone-number.ts';
import type { PinHasher } from './pin-hash.ts';
import type { Origin } from './session.ts';
import type { SignedIn } from './sign-in.ts';
import { tryPin } from './try-pin.ts';

export interface SignInWithPin {
  readonly phone: Phone;
  /** As typed. */
  readonly pin: unknown;
  readonly hasher: PinHasher;
  readonly origin: Origin;
  /** The token that the browser sent, if any; its session ends. */
  readonly replaces?: unknown;
}

/** Opens its own short transactions, because the computation is slow: never call it inside one. */
export async function signInWithPin(db: Db, ground: Ground, login: SignInWithPin): Promise<Answer<SignedIn>> {
  const { phone, pin, hasher, origin, replaces } = login;
  const person = await findPersonByPhone(db, phone.e164);
  const tried = await tryPin(db, ground, { phone: phone.e164, person, pin, door: 'sign-in', hasher });
  if (!tried.ok) return tried;
  const opened = await inTransaction(
    db,
    async (tx) => await openSession(tx, ground, { personId: tried.value.id, origin, replaces }),
  );
  return accepted({ ...opened, person: tried.value, isNew: false });
}
