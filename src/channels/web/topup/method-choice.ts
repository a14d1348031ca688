/**
 * Is one way of paying as the top-up form offers it.
 */
import type { Money } from '../../../ground/money/money.ts';
import type { Method } from '../../../rails/provider.ts';

/** A way of paying that is open at this moment for the number's country. */
export interface MethodChoice {
  readonly method: Method;
  /** Smallest and largest amount of one deposit, inclusive. */
  readonly min: Money;
  readonly max: Money;
  /** Announced fee in hundredths of a percent. */
  readonly feeBasisPoints?: number;
  readonly needsOtp: boolean;
}
