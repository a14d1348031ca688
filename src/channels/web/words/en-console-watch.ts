/**
 * Is what the console says in English about watching. `fr-console-watch.ts` is the source.
 */
import type { frConsoleWatch } from './fr-console-watch.ts';

export const enConsoleWatch: typeof frConsoleWatch = {
  charts: { figures: 'The figures', when: 'When' },
  now: {
    title: 'Now',
    rates: 'Success in 24 hours',
    method: 'Method and direction',
    asked: 'Requests',
    success: 'Success',
    p50: 'Median',
    p95: '95 of 100',
    quiet: 'No payment in 24 hours.',
    perMinute: 'Requests per minute, last hour',
    ages: 'What is open, by age',
    nothingOpen: 'Nothing is open.',
    state: 'State',
    under5: 'under 5 min',
    under30: '5 to 30 min',
    underDay: '30 min to a day',
    older: 'more than a day',
    float: 'Float',
    held: 'At the provider',
    booked: 'In our books',
    difference: (difference, reserved) =>
      `Difference ${difference}. Reserved by open withdrawals: ${reserved}.`,
    unread: 'The provider did not tell its balance.',
    callbacks: 'Callbacks in 24 hours',
    all: 'All',
    reviews: 'Cases to decide',
    unknown: 'Lost answers',
    queue: 'Late in the queues',
    deadJobs: 'Jobs given up',
    refusedCallbacks: 'Refused callbacks',
    sms: 'Text messages today',
    look: 'Look here',
  },
};
