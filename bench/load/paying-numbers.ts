/**
 * Gives each recharge the number that pays it: one that pays at once, or, for some, one with which the provider misbehaves.
 */
import type { Chance } from '../../src/ground/chance.ts';

/** Ends of numbers with which the money arrives in the end, whatever the provider does before (`magic-numbers.ts`). */
export const MISBEHAVING = [
  '0005', // the same callback five times at once
  '0007', // no callback ever
  '0008', // the callback comes before the answer
  '0009', // the connection breaks without an answer
  '0010', // HTTP 500 after the payment was made
  '0011', // half an answer
  '0015', // an answer that comes late
  '0017', // a callback with a wrong signature before the true one
  '0018', // not found for half a minute
  '0019', // an empty answer
] as const;
const AT_ONCE = '0001';
/** Mobile numbers of Ivory Coast that begin so are valid with any four digits between. */
const STEMS = ['+22505', '+22507', '+22501'];

/** One phone is asked three times in ten minutes at most, so no two recharges share one until thirty thousand are made. */
export function payingNumber(place: number, chance: Chance, bad_percent: number): string {
  const ending =
    chance.below(1000) < bad_percent * 10
      ? (MISBEHAVING[chance.below(MISBEHAVING.length)] ?? AT_ONCE)
      : AT_ONCE;
  const middle = String(Math.floor(place / STEMS.length) % 10_000).padStart(4, '0');
  return `${STEMS[place % STEMS.length]}${middle}${ending}`;
}
