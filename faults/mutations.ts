/**
 * Lists the protections that are taken out one at a time, to see that their absence is noticed.
 *
 * Each stands for a mistake that payment integrations really make. Every line must stand in its file as it is written
 * here; whoever changes the line changes it here too, and thinks of what it protects.
 */
import type { Mutation } from './mutation.ts';
import { MUTATIONS_OF_BOXES } from './mutations-of-boxes.ts';
import { MUTATIONS_OF_BURSTS } from './mutations-of-bursts.ts';
import { MUTATIONS_OF_FREEZES } from './mutations-of-freezes.ts';
import { MUTATIONS_OF_LEAVING } from './mutations-of-leaving.ts';
import { MUTATIONS_OF_MESSAGES } from './mutations-of-messages.ts';
import { MUTATIONS_OF_RECONCILIATION } from './mutations-of-reconciliation.ts';
import { MUTATIONS_OF_SECONDS } from './mutations-of-seconds.ts';
import { MUTATIONS_OF_SHARE_OUTS } from './mutations-of-share-outs.ts';
import { MUTATIONS_OF_THE_DATABASE } from './mutations-of-the-database.ts';
import { MUTATIONS_OF_TIME } from './mutations-of-time.ts';
import { MUTATIONS_OF_TONTINES } from './mutations-of-tontines.ts';
import { MUTATIONS_OF_TURNS } from './mutations-of-turns.ts';

const PAYMENTS = 'rails/payments';

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'the row lock of a payment',
    shows: 'on-postgres',
    changes: [
      {
        file: `${PAYMENTS}/payment.rows.ts`,
        find: "selectFrom('payments').select(COLUMNS).where('id', '=', id).forUpdate()",
        become: "selectFrom('payments').select(COLUMNS).where('id', '=', id)",
      },
    ],
  },
  {
    name: 'transfer ids made from the payment',
    changes: [
      {
        file: `${PAYMENTS}/settlement.ts`,
        find: 'id: derivedUuid(payment.id, leg.role),',
        become: 'id: ground.ids.uuid(),',
      },
    ],
  },
  {
    name: 'the hold before the call',
    changes: [
      {
        file: `${PAYMENTS}/disburse.ts`,
        find: 'await postTransfers(tx, ground, holdTransfers(payment, ground));',
        become: 'await postTransfers(tx, ground, []);',
      },
    ],
  },
  {
    name: 'a lost pay-out answer is not a failure',
    changes: [
      {
        file: `${PAYMENTS}/record-payout-answer.ts`,
        find: 'await recordLoss(tx, ground, payment, answer.evidence, capabilities);',
        become: "await release(tx, ground, payment, 'RAIL_DOWN', { code: 'RAIL_DOWN' });",
      },
    ],
  },
  {
    name: 'a server error is not a refusal',
    changes: [
      {
        file: 'rails/providers/getmipay/create-answer.ts',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the line as it stands in the source.
        find: ': lost(`http-${status}`);',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the line as it will stand.
        become: ": { answer: 'rejected', code: 'RAIL_DOWN', detail: `http-${status}` };",
      },
    ],
  },
  {
    name: 'a lost answer is never sent again without a reference of ours',
    changes: [
      {
        file: `${PAYMENTS}/record-payout-answer.ts`,
        find: 'await recordLoss(tx, ground, payment, answer.evidence, capabilities);',
        become: 'await recordNotSent(tx, ground, payment, command);',
      },
    ],
  },
  {
    name: '"not found" is not a failure',
    changes: [
      {
        file: `${PAYMENTS}/judge-payout.ts`,
        find: "if (answer.found !== 'yes') return { decision: 'wait' };",
        become: "if (answer.found !== 'yes') return { decision: isOpen(payment) ? 'release' : 'keep' };",
      },
    ],
  },
  {
    name: 'the amount check',
    changes: [
      {
        file: `${PAYMENTS}/judge-status.ts`,
        find: "if (paid.amount !== payment.amount) return setAside(payment, 'amount-differs', paid, answer);",
        become: '',
      },
    ],
  },
  {
    name: 'the currency check',
    changes: [
      {
        file: `${PAYMENTS}/judge-status.ts`,
        find: "if (paid.currency !== payment.currency) return setAside(payment, 'currency-differs', paid, answer);",
        become: '',
      },
    ],
  },
  {
    name: 'the grammar of amounts',
    changes: [
      {
        file: 'rails/providers/getmipay/amount-grammar.ts',
        find: 'const francs = GRAMMAR.exec(text)?.[1];',
        become: "const francs = text.replace(/[^0-9]/g, '') || undefined;",
      },
    ],
  },
  {
    name: 'the signature check',
    changes: [
      {
        file: 'rails/providers/getmipay/signature.ts',
        find: "return invalid('the signature does not fit the body');",
        become: "return { verdict: 'verified', secret: 'current' };",
      },
    ],
  },
  {
    name: 'the time window of signatures',
    changes: [
      {
        file: 'rails/providers/getmipay/signature.ts',
        find: "return distance_ms > webhookTolerance_s * 1000 ? 'the timestamp is too far from now' : undefined;",
        become: 'return undefined;',
      },
    ],
  },
  {
    name: 'a callback is only a hint',
    changes: [
      {
        file: 'rails/inbox/followed-callback.ts',
        find: "const answer: StatusAnswer = (await readStatusOf(rails, payment)) ?? { found: 'no' };",
        become: `const answer: StatusAnswer = { found: 'yes', status: 'succeeded', word: 'success',
          paid: { amount: payment.amount, currency: payment.currency }, references: { reference: payment.providerReference ?? '' } };`,
      },
    ],
  },
  {
    name: 'pay and release exclude each other',
    changes: [
      {
        file: `${PAYMENTS}/judge-payout.ts`,
        find: "if (isOpen(payment)) return { decision: 'release' };\n  if (payment.state === 'succeeded') return contradiction",
        become:
          "if (isOpen(payment) || payment.state === 'succeeded') return { decision: 'release' };\n  if (payment.state === 'succeeded') return contradiction",
      },
    ],
  },
  {
    name: 'a pay-out that arrives after its release is a claim',
    changes: [
      {
        file: `${PAYMENTS}/judge-payout.ts`,
        find: "return { decision: 'pay-late', providerFee };",
        become: "return { decision: 'keep' };",
      },
    ],
  },
  {
    name: 'one form is one deposit',
    changes: [
      {
        file: 'wallet/request-deposit.ts',
        find: 'return await rememberAnswer(tx, ground, {',
        become:
          'if (ground.clock.now() > new Date(0)) return await start(tx, ground, rails, asked);\n  return await rememberAnswer(tx, ground, {',
      },
    ],
  },
  {
    name: 'never two equal pay-outs at once',
    changes: [
      {
        file: 'rails/outbox/send-commands-once.ts',
        find: "return (await findOpenTwin(tx, payment)) === undefined ? undefined : 'waiting-twin';",
        become: 'return undefined;',
      },
    ],
  },
  {
    name: 'one transaction of the provider settles one deposit',
    changes: [
      {
        file: `${PAYMENTS}/record-create-answer.ts`,
        find: 'if (holder !== undefined) {',
        become: 'if (holder === undefined && payment.amount < 0n) {',
      },
    ],
  },
  ...MUTATIONS_OF_BURSTS,
  ...MUTATIONS_OF_FREEZES,
  ...MUTATIONS_OF_LEAVING,
  ...MUTATIONS_OF_MESSAGES,
  ...MUTATIONS_OF_RECONCILIATION,
  ...MUTATIONS_OF_SECONDS,
  ...MUTATIONS_OF_THE_DATABASE,
  ...MUTATIONS_OF_TIME,
  ...MUTATIONS_OF_TONTINES,
  ...MUTATIONS_OF_BOXES,
  ...MUTATIONS_OF_SHARE_OUTS,
  ...MUTATIONS_OF_TURNS,
];
