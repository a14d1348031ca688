/**
 * Is what the acts of the rails need besides the ground: the provider, and how long people have to confirm.
 */
import { MINUTE_MS } from '../ground/clock.ts';
import type { FeePolicy } from './payments/fee-policy.ts';
import type { Environment, Method, Provider } from './provider.ts';

export interface Rails {
  readonly provider: Provider;
  readonly feePolicy: FeePolicy;
  /** Fee to announce when the provider does not tell, in hundredths of a percent. */
  readonly fallbackFeeBasisPoints: number;
  /** The address at which the provider tells us about one payment, made from configuration and never from a request. */
  readonly callbackUrl: (paymentId: string) => string;
}

/** True when a payment was made with the provider and in the environment that are configured now. */
export function isOwnProvider(
  rails: Rails,
  payment: { readonly provider: string; readonly environment: Environment },
): boolean {
  return payment.provider === rails.provider.name && payment.environment === rails.provider.environment;
}

/** How long a payer has to confirm: 15 minutes on a phone, 30 on a card page (`rails.md` §2.2). */
export function payableFor_ms(method: Method): number {
  return method === 'visa' ? 30 * MINUTE_MS : 15 * MINUTE_MS;
}
