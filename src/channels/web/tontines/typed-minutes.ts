/**
 * Reads how long a sale, a vote or the adding of words lasts. What is no whole number is left to the act to refuse.
 */
export const USUAL_MINUTES = '1440';

export function readMinutes(text: string | undefined): number {
  const typed = text?.trim() ?? '';
  return /^\d{1,5}$/.test(typed) ? Number(typed) : Number.NaN;
}
