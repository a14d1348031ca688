/**
 * Lists the protections around second payments and statements; the others are in `mutations.ts`.
 */
import type { Mutation } from './mutation.ts';

const PAYMENTS = 'rails/payments';

export const MUTATIONS_OF_SECONDS: readonly Mutation[] = [
  {
    name: 'a second payment needs two people',
    changes: [
      {
        file: `${PAYMENTS}/decide-second-payment.ts`,
        find: "if (proposal.proposedBy === asked.by && asked.decision === 'approved') return refused(OWN_PROPOSAL);",
        become: '',
      },
    ],
  },
  {
    name: 'a second payment that was taken back is not decided any more',
    changes: [
      {
        file: `${PAYMENTS}/decide-second-payment.ts`,
        find: 'if (second.closedAt !== undefined) return refused(REVIEW_CLOSED);',
        become: '',
      },
    ],
  },
  {
    name: 'a second payment that was given back is not counted again',
    changes: [
      {
        file: `${PAYMENTS}/record-stray-money.ts`,
        find: 'if (known?.closedAt !== undefined) return false;\n  const owner',
        become: 'const owner',
      },
    ],
  },
  {
    name: 'a second payment that was credited and taken back is claimed',
    changes: [
      {
        file: `${PAYMENTS}/record-stray-money.ts`,
        find: "if (known?.outcome === 'credited') {",
        become: "if (known?.outcome === 'credited' && held.amount < 0n) {",
      },
    ],
  },
];
