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
  {
    name: 'a message is taken in hand before it is given to the relay',
    changes: [
      {
        file: 'wallet/messages/send-messages-once.ts',
        find: "await markMessage(tx, message.id, { state: 'sending', at: undefined });",
        become: '',
      },
    ],
  },
  {
    name: 'messages leave within the budget of the day',
    changes: [
      {
        file: 'wallet/messages/send-messages-once.ts',
        find: 'hindranceOf(message, person, { at, already }) ?? (await overBudget(tx, ground, options));',
        become: 'hindranceOf(message, person, { at, already });',
      },
    ],
  },
];
