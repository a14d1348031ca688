/**
 * Allows a person's money to be sent to a number from now on, by a code that came to the person's own phone.
 *
 * The code was made for this number and for no other (`login-code.ts`): whoever is talked into reading out a code for
 * one destination has allowed that one only. The person's own number needs no code.
 *
 * Refuses: `person-absent`, `destination-proof-missing`.
 */
import type { Ground } from '../ground/ground.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../ground/refusal.ts';
import type { DestinationPurpose, VerifiedPhone } from '../people/login-code.ts';
import { findPerson } from '../people/person.rows.ts';
import { PERSON_ABSENT } from '../people/person.ts';
import { insertDestination } from './destination.rows.ts';

export interface ConfirmDestination {
  readonly personId: string;
  /** The number to allow, E.164. */
  readonly phone: string;
  /** From `verifyCode` with the purpose `destination:` and this number, on the person's own phone. */
  readonly verified: VerifiedPhone<DestinationPurpose>;
}

export async function confirmDestination(
  tx: Tx,
  ground: Ground,
  asked: ConfirmDestination,
): Promise<Answer<undefined>> {
  const { personId, phone, verified } = asked;
  const person = await findPerson(tx, personId);
  if (person === undefined) return refused(PERSON_ABSENT);
  if (verified.phone.e164 !== person.phone || verified.purpose !== `destination:${phone}`) {
    return refused(DESTINATION_PROOF_MISSING);
  }
  await insertDestination(tx, { personId, phone, confirmedAt: ground.clock.now() });
  return accepted(undefined);
}

const DESTINATION_PROOF_MISSING = refusal(
  'destination-proof-missing',
  'denied',
  'Ce code n’autorise pas ce numéro. Demandez un nouveau code par SMS.',
  'This code does not allow this number. Ask for a new code by text message.',
);
