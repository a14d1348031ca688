/**
 * Writes the request that creates a pay-in or a pay-out, or says why GetMiPay could only refuse it.
 *
 * What is refused here was never sent, which is the one refusal that needs no proof. A pay-out that leaves with a
 * wrong amount or number is a question for a human afterwards; the cheapest moment to ask it is now.
 */
import type { Money } from '../../../ground/money/money.ts';
import type {
  CreateAnswer,
  DepositIntent,
  Direction,
  PayoutIntent,
  RejectionCode,
  Service,
} from '../../provider.ts';
import type { ApiRequest } from './api.ts';
import type { GetmipayConfiguration } from './configuration.ts';
import { walletNumber } from './wallet-number.ts';

/** The `operation` that says which way the money goes. */
export const OPERATIONS: Readonly<Record<Direction, string>> = { in: '2', out: '4' };
const LONGEST_TEXT = 255;

export type Rejected = Extract<CreateAnswer, { answer: 'rejected' }>;

/** Rejects an amount, a number or a code that the service cannot take. */
export function depositRequest(
  intent: DepositIntent,
  configuration: GetmipayConfiguration,
): ApiRequest | Rejected {
  const { service, otp } = intent;
  const wallet = checkedWallet(intent, configuration);
  if (typeof wallet !== 'string') return wallet;
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
    json: JSON.stringify({ ...bodyOf(intent, wallet), callback_url: intent.callbackUrl }),
  };
}

/** Rejects an amount or a number that the service cannot take, and a service that does not pay out. */
export function payoutRequest(
  intent: PayoutIntent,
  configuration: GetmipayConfiguration,
): ApiRequest | Rejected {
  if (!intent.service.withdrawals) return rejected('RAIL_DOWN', 'service-without-withdrawals');
  const wallet = checkedWallet(intent, configuration);
  if (typeof wallet !== 'string') return wallet;
  // No callback address: pay-outs are announced to the one of the dashboard, if at all, and found by asking.
  return {
    method: 'POST',
    path: configuration.paths.payout,
    headers: { operation: OPERATIONS.out, service: intent.service.id },
    json: JSON.stringify(bodyOf(intent, wallet)),
  };
}

interface Asked {
  readonly service: Service;
  readonly amount: Money;
  readonly phone: string;
  readonly customerName: string;
  readonly description: string;
}

function checkedWallet({ service, amount, phone }: Asked, { walletFormat }: GetmipayConfiguration) {
  if (amount.currency !== service.currency) {
    return rejected('CURRENCY_UNSUPPORTED', 'currency-of-another-service');
  }
  if (amount.amount < service.minAmount || amount.amount > service.maxAmount) {
    return rejected('AMOUNT_OUT_OF_RANGE', 'outside-service-limits');
  }
  if (amount.amount % service.amountStep !== 0n) return rejected('AMOUNT_STEP', 'between-two-steps');
  return (
    walletNumber(phone, service, walletFormat) ?? rejected('INVALID_MSISDN', 'number-of-another-country')
  );
}

function bodyOf({ amount, description, customerName }: Asked, wallet: string) {
  return {
    // Whole francs below the service's ceiling: within what a JSON number carries exactly.
    amount: Number(amount.amount),
    currency: amount.currency,
    wallet,
    description: cut(description),
    customer_name: cut(customerName),
  };
}

function rejected(code: RejectionCode, detail: string): Rejected {
  return { answer: 'rejected', code, detail };
}

/** Never between the two halves of one sign: half of one is no text and may be refused as a whole. */
function cut(text: string): string {
  return Array.from(text).slice(0, LONGEST_TEXT).join('');
}
