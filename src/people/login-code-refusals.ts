/**
 * Holds the "no" that asking for a code and typing one have in common, so that both say it in the same words.
 */
import { refusal } from '../ground/refusal.ts';

export const CODE_LOCKED = refusal(
  'code-locked',
  'too-many',
  'Trop de codes faux pour ce numéro. Attendez une heure, ou utilisez votre code PIN.',
  'Too many wrong codes for this number. Wait an hour, or use your PIN.',
);
