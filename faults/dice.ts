/**
 * Draws from chance in the words in which a universe is written: one of these, so often in a hundred.
 */
import type { Chance } from '../src/ground/chance.ts';
import { invariant } from '../src/ground/refusal.ts';

/** One of the list, each equally likely. Throws for an empty list. */
export function oneOf<T>(chance: Chance, list: readonly T[]): T {
  invariant(list.length > 0, 'nothing to draw from');
  return list[chance.below(list.length)] as T;
}

/** One of the list, or nothing when it is empty. */
export function maybeOneOf<T>(chance: Chance, list: readonly T[]): T | undefined {
  return list.length === 0 ? undefined : oneOf(chance, list);
}

/** True in `percent` cases of a hundred; 0 never draws, so that a switched-off fault changes no other draw. */
export function happens(chance: Chance, percent: number): boolean {
  return percent > 0 && chance.below(100) < percent;
}

/** One of the names, as often as its weight says. Names of weight 0 never come. */
export function weighed<K extends string>(chance: Chance, weights: Readonly<Record<K, number>>): K {
  const entries = Object.entries(weights) as [K, number][];
  let place = chance.below(entries.reduce((sum, [, weight]) => sum + weight, 0));
  for (const [name, weight] of entries) {
    if (place < weight) return name;
    place -= weight;
  }
  throw new Error('the weights do not add up');
}
