/**
 * Lists the protections against what comes late, early, twice or from the wrong person; the others are in
 * `mutations.ts`.
 */
import type { Mutation } from './mutation.ts';

const PAYMENTS = 'rails/payments';

export const MUTATIONS_OF_TIME: readonly Mutation[] = [
  {
    name: 'an early callback is kept and tried again',
    changes: [
      {
        file: 'rails/inbox/park-callback.ts',
        find: 'if (now.getTime() - callback.receivedAt.getTime() >= patience_ms) {',
        become: 'if (now.getTime() - callback.receivedAt.getTime() >= 0) {',
      },
    ],
  },
  {
    name: 'a callback about a known payment outlives an outage of a day',
    changes: [
      {
        file: 'rails/inbox/park-callback.ts',
        find: 'const GIVE_UP_ASKING_AFTER_MS = 30 * DAY_MS;',
        become: 'const GIVE_UP_ASKING_AFTER_MS = DAY_MS;',
      },
    ],
  },
  {
    name: 'a callback for a payment that is being sent outlives an outage of two days',
    changes: [
      {
        file: 'rails/inbox/find-callback-payment.ts',
        find: "if (payment.state === 'submitting') return { found: 'being-sent', paymentId: payment.id };",
        become: '',
      },
    ],
  },
  {
    name: 'a payment about which nothing understandable is answered is asked about after a week as well',
    changes: [
      {
        file: `${PAYMENTS}/enquiry-schedule.ts`,
        find: 'asked.isUnanswered ? STOP_UNANSWERED_AFTER_MS : STOP_AFTER_MS',
        become: 'asked.isUnanswered ? STOP_AFTER_MS : STOP_AFTER_MS',
      },
    ],
  },
  {
    name: 'what is answered in a word that nobody knows does not end the callback of what has succeeded',
    changes: [
      {
        file: 'rails/inbox/followed-callback.ts',
        find: "return payment.state === 'succeeded' && answer.found === 'yes' && answer.status === 'unrecognised';",
        become: 'return false;',
      },
    ],
  },
  {
    name: 'a sender that died is given up',
    changes: [
      {
        file: 'rails/outbox/send-commands-once.ts',
        find: 'const abandoned = await giveUpAbandoned(db, ground, rails, limit);',
        become: 'const abandoned = limit < 0 ? await giveUpAbandoned(db, ground, rails, limit) : 0;',
      },
    ],
  },
  {
    name: 'an answer is written down although the database was away',
    changes: [
      {
        file: 'rails/outbox/send-command.ts',
        find: 'await outlastOutage(clock, patience, async () => await inTransaction(db, act));',
        become: 'await inTransaction(db, act);',
      },
    ],
  },
  {
    name: 'a late success of a failed deposit credits',
    changes: [
      {
        file: `${PAYMENTS}/judge-status.ts`,
        find: "if (paid === 'unreadable') return { decision: 'review', reason: 'amount-unreadable' };",
        become:
          "if (!isInFlight(payment)) return { decision: 'keep' };\n  if (paid === 'unreadable') return { decision: 'review', reason: 'amount-unreadable' };",
      },
    ],
  },
  {
    name: 'money of a second payment goes to suspense',
    changes: [
      {
        file: `${PAYMENTS}/record-stray-money.ts`,
        find: "if (answer.status !== 'succeeded') return false;",
        become: 'if (answer.found) return false;',
      },
    ],
  },
  {
    name: 'a review needs two people',
    changes: [
      {
        file: `${PAYMENTS}/decide-resolution.ts`,
        find: "if (proposal.proposedBy === asked.by && asked.decision === 'approved') return refused(OWN_PROPOSAL);",
        become: '',
      },
    ],
  },
  {
    name: 'a low float is the host’s trouble',
    changes: [
      {
        file: 'rails/outbox/send-command.ts',
        find: 'if (before !== undefined && before < payment.amount) {',
        become: 'if (before !== undefined && before < 0n && payment.amount < 0n) {',
      },
    ],
  },
  {
    name: 'calling off stops where sending starts',
    changes: [
      {
        file: `${PAYMENTS}/cancel-disbursement.ts`,
        find: "if (payment.state !== 'risk-hold' && payment.state !== 'created') return refused(ALREADY_SENT);",
        become: "if (payment.state === 'failed') return refused(ALREADY_SENT);",
      },
    ],
  },
  {
    name: 'what people closed stays closed when a late answer comes',
    changes: [
      {
        file: `${PAYMENTS}/record-payout-answer.ts`,
        find: "const open = isInFlight(payment) || payment.state === 'review';",
        become: "const open = isInFlight(payment) || payment.state !== 'succeeded';",
      },
    ],
  },
  {
    name: 'an answer to an instruction that was given up decides nothing',
    changes: [
      {
        file: `${PAYMENTS}/record-payout-answer.ts`,
        find: "if (payment.state !== 'submitting' || !told.finished) return;",
        become: "if (payment.state !== 'submitting') return;",
      },
    ],
  },
  {
    name: 'a reversal takes no more than is there',
    changes: [
      {
        file: `${PAYMENTS}/settlement.ts`,
        find: 'const fromWallet = leg.amount < left ? leg.amount : left;',
        become: 'const fromWallet = leg.amount;',
      },
    ],
  },
  {
    name: 'the PIN before money leaves',
    changes: [{ file: 'wallet/confirm-withdrawal.ts', find: 'if (!proven.ok) return proven;', become: '' }],
  },
];
