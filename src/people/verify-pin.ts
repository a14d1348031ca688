/**
 * Asks a logged-in person for their PIN again, before money leaves.
 *
 * The PIN is computed first and counted afterwards, under the guard's lock, and only a counted try gets an answer:
 * of forty guesses at once five are answered and the others find the lock. At the login page the try is spent before
 * the computation, which spares the work for strangers; here that would lock out the person themself, whose phone sends
 * one form several times on a bad network. A lock that stands already costs no computation.
 *
 * Refuses: person-absent, pin-not-set, pin-unreadable (no try is spent), pin-locked, pin-wrong.
 */
import { after } from '../ground/clock.ts';
import type { Ground } from '../ground/ground.ts';
import type { Db, Tx } from '../ground/postgres/database.ts';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import { type Answer, accepted, type Refusal, refusal, refused } from '../ground/refusal.ts';
import { findPerson, findPinHash } from './person.rows.ts';
import { PERSON_ABSENT, type Person } from './person.ts';
import { readPin } from './pin.ts';
import { findPinGuard, lockPinGuard, markPinGuardsCleared, markPinTried } from './pin-guard.rows.ts';
import { lockAfter_ms, type PinDoor, pinLocked } from './pin-guard.ts';
import { isSamePin, type PinHasher } from './pin-hash.ts';

export interface VerifyPin {
  readonly personId: string;
  /** As typed. */
  readonly pin: unknown;
  readonly hasher: PinHasher;
}

const DOOR: PinDoor = 'step-up';

/** Opens its own short transactions, because the computation is slow: never call it inside one. */
export async function verifyPin(db: Db, ground: Ground, attempt: VerifyPin): Promise<Answer<Person>> {
  const person = await findPerson(db, attempt.personId);
  if (person === undefined) return refused(PERSON_ABSENT);
  if (!person.hasPin) return refused(PIN_NOT_SET);
  const pin = readPin(attempt.pin);
  if (!pin.ok) return pin;
  const at = ground.clock.now();
  const lockedUntil = (await findPinGuard(db, person.phone, DOOR))?.lockedUntil;
  if (lockedUntil !== undefined && lockedUntil > at) return refused(pinLocked(lockedUntil, at));
  const kept = await findPinHash(db, person.id);
  const right = await isSamePin(attempt.hasher, { pin: pin.value, personId: person.id }, kept);
  const no = await inTransaction(db, async (tx) => {
    // A PIN that was replaced during the computation is an old PIN.
    const stillRight = right && (await findPinHash(tx, person.id)) === kept;
    return await countTry(tx, ground, person.phone, stillRight);
  });
  return no === undefined ? accepted(person) : refused(no);
}

async function countTry(tx: Tx, ground: Ground, phone: string, right: boolean): Promise<Refusal | undefined> {
  const at = ground.clock.now();
  const guard = await lockPinGuard(tx, { phone, door: DOOR, at });
  // Right or wrong, a locked number learns nothing: this is what makes counting afterwards safe.
  if (guard.lockedUntil !== undefined && guard.lockedUntil > at) return pinLocked(guard.lockedUntil, at);
  if (right) {
    if (guard.failures > 0) await markPinGuardsCleared(tx, phone, DOOR);
    return undefined;
  }
  const failures = guard.failures + 1;
  const lock_ms = lockAfter_ms(failures);
  const lockedUntil = lock_ms === 0 ? undefined : after(at, lock_ms);
  await markPinTried(tx, { phone, door: DOOR, failures, lockedUntil });
  return PIN_WRONG;
}

const PIN_NOT_SET = refusal(
  'pin-not-set',
  'conflict',
  'Choisissez d’abord un code PIN dans votre profil.',
  'Choose a PIN in your profile first.',
);
const PIN_WRONG = refusal(
  'pin-wrong',
  'denied',
  'Ce code PIN n’est pas le bon. Après cinq erreurs, il faut attendre.',
  'This is not the right PIN. After five mistakes you will have to wait.',
);
