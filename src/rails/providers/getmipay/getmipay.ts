/**
 * Opens GetMiPay as a provider: the port of the rails on one side, its HTTP API on the other.
 *
 * It takes no reference of ours, knows no idempotency, no search and no refund; the capability flags say so and the
 * cores choose accordingly. Here nothing is stored and no create is repeated.
 */
import type { Clock } from '../../../ground/clock.ts';
import { isCurrency } from '../../../ground/money/currency.ts';
import type {
  Balance,
  CreateAnswer,
  DepositIntent,
  Direction,
  Provider,
  RejectionCode,
} from '../../provider.ts';
import { amountIfReadable } from './amount-grammar.ts';
import { openApi } from './api.ts';
import { type AuthorisedApi, type AuthorisedOutcome, authorise } from './authorised-api.ts';
import { readCallbackHint } from './callback-hint.ts';
import { type GetmipayConfiguration, requireUsable } from './configuration.ts';
import { readCreateAnswer } from './create-answer.ts';
import { openCreateBreaker } from './create-breaker.ts';
import { field, flagOf, type Json, parseJson } from './json-text.ts';
import { rememberServices } from './service-list.ts';
import { readServices } from './services.ts';
import { verifySignature } from './signature.ts';
import { readStatusAnswer } from './status-answer.ts';
import { walletNumber } from './wallet-number.ts';

/** The `operation` that says which way the money goes. */
const OPERATIONS: Readonly<Record<Direction, string>> = { in: '2', out: '4' };
const LONGEST_TEXT = 255;

/** Throws when the configuration could touch the wrong money (`requireUsable`). */
export function openGetmipay(configuration: GetmipayConfiguration, clock: Clock): Provider {
  requireUsable(configuration);
  const { environment, paths } = configuration;
  const api = authorise(openApi(configuration), configuration, clock);
  const depositBreaker = openCreateBreaker(clock);
  const listServices = rememberServices(
    async () => readServices(await readBody(api, paths.services), configuration),
    clock,
  );

  return {
    name: 'getmipay',
    environment,
    capabilities: {
      clientReference: false,
      idempotentCreate: false,
      lookupByClientReference: false,
      signedCallbacks: (configuration.webhookSecret ?? '').trim() !== '',
      perRequestCallbackUrl: true,
      amountInStatus: true,
    },
    listServices,
    createDeposit: async (intent) => {
      const request = depositRequest(intent, configuration);
      if ('answer' in request) return request;
      const outcome = await depositBreaker(() => api.move(request));
      return readCreateAnswer(outcome, {
        direction: 'in',
        amount: intent.amount,
        environment,
        privateTexts: [intent.phone, intent.phone.slice(1), intent.otp ?? '', intent.customerName],
      });
    },
    readStatus: async (direction, references, service) => {
      const outcome = await api.read({
        method: 'POST',
        path: paths.status,
        headers: {},
        json: JSON.stringify({
          order_id: references.reference,
          pay_id: references.upstreamReference,
          operation: OPERATIONS[direction],
          service: service.id,
        }),
      });
      return readStatusAnswer(outcome, { direction, references, environment });
    },
    readBalance: async () => readBalance(await readBody(api, paths.balance), clock.now()),
    verifyCallback: (request) => verifySignature(request, configuration),
    readCallback: readCallbackHint,
  };
}

type Rejected = Extract<CreateAnswer, { answer: 'rejected' }>;
type Request = Parameters<AuthorisedApi['move']>[0];

/** The request for a pay-in, or the refusal of what the provider could only refuse: then nothing is sent. */
function depositRequest(intent: DepositIntent, configuration: GetmipayConfiguration): Request | Rejected {
  const { service, amount, otp } = intent;
  const wallet = walletNumber(intent.phone, service, configuration.walletFormat);
  if (amount.currency !== service.currency)
    return rejected('CURRENCY_UNSUPPORTED', 'currency-of-another-service');
  if (amount.amount < service.minAmount || amount.amount > service.maxAmount) {
    return rejected('AMOUNT_OUT_OF_RANGE', 'outside-service-limits');
  }
  if (wallet === undefined) return rejected('INVALID_MSISDN', 'number-of-another-country');
  if (service.needsOtp && otp === undefined) return rejected('OTP_INVALID', 'otp-missing');
  if (otp !== undefined && !/^[0-9A-Za-z]{1,8}$/.test(otp)) return rejected('OTP_INVALID', 'otp-malformed');
  return {
    method: 'POST',
    path: configuration.paths.payin,
    headers: {
      operation: OPERATIONS.in,
      service: service.id,
      ...(otp === undefined ? {} : { otp }),
    },
    json: JSON.stringify({
      // Whole francs below the service's ceiling: within what a JSON number carries exactly.
      amount: Number(amount.amount),
      currency: amount.currency,
      wallet,
      description: cut(intent.description),
      customer_name: cut(intent.customerName),
      callback_url: intent.callbackUrl,
    }),
  };
}

function rejected(code: RejectionCode, detail: string): Rejected {
  return { answer: 'rejected', code, detail };
}

/** Never between the two halves of one sign: half of one is no text and may be refused as a whole. */
function cut(text: string): string {
  return Array.from(text).slice(0, LONGEST_TEXT).join('');
}

/** The body of a successful answer to a question, or nothing. */
async function readBody(api: AuthorisedApi, path: string): Promise<Json | undefined> {
  const outcome: AuthorisedOutcome = await api.read({ method: 'GET', path, headers: {} });
  return outcome.outcome === 'response' && outcome.status === 200 ? parseJson(outcome.text) : undefined;
}

function readBalance(body: Json | undefined, asOf: Date): Balance | undefined {
  const inner = field(body, 'data');
  const currency = field(inner, 'currency');
  if (flagOf(field(body, 'success')) === false || !isCurrency(currency)) return undefined;
  const balance = amountIfReadable(field(inner, 'balance'), currency);
  return balance === undefined ? undefined : { balance, asOf };
}
