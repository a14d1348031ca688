/**
 * Lists the protections of bursts, where many payments are settled as one set; the others are in `mutations.ts`.
 */
import type { Mutation } from './mutation.ts';

const TOGETHER = 'rails/payments/judge-together.ts';
const JUDGED = 'const judgement = judgeStatus(payment, settling.answer, ground.clock.now());';

export const MUTATIONS_OF_BURSTS: readonly Mutation[] = [
  {
    name: 'a burst compares each amount with ours',
    changes: [
      {
        file: TOGETHER,
        find: JUDGED,
        become: `const told = settling.answer;
    const judgement = told.found === 'yes' && told.status === 'succeeded' && payment.state === 'pending'
      ? { decision: 'succeed', fee: payment.quotedFee } : judgeStatus(payment, told, ground.clock.now());`,
      },
    ],
  },
  {
    name: 'a burst looks at the state of each payment',
    changes: [
      {
        file: TOGETHER,
        find: JUDGED,
        become:
          "const judgement = judgeStatus({ ...payment, state: 'pending' }, settling.answer, ground.clock.now());",
      },
    ],
  },
  {
    name: 'the row locks of a burst',
    shows: 'on-postgres',
    changes: [
      {
        file: 'rails/payments/payment-set.rows.ts',
        find: 'order by id for update`',
        become: 'order by id`',
      },
    ],
  },
  {
    name: 'what was written since a payment was read counts',
    shows: 'on-postgres',
    changes: [
      {
        file: 'rails/payments/payment-set.rows.ts',
        find: 'if (known?.rowVersion === row_version) standing',
        become: 'if (known !== undefined) standing',
      },
    ],
  },
  {
    name: 'a bad row takes nobody down with it',
    changes: [
      {
        file: 'ground/postgres/in-halves.ts',
        find: 'if (rows.length <= 1 || isDatabaseAway(error)) {',
        become: 'if (rows.length >= 0) {',
      },
    ],
  },
];
