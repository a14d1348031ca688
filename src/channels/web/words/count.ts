/**
 * Counts things as each language counts them.
 */
import type { Locale } from '../../../ground/money/money-text.ts';

/** French says one thing from zero to below two, English exactly once. */
export function countedIn(locale: Locale, count: number, one: string, many: string): string {
  const isOne = locale === 'fr' ? Math.abs(count) < 2 : count === 1;
  return `${count} ${isOne ? one : many}`;
}
