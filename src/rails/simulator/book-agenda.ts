/**
 * Says what the simulator's books still have to do, and when.
 */
import { after } from '../../ground/clock.ts';
import type { BookState } from './book-state.ts';
import type { Callback } from './callback.ts';

/** Callbacks due by `now`, the longest overdue first. */
export function dueCallbacks(state: BookState, now: Date): Callback[] {
  return unsentCallbacks(state).filter(({ nextAt }) => nextAt !== undefined && nextAt <= now);
}

function unsentCallbacks(state: BookState): Callback[] {
  return [...state.unsent]
    .map((id) => state.callbacks.get(id))
    .filter((callback) => callback !== undefined)
    .toSorted((left, right) => (left.nextAt?.getTime() ?? 0) - (right.nextAt?.getTime() ?? 0));
}

/** The earliest moment at which a script or a callback wants something; nothing when all is done. */
export function nextDueAt(state: BookState): Date | undefined {
  const steps = [...state.scripted].flatMap((reference) => {
    const transaction = state.transactions.get(reference);
    const step = transaction?.behaviour.script[transaction.stepsDone];
    return transaction && step ? [after(transaction.createdAt, step.after_ms)] : [];
  });
  const sendings = unsentCallbacks(state).flatMap(({ nextAt }) => (nextAt ? [nextAt] : []));
  return [...steps, ...sendings].toSorted((left, right) => left.getTime() - right.getTime())[0];
}
