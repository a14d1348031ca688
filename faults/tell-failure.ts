/**
 * Writes a failed universe for a person: what was violated, the shortest story, the books before and after.
 */
import type { Books } from './books.rows.ts';
import type { Ending } from './universe.ts';

export function tellFailure(ending: Ending): string {
  return [
    `universe ${ending.seed} failed:`,
    ...ending.failures.map((failure) => `  ✗ ${failure}`),
    'the shortest story that still fails:',
    ...ending.story.map((line) => `  ${line}`),
    ...changesBetween(ending.before, ending.after),
  ].join('\n');
}

/** The books before the last step, and what that step made of them. */
function changesBetween(before: Books, after: Books): string[] {
  const [earlier, later] = [linesOf(before), linesOf(after)];
  return [
    'the books before:',
    ...earlier.map((line) => `  ${line}`),
    'the books after:',
    ...later.map((line) => `${earlier.includes(line) ? ' ' : '>'} ${line}`),
  ];
}

function linesOf({ accounts, payments }: Books): string[] {
  return [
    ...payments.map(
      ({ reference, direction, amount, currency, state, reason, providerReference }) =>
        `${reference} ${direction} ${amount} ${currency} ${state}${reason === undefined ? '' : ` (${reason})`} ${providerReference ?? 'no reference'}`,
    ),
    ...accounts.map(
      ({ id, debitsPosted, creditsPosted, debitsPending, creditsPending }) =>
        `${id} debits ${debitsPosted} (+${debitsPending} held) credits ${creditsPosted} (+${creditsPending} held)`,
    ),
  ];
}
