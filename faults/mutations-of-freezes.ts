/**
 * Lists the protections by which a freeze stops money, one for each place where it could slip through; the others are in
 * `mutations.ts`.
 */
import type { Mutation } from './mutation.ts';

export const MUTATIONS_OF_FREEZES: readonly Mutation[] = [
  {
    name: 'a frozen deposit is not asked for',
    changes: [
      {
        file: 'rails/payments/collect.ts',
        find: 'if ((await findFreeze(tx, payment)) !== undefined) return refused(DEPOSIT_FROZEN);',
        become: '',
      },
    ],
  },
  {
    name: 'a frozen deposit is not sent with its code',
    changes: [
      {
        file: 'rails/outbox/send-with-otp-once.ts',
        find: 'if ((await findFreeze(tx, payment)) !== undefined) return refused(DEPOSIT_FROZEN);',
        become: '',
      },
    ],
  },
  {
    name: 'what is frozen while it waits is not sent',
    changes: [
      {
        file: 'rails/outbox/send-commands-once.ts',
        find: "if ((await findFreeze(tx, payment)) !== undefined) return 'waiting-freeze';",
        become: '',
      },
    ],
  },
  {
    name: 'the freeze of deposits',
    changes: [
      {
        file: 'rails/outbox/send-commands-once.ts',
        find: "if ((await findFreeze(tx, payment)) !== undefined) return 'waiting-freeze';",
        become:
          "if (payment.direction === 'out' && (await findFreeze(tx, payment)) !== undefined) return 'waiting-freeze';",
      },
    ],
  },
  {
    name: 'a frozen withdrawal sets nothing aside',
    changes: [
      {
        file: 'rails/payments/disburse.ts',
        find: "const frozen = await findFreeze(tx, { ...payment, direction: 'out' });",
        become: 'const frozen = undefined;',
      },
      {
        file: 'wallet/request-withdrawal.ts',
        find: "const frozen = await findFreeze(tx, { ownerId: person.id, phone, method, direction: 'out' });",
        become: 'const frozen = undefined;',
      },
    ],
  },
];
