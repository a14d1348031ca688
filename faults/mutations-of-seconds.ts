/**
 * Lists the protections around second payments, statements and keys of another environment; the others are in
 * `mutations.ts`.
 */
import type { Mutation } from './mutation.ts';

const PAYMENTS = 'rails/payments';

export const MUTATIONS_OF_SECONDS: readonly Mutation[] = [
  {
    name: 'an answer from another environment ends no callback',
    changes: [
      {
        file: 'rails/inbox/followed-callback.ts',
        find: "if (answer.found === 'unavailable' || isOfAnotherEnvironment(payment, answer)) return true;",
        become: "if (answer.found === 'unavailable') return true;",
      },
    ],
  },
  {
    name: 'a lost answer is not looked up with keys of another account',
    changes: [
      {
        file: `${PAYMENTS}/enquire-once.ts`,
        find: 'if (!isOwnProvider(rails, payment)) return ELSEWHERE;\n  try {\n    return await rails.provider.lookup',
        become: 'try {\n    return await rails.provider.lookup',
      },
    ],
  },
  {
    name: 'nothing is sent with keys of another environment',
    changes: [
      {
        file: 'rails/outbox/ask-provider.ts',
        find: 'if (!isOwnProvider(rails, payment))',
        become: 'if (!isOwnProvider(rails, payment) && payment.amount < 0n)',
      },
    ],
  },
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
    name: 'a line that stands twice in a statement is not one',
    changes: [
      {
        file: 'rails/statements/parse-statement.ts',
        find: 'lines.push({ ...line.value, copy });',
        become: 'lines.push(line.value);',
      },
    ],
  },
  {
    name: 'the figures of a statement are compared',
    changes: [
      {
        file: 'rails/statements/compare-statement.ts',
        find: 'if (difference === 0n) return undefined;',
        become: 'if (difference === 0n || (ours !== undefined && lines.length > 0)) return undefined;',
      },
    ],
  },
  {
    name: 'the entries of a second payment are told from those of the first',
    changes: [
      {
        file: 'rails/statements/float-effects.ts',
        find: 'second?.providerReference ??\n      payment?.providerReference ??',
        become: 'payment?.providerReference ?? second?.providerReference ??',
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
