/**
 * Asks a logged-in person for their PIN again, before money leaves.
 *
 * Refuses: person-absent, pin-not-set, pin-unreadable, pin-locked, pin-wrong.
 */
import type { Ground } from '../ground/ground.ts';
import type { Db } from '../ground/postgres/database.ts';
import { type Answer, refusal, refused } from '../ground/refusal.ts';
import { findPerson } from './person.rows.ts';
import { PERSON_ABSENT, type Person } from './person.ts';
import type { PinHasher } from './pin-hash.ts';
import { tryPin } from './try-pin.ts';

export interface VerifyPin {
  readonly personId: string;
  /** As typed. */
  readonly pin: unknown;
  readonly hasher: PinHasher;
}

/** Opens its own short transactions, because the computation is slow: never call it inside one. */
export async function verifyPin(db: Db, ground: Ground, attempt: VerifyPin): Promise<Answer<Person>> {
  const person = await findPerson(db, attempt.personId);
  if (person === undefined) return refused(PERSON_ABSENT);
  if (!person.hasPin) return refused(PIN_NOT_SET);
  return await tryPin(db, ground, {
    phone: person.phone,
    person,
    pin: attempt.pin,
    door: 'step-up',
    hasher: attempt.hasher,
  });
}

const PIN_NOT_SET = refusal(
  'pin-not-set',
  'conflict',
  'Choisissez d’abord un code PIN dans votre profil.',
  'Choose a PIN in your profile first.',
);
