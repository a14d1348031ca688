/**
 * Picks payments out of the books as they stood after the last step.
 */
import type { BookedPayment } from './books.rows.ts';
import type { World } from './world.ts';

export function listOpenPayments(
  world: World,
  direction: 'in' | 'out',
  states: readonly string[],
): BookedPayment[] {
  return world.books.payments.filter((one) => one.direction === direction && states.includes(one.state));
}
