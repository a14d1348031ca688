/**
 * Tries one PIN for one number: spends the try, computes, then forgives it if it was right.
 *
 * The slow computation stands between two short transactions and holds no lock. The try is spent first: if it were
 * counted afterwards, forty parallel guesses would all be computed before the first was counted. A process that dies
 * in between leaves one miss too many, never a free guess.
 *
 * Refuses: pin-unreadable (no try is spent), pin-locked, pin-wrong.
 */
import { after } from '../ground/clock.ts';
import type { Ground } from '../ground/ground.ts';
import type { Db, Tx } from '../ground/postgres/database.ts';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import { type Answer, accepted, type Refusal, refusal, refused } from '../ground/refusal.ts';
import { findPinHash } from './person.rows.ts';
import type { Person } from './person.ts';
import { readPin } from './pin.ts';
import { lockPinGuard, markPinGuardsCleared, markPinTried } from './pin-guard.rows.ts';
import { lockAfter_ms, type PinDoor, pinLocked } from './pin-guard.ts';
import { isSamePin, type PinHasher } from './pin-hash.ts';

export interface TryPin {
  /** E.164. */
  readonly phone: string;
  /** Nobody, when the number is unknown: the work and the answer are the same. */
  readonly person: Person | undefined;
  /** As typed. */
  readonly pin: unknown;
  readonly door: PinDoor;
  readonly hasher: PinHasher;
}

/** Opens its own transactions: never call it inside one. */
export async function tryPin(db: Db, ground: Ground, attempt: TryPin): Promise<Answer<Person>> {
  const { phone, person, door, hasher } = attempt;
  const pin = readPin(attempt.pin);
  if (!pin.ok) return pin;
  const lock = await inTransaction(db, async (tx) => await spendTry(tx, ground, phone, door));
  if (lock !== undefined) return refused(lock);
  const personId = person?.id ?? 'nobody';
  const kept = await findPinHash(db, personId);
  const right = await isSamePin(hasher, { pin: pin.value, personId }, kept);
  if (!right || person === undefined) return refused(PIN_WRONG);
  await inTransaction(db, async (tx) => await markPinGuardsCleared(tx, phone, door));
  return accepted(person);
}

async function spendTry(tx: Tx, ground: Ground, phone: string, door: PinDoor): Promise<Refusal | undefined> {
  const at = ground.clock.now();
  const guard = await lockPinGuard(tx, { phone, door, at });
  if (guard.lockedUntil !== undefined && guard.lockedUntil > at) return pinLocked(guard.lockedUntil, at);
  const failures = guard.failures + 1;
  const lock_ms = lockAfter_ms(failures);
  const lockedUntil = lock_ms === 0 ? undefined : after(at, lock_ms);
  await markPinTried(tx, { phone, door, failures, lockedUntil });
  return undefined;
}

const PIN_WRONG = refusal(
  'pin-wrong',
  'denied',
  'Numéro ou code PIN incorrect. Sans code PIN, demandez un code par SMS.',
  'Wrong number or PIN. Without a PIN, ask for a code by text message.',
);
