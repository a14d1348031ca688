/**
 * Lists the protections around messages to people; the others are in `mutations.ts`.
 */
import type { Mutation } from './mutation.ts';

export const MUTATIONS_OF_MESSAGES: readonly Mutation[] = [
  {
    name: 'one fact is one message',
    changes: [
      {
        file: 'wallet/messages/payment-message.rows.ts',
        find: ".onConflict((conflict) => conflict.column('event_id').doNothing())",
        become: '',
      },
    ],
  },
  {
    name: 'a payment that failed tells nobody that money arrived',
    changes: [
      {
        file: 'wallet/messages/payment-message.ts',
        find: "return event.facts.outcome === 'paid' ? paid : unpaid;",
        become: 'return paid;',
      },
    ],
  },
];
