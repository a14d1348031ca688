/**
 * Opens GetMiPay as a provider: the port of the rails on one side, its HTTP API on the other.
 *
 * It takes no reference of ours, knows no idempotency, no search and no refund; the capability flags say so and the
 * cores choose accordingly. Here nothing is stored and no create is repeated.
 */
import type { Clock } from '../../../ground/clock.ts';
import type { Provider, StatusAnswer } from '../../provider.ts';
import { traceOf } from './answer-trace.ts';
import { type Api, openApi } from './api.ts';
import { type AuthorisedApi, type AuthorisedOutcome, authorise } from './authorised-api.ts';
import { readBalanceAnswer } from './balance-answer.ts';
import { readCallbackHint } from './callback-hint.ts';
import { type GetmipayConfiguration, requireUsable } from './configuration.ts';
import { readCreateAnswer } from './create-answer.ts';
import { openCreateBreaker } from './create-breaker.ts';
import { depositRequest, OPERATIONS, payoutRequest } from './create-request.ts';
import { type Json, parseJson } from './json-text.ts';
import { rememberServices } from './service-list.ts';
import { readServices } from './services.ts';
import { verifySignature } from './signature.ts';
import { type Question, readStatusAnswer } from './status-answer.ts';

/**
 * Throws when the configuration could touch the wrong money (`requireUsable`). `wire` is what carries requests; the
 * fault simulator puts a worse one in its place.
 */
export function openGetmipay(
  configuration: GetmipayConfiguration,
  clock: Clock,
  wire: Api = openApi(configuration),
): Provider {
  requireUsable(configuration);
  const { environment, paths } = configuration;
  const api = authorise(wire, configuration, clock);
  const depositBreaker = openCreateBreaker(clock);
  const payoutBreaker = openCreateBreaker(clock);
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
    createPayout: async (intent) => {
      const request = payoutRequest(intent, configuration);
      if ('answer' in request) return request;
      const outcome = await payoutBreaker(() => api.move(request));
      return readCreateAnswer(outcome, {
        direction: 'out',
        amount: intent.amount,
        environment,
        privateTexts: [intent.phone, intent.phone.slice(1), intent.customerName],
      });
    },
    lookup: async () => ({ found: 'unavailable', evidence: 'no lookup' }),
    readStatus: async (direction, references, service) => {
      const question = { direction, references, environment };
      return await askStatus(api, clock, { path: paths.status, serviceId: service.id, question });
    },
    readBalance: async (currency) =>
      readBalanceAnswer(await readBody(api, paths.balance), currency, clock.now()),
    verifyCallback: (request) => verifySignature(request, configuration),
    readCallback: readCallbackHint,
  };
}

interface StatusCall {
  readonly path: string;
  readonly serviceId: string;
  readonly question: Question;
}

async function askStatus(api: AuthorisedApi, clock: Clock, call: StatusCall): Promise<StatusAnswer> {
  const { direction, references } = call.question;
  const askedAt = clock.now().getTime();
  const outcome = await api.read({
    method: 'POST',
    path: call.path,
    headers: {},
    json: JSON.stringify({
      order_id: references.reference,
      pay_id: references.upstreamReference,
      operation: OPERATIONS[direction],
      service: call.serviceId,
    }),
  });
  const trace = traceOf(outcome, clock.now().getTime() - askedAt);
  return { ...readStatusAnswer(outcome, call.question), trace };
}

/** The body of a successful answer to a question, or nothing. */
async function readBody(api: AuthorisedApi, path: string): Promise<Json | undefined> {
  const outcome: AuthorisedOutcome = await api.read({ method: 'GET', path, headers: {} });
  return outcome.outcome === 'response' && outcome.status === 200 ? parseJson(outcome.text) : undefined;
}
