/**
 * Is a provider of the other family: it takes our reference, creates once for it, and can be asked by it.
 *
 * GetMiPay can do none of that, so the paths of the rails for such a provider (look up a lost answer, send the same
 * instruction again) would otherwise never be walked. It has the same true books and the same network.
 */

import type { Currency } from '../src/ground/money/currency.ts';
import type {
  CreateAnswer,
  DepositIntent,
  PayoutIntent,
  Provider,
  ProviderReferences,
  StatusAnswer,
} from '../src/rails/provider.ts';
import type { Process } from './crash.ts';
import { type TrueTransaction, trueFee } from './provider-truth.ts';
import { SERVICES } from './services.ts';
import { executeOrder, type WireEnds } from './wire.ts';

export const IDEMPOTENT = 'idempotent';

export function openIdempotentRail(ends: WireEnds, owner: Process): Provider {
  const byPayment = sharedOrders(ends);
  return {
    name: IDEMPOTENT,
    environment: 'sandbox',
    capabilities: {
      clientReference: true,
      idempotentCreate: true,
      lookupByClientReference: true,
      signedCallbacks: false,
      perRequestCallbackUrl: true,
      amountInStatus: true,
    },
    listServices: async () => ({
      services: SERVICES.map((one) => ({
        id: one.id,
        name: one.name,
        method: one.operator === 'MTN' ? ('mtn_money' as const) : ('orange_money' as const),
        country: one.country_code,
        currency: one.currency as Currency,
        deposits: true,
        withdrawals: true,
        active: true,
        minAmount: 100n,
        maxAmount: 1_500_000n,
        amountStep: 1n,
        needsOtp: one.otp_required,
        feeBasisPoints: 150,
      })),
      fetchedAt: ends.clock.now(),
    }),
    createDeposit: async (intent) => await create(ends, owner, byPayment, 'in', intent),
    createPayout: async (intent) => await create(ends, owner, byPayment, 'out', intent),
    lookup: async (_direction, paymentId) => await ask(ends, owner, () => byPayment.get(paymentId)),
    readStatus: async (_direction, references) =>
      await ask(ends, owner, () => ends.truth.find(references.reference)),
    readBalance: async (currency) => ({
      balance: { amount: ends.truth.spendable(currency), currency },
      asOf: ends.clock.now(),
    }),
    verifyCallback: ({ headers }) =>
      headers['x-getmipay-signature'] === 'forged'
        ? { verdict: 'invalid', reason: 'forged' }
        : { verdict: 'unsigned' },
    readCallback: ({ body }) => {
      const told = readJson(body);
      return told === undefined ? {} : { references: { reference: told } };
    },
  };
}

/** The provider's own memory of our references: all processes of the product talk to the same provider. */
const ORDERS = new WeakMap<WireEnds['truth'], Map<string, TrueTransaction>>();

function sharedOrders({ truth }: WireEnds): Map<string, TrueTransaction> {
  const known = ORDERS.get(truth) ?? new Map<string, TrueTransaction>();
  ORDERS.set(truth, known);
  return known;
}

/** Faults that leave us without an answer, where one would have come. */
const LOSING: ReadonlySet<string> = new Set([
  'lost-after',
  'http-500-after',
  'empty-200',
  'truncated',
  'refused-vaguely',
]);

async function create(
  ends: WireEnds,
  owner: Process,
  byPayment: Map<string, TrueTransaction>,
  direction: 'in' | 'out',
  intent: DepositIntent | PayoutIntent,
): Promise<CreateAnswer> {
  const fault = ends.network.drawMove(ends.chance());
  owner.reach('before call');
  if (fault === 'not-sent') return { answer: 'unknown', phase: 'not-sent', evidence: 'econnrefused' };
  if (fault === 'slow-before') await ends.network.park(owner);
  if (fault === 'lost-before' || fault === 'http-502-page' || fault === 'http-429')
    return { answer: 'unknown', phase: 'lost', evidence: fault };
  if (fault === 'refused' && !byPayment.has(intent.paymentId))
    return { answer: 'rejected', code: 'RECIPIENT_NOT_FOUND', detail: 'no such wallet' };
  const { amount, currency } = intent.amount;
  const isNew = !byPayment.has(intent.paymentId);
  if (isNew && direction === 'out' && ends.truth.spendable(currency) < amount + trueFee('out', amount))
    return { answer: 'rejected', code: 'FLOAT_INSUFFICIENT', detail: 'float' };
  if (isNew && 'otp' in intent && intent.otp?.startsWith('0') === true)
    return { answer: 'rejected', code: 'OTP_INVALID', detail: 'otp' };
  const transaction =
    byPayment.get(intent.paymentId) ??
    executeOrder(ends, {
      direction,
      about: intent.description.split(' ').at(-1) ?? '',
      callbackUrl: 'callbackUrl' in intent ? intent.callbackUrl : undefined,
      serviceId: intent.service.id,
      asked: amount,
      currency,
    });
  byPayment.set(intent.paymentId, transaction);
  if (fault === 'slow-after') await ends.network.park(owner);
  if (fault === 'away-after') owner.isCutOff = true;
  owner.reach('after call');
  if (LOSING.has(fault)) return { answer: 'unknown', phase: 'lost', evidence: fault };
  return {
    answer: 'accepted',
    references: referencesOf(transaction),
    action: { kind: 'approve-on-phone' },
    status: 'pending',
    fee: { amount: trueFee(direction, amount), currency },
  };
}

async function ask(
  ends: WireEnds,
  owner: Process,
  find: () => TrueTransaction | undefined,
): Promise<StatusAnswer> {
  const fault = ends.network.drawRead(ends.chance());
  owner.reach('before call');
  if (fault === 'read-slow') await ends.network.park(owner);
  else if (fault !== 'well' && fault !== 'read-other-environment')
    return { found: 'unavailable', evidence: fault };
  const transaction = find();
  const hidden = transaction?.hiddenUntil !== undefined && ends.clock.now() < transaction.hiddenUntil;
  if (transaction === undefined || hidden) return { found: 'no' };
  const status = {
    pending: 'pending',
    success: 'succeeded',
    failed: 'failed',
    expired: 'expired',
    reversed: 'reversed',
  } as const;
  const isWordOdd = transaction.word !== undefined;
  return {
    found: 'yes',
    status: isWordOdd ? 'unrecognised' : expiredOut(status[transaction.state], transaction),
    word: transaction.word ?? transaction.state,
    paid: { amount: transaction.moved, currency: transaction.movedCurrency },
    fee: { amount: trueFee(transaction.direction, transaction.moved), currency: transaction.movedCurrency },
    references: referencesOf(transaction),
    environment: fault === 'read-other-environment' ? 'live' : 'sandbox',
  };
}

/** Whether an expired pay-out may still arrive, a provider does not say: its adapter must not call it final. */
function expiredOut<S extends string>(status: S, transaction: TrueTransaction): S | 'unrecognised' {
  return transaction.direction === 'out' && status === 'expired' ? 'unrecognised' : status;
}

function referencesOf({ reference, upstreamReference }: TrueTransaction): ProviderReferences {
  return { reference, upstreamReference };
}

function readJson(body: Uint8Array): string | undefined {
  const match = /"order_id":"([A-Z0-9_]+)"/.exec(Buffer.from(body).toString('utf8'));
  return match?.[1];
}
