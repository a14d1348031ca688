/**
 * Is a provider whose every answer a test decides, with true books of its own.
 *
 * It stands behind the production port, so that the acts under test are the production acts. `execute` says whether
 * the payment came to exist at the provider, `answer` what reached us: the two differ exactly when money gets lost.
 */
import type { Clock } from '../../ground/clock.ts';
import type { Money } from '../../ground/money/money.ts';
import type {
  CallbackHint,
  CallbackRequest,
  CreateAnswer,
  DepositIntent,
  Provider,
  ProviderStatus,
  Service,
  StatusAnswer,
} from '../provider.ts';

export const TEST_SERVICE: Service = {
  id: '71',
  name: 'TEST CI',
  method: 'mtn_money',
  country: 'CI',
  currency: 'XOF',
  deposits: true,
  withdrawals: true,
  active: true,
  minAmount: 100n,
  maxAmount: 1_500_000n,
  amountStep: 1n,
  needsOtp: false,
  feeBasisPoints: 150,
};

export interface TruePayment {
  readonly reference: string;
  readonly intent: DepositIntent;
  status: ProviderStatus;
  paid: Money;
}

/** How the next create call goes. */
export type CreateScript =
  | 'accept' // executed and answered
  | 'lose-after' // executed, the answer is lost
  | 'lose-before' // not executed, and nobody can tell
  | 'not-sent' // no connection was made
  | 'reject' // refused before anything moved
  | 'wrong-code' // refused because of the operator's code
  | 'throw' // not executed; the adapter breaks its promise never to throw
  | 'hang'; // executed, and the answer comes when `hung` is called: never, when the asking process died

export interface ScriptedProvider extends Provider {
  readonly truth: TruePayment[];
  nextCreate: CreateScript;
  /** What status reads answer instead of the truth, while set. */
  statusInstead: StatusAnswer | undefined;
  creates: number;
  statusReads: number;
  /** Lets the sends that hang have their answer. */
  readonly hung: (() => void)[];
  /** Called when a send begins to hang. */
  onHang: () => void;
}

const FEE_BASIS_POINTS = 150n;

export function feeOf(amount: bigint): bigint {
  return (amount * FEE_BASIS_POINTS + 9_999n) / 10_000n;
}

export function scriptedProvider(
  clock: Clock,
  services: readonly Service[] = [TEST_SERVICE],
): ScriptedProvider {
  const provider: ScriptedProvider = {
    name: 'scripted',
    environment: 'sandbox',
    capabilities: {
      clientReference: false,
      idempotentCreate: false,
      lookupByClientReference: false,
      signedCallbacks: false,
      perRequestCallbackUrl: true,
      amountInStatus: true,
    },
    truth: [],
    nextCreate: 'accept',
    statusInstead: undefined,
    creates: 0,
    statusReads: 0,
    hung: [],
    onHang: () => undefined,
    listServices: async () => ({ services, fetchedAt: clock.now() }),
    createDeposit: async (intent) => await create(provider, intent),
    createPayout: async () => ({ answer: 'unknown', phase: 'lost', evidence: 'not scripted' }),
    lookup: async () => ({ found: 'unavailable', evidence: 'no lookup' }),
    readStatus: async (_kind, references) => {
      provider.statusReads += 1;
      return provider.statusInstead ?? truthAbout(provider, references.reference);
    },
    readBalance: async () => undefined,
    verifyCallback: () => ({ verdict: 'unsigned' }),
    readCallback: (request) => readHint(request),
  };
  return provider;
}

async function create(provider: ScriptedProvider, intent: DepositIntent): Promise<CreateAnswer> {
  provider.creates += 1;
  const script = provider.nextCreate;
  if (script === 'not-sent') return { answer: 'unknown', phase: 'not-sent', evidence: 'refused connection' };
  if (script === 'reject') return { answer: 'rejected', code: 'PAYER_NOT_FOUND', detail: 'no such wallet' };
  if (script === 'wrong-code') return { answer: 'rejected', code: 'OTP_INVALID', detail: 'wrong code' };
  if (script === 'throw') throw new TypeError('a mistake in the adapter');
  if (script === 'lose-before') return { answer: 'unknown', phase: 'lost', evidence: 'timeout' };
  const reference = `MPAYIN_${String(provider.truth.length + 1).padStart(6, '0')}`;
  provider.truth.push({ reference, intent, status: 'pending', paid: intent.amount });
  if (script === 'lose-after') return { answer: 'unknown', phase: 'lost', evidence: 'timeout' };
  if (script === 'hang') {
    await new Promise<void>((resolve) => {
      provider.hung.push(resolve);
      provider.onHang();
    });
  }
  const { amount, currency } = intent.amount;
  return {
    answer: 'accepted',
    references: { reference },
    action: { kind: 'approve-on-phone' },
    status: 'pending',
    fee: { amount: feeOf(amount), currency },
    net: { amount: amount - feeOf(amount), currency },
  };
}

function truthAbout(provider: ScriptedProvider, reference: string): StatusAnswer {
  const payment = provider.truth.find((candidate) => candidate.reference === reference);
  if (payment === undefined) return { found: 'no' };
  return {
    found: 'yes',
    status: payment.status,
    word: payment.status,
    paid: payment.paid,
    references: { reference },
  };
}

function readHint(request: CallbackRequest): CallbackHint {
  const reference = Buffer.from(request.body).toString('utf8').split(' ')[0];
  return reference === undefined || reference === '' ? {} : { references: { reference } };
}
