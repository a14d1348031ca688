/**
 * Speaks GetMiPay's interface from the provider's true books, with everything that goes wrong on the way.
 *
 * The production adapter runs over it unchanged: its token, its grammar of amounts, its breaker and its reading of
 * answers are inside every universe.
 */
import type { Chance } from '../src/ground/chance.ts';
import { after, type Clock, HOUR_MS, MINUTE_MS } from '../src/ground/clock.ts';
import type { Currency } from '../src/ground/money/currency.ts';
import type { Api, ApiOutcome, ApiRequest } from '../src/rails/providers/getmipay/api.ts';
import type { Process } from './crash.ts';
import { happens, maybeOneOf } from './dice.ts';
import type { Network } from './network.ts';
import { canBecome, type ProviderTruth, type TrueTransaction, trueFee, wordOf } from './provider-truth.ts';
import { SERVICES } from './services.ts';
import type { MoveFault, Twist } from './weather.ts';

export interface WireEnds {
  readonly truth: ProviderTruth;
  readonly network: Network;
  readonly clock: Clock;
  /** The chance of the step that runs now. */
  readonly chance: () => Chance;
  /** References that our books know already: what a confused provider may answer again. */
  readonly knownReferences: () => readonly string[];
  /** Hears of every twist that was applied. */
  readonly onTwist: (twist: Twist) => void;
}

type Answered = Extract<ApiOutcome, { outcome: 'response' }>;

/** One per process: when the process dies, its calls end with it. */
export function openWire(ends: WireEnds, owner: Process): Api {
  let token = 0;
  let liveToken = 0;
  const isKnown = (request: ApiRequest): boolean =>
    request.headers['x-api-key'] !== undefined ||
    (liveToken > 0 && request.headers.authorization === `Bearer token-${liveToken}`);

  return {
    async move(request) {
      const fault = ends.network.drawMove(ends.chance());
      owner.reach('before call');
      if (fault === 'not-sent') return { outcome: 'not-sent', evidence: 'econnrefused' };
      if (fault === 'http-401') liveToken = 0;
      if (fault === 'slow-before') await ends.network.park(owner);
      if (fault === 'lost-before') return { outcome: 'lost', evidence: 'timeout' };
      if (fault === 'http-502-page') return page(502);
      if (fault === 'http-429') return json(429, { success: false, message: 'Too many requests' });
      if (fault === 'refused') return clearRefusal(ends.chance());
      if (!isKnown(request)) return json(401, { success: false, message: 'Unauthenticated' });
      const answer = create(ends, request);
      if (fault === 'slow-after') await ends.network.park(owner);
      if (fault === 'away-after') owner.isCutOff = true;
      owner.reach('after call');
      return spoiled(ends, fault, answer);
    },
    async read(request) {
      if (request.path === '/action/auth') {
        token += 1;
        liveToken = token;
        const until = after(ends.clock.now(), 6 * HOUR_MS).toISOString();
        return json(200, { success: true, data: { token: `token-${token}`, expires_at: until } });
      }
      const fault = ends.network.drawRead(ends.chance());
      owner.reach('before call');
      if (fault === 'read-slow') await ends.network.park(owner);
      if (fault === 'read-lost') return { outcome: 'lost', evidence: 'timeout' };
      if (fault === 'read-500') return json(500, { message: 'Server error' });
      if (fault === 'read-page') return page(200);
      if (fault === 'read-401') liveToken = 0;
      if (!isKnown(request)) return json(401, { success: false, message: 'Unauthenticated' });
      return answerTo(ends, request);
    },
  };
}

interface Order {
  readonly amount: number;
  readonly currency: Currency;
  readonly wallet: string;
  readonly description: string;
  readonly callback_url?: string;
}

/** Executes an order. The last word of the description is our own reference. */
function create(ends: WireEnds, request: ApiRequest): Answered {
  const order = JSON.parse(request.json ?? '') as Order;
  const { truth } = ends;
  const direction = request.path === '/payouts' ? 'out' : 'in';
  const asked = BigInt(order.amount);
  if (direction === 'out' && truth.spendable(order.currency) < asked + trueFee('out', asked)) {
    return refusal(402, 'Insufficient merchant balance', 'insufficient_balance');
  }
  const about = order.description.split(' ').at(-1) ?? '';
  const otp = request.headers.otp;
  if (otp?.startsWith('0')) return refusal(422, 'The otp is invalid', 'otp_invalid');
  const transaction = executeOrder(ends, {
    direction,
    about,
    callbackUrl: order.callback_url,
    serviceId: request.headers.service ?? '',
    asked,
    currency: order.currency,
  });
  return acceptance(transaction);
}

/** Makes the true transaction, with what the weather adds to it. */
export function executeOrder(ends: WireEnds, order: Parameters<ProviderTruth['create']>[0]): TrueTransaction {
  const chance = ends.chance();
  const twists = (twist: Twist): boolean => {
    const comes = happens(chance, ends.network.weather[twist]);
    if (comes) ends.onTwist(twist);
    return comes;
  };
  const transaction = ends.truth.create({
    ...order,
    silent: twists('silent'),
    ...(twists('hidden') ? { hiddenUntil: after(ends.clock.now(), (1 + chance.below(30)) * MINUTE_MS) } : {}),
  });
  const isDeposit = order.direction === 'in';
  if (isDeposit && twists('other-amount')) transaction.moved = otherAmount(order.asked, chance);
  if (isDeposit && twists('other-currency'))
    transaction.movedCurrency = order.currency === 'XOF' ? 'XAF' : 'XOF';
  if (twists('odd-word')) transaction.word = 'TREATED';
  if (twists('written-oddly')) transaction.writtenAmount = ODD_AMOUNTS[chance.below(ODD_AMOUNTS.length)];
  if (twists('at-once')) ends.truth.change(transaction, happens(chance, 70) ? 'success' : 'failed');
  if (isDeposit && twists('doubled')) {
    const second = ends.truth.create({ ...order, silent: false, stray: true });
    if (canBecome(second, 'success')) ends.truth.change(second, 'success');
  }
  return transaction;
}

function otherAmount(asked: bigint, chance: Chance): bigint {
  const other = asked + BigInt(chance.below(2_000)) - 1_000n;
  return other > 0n && other !== asked ? other : asked + 1n;
}

/** How an amount can be written; `N` stands for its digits. */
export const ODD_AMOUNTS = ['"N.00"', 'N.0', '"N"', '"5e3"', '5e3', '"N 000"', 'N00', '-N', 'null'] as const;

function acceptance(transaction: TrueTransaction): Answered {
  const fee = trueFee(transaction.direction, transaction.asked);
  return json(200, {
    success: true,
    message: 'Payment initiated',
    data: {
      transaction_reference: transaction.reference,
      soleaspay_reference: transaction.upstreamReference,
      amount: Number(transaction.asked),
      fee_amount: Number(fee),
      ...(transaction.direction === 'in' ? { net_amount: Number(transaction.asked - fee) } : {}),
      currency: transaction.currency,
      status: wordOf(transaction),
    },
  });
}

function spoiled(ends: WireEnds, fault: MoveFault | 'well', answer: Answered): ApiOutcome {
  switch (fault) {
    case 'lost-after':
      return { outcome: 'lost', evidence: 'econnreset' };
    case 'http-500-after':
      return json(500, { success: false, message: 'Server error' });
    case 'empty-200':
      return { outcome: 'response', status: 200, text: '' };
    case 'truncated':
      return { ...answer, status: 200, text: answer.text.slice(0, answer.text.length / 2) };
    case 'http-409':
      return json(409, { success: false, message: 'Conflict' });
    case 'refused-vaguely':
      return json(200, { success: false, message: 'Payment failed, please try again' });
    case 'other-reference': {
      const other = ends.truth.find(maybeOneOf(ends.chance(), ends.knownReferences()) ?? '');
      const own = ends.truth.transactions.at(-1);
      if (other === undefined || own === undefined) return answer;
      return {
        ...answer,
        text: answer.text
          .replaceAll(own.reference, other.reference)
          .replaceAll(own.upstreamReference, other.upstreamReference),
      };
    }
    default:
      return answer;
  }
}

function answerTo(ends: WireEnds, request: ApiRequest): Answered {
  if (request.path === '/services') return json(200, { success: true, data: SERVICES });
  if (request.path === '/balance') {
    const balances = (['XOF', 'XAF'] as const).map((currency) => ({
      currency,
      balance: Number(ends.truth.spendable(currency)),
    }));
    return json(200, { success: true, data: { ...balances[0], balances } });
  }
  const { order_id: reference } = JSON.parse(request.json ?? '') as { order_id: string };
  const transaction = ends.truth.find(reference);
  const hidden = transaction?.hiddenUntil !== undefined && ends.clock.now() < transaction.hiddenUntil;
  if (transaction === undefined || hidden) {
    return refusal(404, 'Transaction not found', 'transaction_not_found');
  }
  return { outcome: 'response', status: 200, text: statusText(transaction) };
}

/** Written by hand, because JSON.stringify cannot write an amount badly. */
function statusText(transaction: TrueTransaction): string {
  const digits = String(transaction.moved);
  const amount = transaction.writtenAmount?.replace('N', digits) ?? digits;
  const fee = trueFee(transaction.direction, transaction.moved);
  return `{"success":true,"data":{"order_id":"${transaction.reference}","pay_id":"${transaction.upstreamReference}",
    "status":"${wordOf(transaction)}","amount":${amount},"fee_amount":${fee},"currency":"${transaction.movedCurrency}"}}`;
}

/** Said with a code of its own, or inside an HTTP 200: both are clear. */
function clearRefusal(chance: Chance): Answered {
  return refusal(happens(chance, 50) ? 402 : 200, 'wallet not found', 'recipient_not_found');
}

function refusal(status: number, message: string, code: string): Answered {
  return json(status, { success: false, message, error_code: code, data: null });
}

function json(status: number, body: unknown): Answered {
  return { outcome: 'response', status, text: JSON.stringify(body) };
}

function page(status: number): Answered {
  return { outcome: 'response', status, text: '<html><body><h1>Bad gateway</h1></body></html>' };
}
