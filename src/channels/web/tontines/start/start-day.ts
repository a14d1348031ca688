/**
 * Says no to a first day that does not exist.
 */
import { refusal } from '../../../../ground/refusal.ts';

export const START_DAY = refusal(
  'start-day',
  'invalid',
  'Écrivez un jour qui existe, par exemple 2026-01-05.',
  'Write a day that exists, for example 2026-01-05.',
);
