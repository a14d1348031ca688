/**
 * Is a person: one phone number, one language, perhaps a name and a PIN.
 *
 * The phone number identifies and does not prove: whoever holds the SIM today may not be who held it yesterday. So
 * the record keeps when the number and the PIN last changed, and withdrawals wait a while after either.
 */
import type { Locale } from '../ground/money/money-text.ts';
import { type Answer, accepted, refusal, refused } from '../ground/refusal.ts';
import type { Country } from './country.ts';
import type { Identification } from './identification.ts';

export interface Person {
  readonly id: string;
  /** E.164 with the plus sign; empty of whoever is erased. */
  readonly phone: string;
  readonly country: Country;
  readonly locale: Locale;
  readonly displayName: string | undefined;
  readonly hasPin: boolean;
  readonly pinChangedAt: Date | undefined;
  /** Absent while the person has their first PIN, or none. */
  readonly pinReplacedAt: Date | undefined;
  /** Absent while the person has the number that they signed up with. */
  readonly phoneChangedAt: Date | undefined;
  readonly identification: Identification;
  /** Told by text message when money came into the wallet or left it. */
  readonly wantsMessages: boolean;
  readonly createdAt: Date;
  /** When the identity was removed; absent of everybody who is still here. */
  readonly erasedAt: Date | undefined;
}

const LONGEST_NAME = 60;

/** Reads a name that a person typed, spaces put in order. Refuses: name-missing, name-too-long, name-unreadable. */
export function parseDisplayName(text: unknown): Answer<string> {
  if (typeof text !== 'string') return refused(NAME_MISSING);
  const name = text.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
  if (name === '') return refused(NAME_MISSING);
  if (Array.from(name).length > LONGEST_NAME) return refused(NAME_TOO_LONG);
  // Control and direction signs let one name imitate another in a list of members.
  if (/\p{C}/u.test(name) || !/\p{L}/u.test(name)) return refused(NAME_UNREADABLE);
  return accepted(name);
}

const NAME_MISSING = refusal('name-missing', 'invalid', 'Indiquez votre nom.', 'Enter your name.');
const NAME_TOO_LONG = refusal(
  'name-too-long',
  'invalid',
  `Ce nom est trop long (${LONGEST_NAME} lettres au plus).`,
  `This name is too long (at most ${LONGEST_NAME} letters).`,
);
const NAME_UNREADABLE = refusal(
  'name-unreadable',
  'invalid',
  'Ce nom contient des signes que nous ne pouvons pas afficher.',
  'This name has signs that we cannot show.',
);

/** Said by every act that is given the id of nobody. */
export const PERSON_ABSENT = refusal(
  'person-absent',
  'absent',
  'Cette personne est introuvable.',
  'This person cannot be found.',
);
