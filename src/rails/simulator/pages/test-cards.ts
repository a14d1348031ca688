/**
 * Names the only two card numbers that the hosted card page takes.
 */
export const ACCEPTED_CARD = '4242424242424242';
export const REFUSED_CARD = '4000000000000002';

/** By groups of four, as printed on a card. */
export function cardText(digits: string): string {
  return digits.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
