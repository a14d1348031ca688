/**
 * Is the secret that a person types to log in and to move money out: four to six digits, none of them obvious.
 *
 * A quarter of people choose one of some twenty codes when nobody stops them, and five tries are enough for twenty.
 *
 * Refuses: pin-unreadable, pin-trivial, pin-year, pin-like-phone.
 */
import { type Answer, accepted, type Refusal, refusal, refused } from '../ground/refusal.ts';

/** The digits that were typed: four to six of them, ASCII. Refuses pin-unreadable. */
export function readPin(text: unknown): Answer<string> {
  return typeof text === 'string' && /^[0-9]{4,6}$/.test(text) ? accepted(text) : refused(PIN_UNREADABLE);
}

/** Reads a PIN that a person chooses. `national` is their phone number without the calling code. */
export function parseNewPin(text: unknown, national: string): Answer<string> {
  const pin = readPin(text);
  if (!pin.ok) return pin;
  const weakness = findWeakness(pin.value, national);
  return weakness === undefined ? pin : refused(weakness);
}

/** A keypad's middle column and its corners, which look random and are not. */
const KEYPAD_SHAPES = new Set(['2580', '0852', '1397', '7931', '1379', '147258', '258014']);

function findWeakness(pin: string, national: string): Refusal | undefined {
  if (isRepetition(pin) || isRun(pin) || KEYPAD_SHAPES.has(pin)) return PIN_TRIVIAL;
  if (/^(?:19[3-9]|20[0-3])[0-9]$/.test(pin)) return PIN_YEAR;
  if (national.endsWith(pin) || national.startsWith(pin)) return PIN_LIKE_PHONE;
  return undefined;
}

/** 0000, 1212, 1122, 123123, 112233 … */
function isRepetition(pin: string): boolean {
  return /^(\d{1,3})\1+$/.test(pin) || /^(?:(\d)\1)+$/.test(pin) || /^(?:(\d)\1\1)+$/.test(pin);
}

/** 1234, 4321, 7890, 2468 …: every step is the same, and the keypad's 0 follows 9. */
function isRun(pin: string): boolean {
  const digits = Array.from(pin).map(Number);
  const steps = digits.slice(1).map((digit, place) => (digit - (digits[place] ?? 0) + 10) % 10);
  return new Set(steps).size === 1 && [1, 2, 8, 9].includes(steps[0] ?? 0);
}

const PIN_UNREADABLE = refusal(
  'pin-unreadable',
  'invalid',
  'Le code PIN a de 4 à 6 chiffres.',
  'The PIN has 4 to 6 digits.',
);
const PIN_TRIVIAL = refusal(
  'pin-trivial',
  'invalid',
  'Ce code PIN est trop facile à deviner. Évitez les chiffres répétés ou qui se suivent.',
  'This PIN is too easy to guess. Avoid repeated digits and runs.',
);
const PIN_YEAR = refusal(
  'pin-year',
  'invalid',
  'Ce code PIN ressemble à une année, peut-être celle de votre naissance. Choisissez-en un autre.',
  'This PIN looks like a year, perhaps that of your birth. Choose another one.',
);
const PIN_LIKE_PHONE = refusal(
  'pin-like-phone',
  'invalid',
  'Ce code PIN se lit dans votre numéro de téléphone. Choisissez-en un autre.',
  'This PIN can be read in your phone number. Choose another one.',
);
