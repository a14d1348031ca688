/**
 * Gives a person their first PIN, or a new one, and ends their sessions on every other device.
 *
 * A session alone may not replace a PIN: whoever picks up an unlocked phone would own the money. The present PIN or a
 * fresh SMS code made for this purpose must come with it. The moment is kept, because withdrawals wait a while after
 * a PIN was replaced: that is what stops a thief with a copied SIM.
 *
 * Refuses: person-absent, pin-unreadable, pin-trivial, pin-year, pin-like-phone, pin-proof-missing, pin-locked,
 * pin-wrong, pin-changed-meanwhile.
 */
import { recordEvent } from '../ground/events/record-event.ts';
import type { Ground } from '../ground/ground.ts';
import type { Db } from '../ground/postgres/database.ts';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import { type Answer, accepted, refusal, refused } from '../ground/refusal.ts';
import type { VerifiedPhone } from './login-code.ts';
import { findPerson, findPinHash, markPin } from './person.rows.ts';
import { PERSON_ABSENT, type Person } from './person.ts';
import { storedPhone } from './phone-number.ts';
import { parseNewPin } from './pin.ts';
import { markPinGuardsCleared } from './pin-guard.rows.ts';
import { hashPin, type PinHasher } from './pin-hash.ts';
import { markSessionsEnded } from './session.rows.ts';
import { tryPin } from './try-pin.ts';

/** What allows replacing a PIN. */
export type PinChangeProof =
  | { readonly kind: 'present-pin'; readonly pin: unknown }
  | { readonly kind: 'code'; readonly verified: VerifiedPhone<'reset-pin'> };

export interface SetPin {
  readonly personId: string;
  /** The new PIN, as typed. */
  readonly pin: unknown;
  /** Not needed for the first PIN. */
  readonly proof?: PinChangeProof;
  /** The session that asks, which stays; all others end. */
  readonly keepSession?: string;
  readonly hasher: PinHasher;
}

/** Opens its own short transactions, because the computation is slow: never call it inside one. */
export async function setPin(db: Db, ground: Ground, change: SetPin): Promise<Answer<undefined>> {
  const { personId, hasher } = change;
  const person = await findPerson(db, personId);
  if (person === undefined) return refused(PERSON_ABSENT);
  const pin = parseNewPin(change.pin, storedPhone(person.phone).national);
  if (!pin.ok) return pin;
  const before = await findPinHash(db, personId);
  if (before !== undefined) {
    const proven = await checkProof(db, ground, person, change);
    if (!proven.ok) return proven;
  }
  const hash = await hashPin(hasher, ground.chance, { pin: pin.value, personId });
  return await inTransaction(db, async (tx) => {
    const at = ground.clock.now();
    if (!(await markPin(tx, { personId, before, hash, at }))) return refused(PIN_CHANGED_MEANWHILE);
    await markPinGuardsCleared(tx, person.phone);
    const by = before === undefined ? 'first' : (change.proof?.kind ?? 'first');
    await recordEvent(tx, ground, { name: 'pin.changed', subjectId: personId, facts: { by } });
    await markSessionsEnded(tx, {
      personId,
      ...(change.keepSession === undefined ? {} : { except: change.keepSession }),
      ending: 'pin-changed',
      at,
    });
    return accepted(undefined);
  });
}

async function checkProof(db: Db, ground: Ground, person: Person, change: SetPin): Promise<Answer<unknown>> {
  const { proof, hasher } = change;
  if (proof === undefined) return refused(PIN_PROOF_MISSING);
  if (proof.kind === 'code') {
    const ownPhone = proof.verified.phone.e164 === person.phone;
    return ownPhone ? accepted(undefined) : refused(PIN_PROOF_MISSING);
  }
  return await tryPin(db, ground, { phone: person.phone, person, pin: proof.pin, door: 'step-up', hasher });
}

const PIN_PROOF_MISSING = refusal(
  'pin-proof-missing',
  'denied',
  'Indiquez votre code PIN actuel, ou demandez un code par SMS.',
  'Enter your present PIN, or ask for a code by text message.',
);
const PIN_CHANGED_MEANWHILE = refusal(
  'pin-changed-meanwhile',
  'conflict',
  'Votre code PIN vient d’être changé ailleurs. Recommencez.',
  'Your PIN was just changed elsewhere. Please start again.',
);
