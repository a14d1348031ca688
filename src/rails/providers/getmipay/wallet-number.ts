/**
 * Writes a phone number the way GetMiPay's `wallet` field wants it.
 *
 * The sources contradict each other on the calling code, so the form is configuration. A number of another country
 * than the service's is nothing that the operator could find: it is not sent.
 */
import type { Method } from '../../provider.ts';
import type { WalletFormat } from './configuration.ts';
import { countryOf } from './countries.ts';

/** The digits to send, or nothing when `phone` (E.164 with the plus sign) cannot belong to the service. */
export function walletNumber(
  phone: string,
  service: { readonly country: string; readonly method: Method },
  format: WalletFormat,
): string | undefined {
  if (!/^\+[1-9][0-9]{7,14}$/.test(phone)) return undefined;
  const digits = phone.slice(1);
  const callingCode = countryOf(service.country)?.callingCode;
  if (callingCode === undefined) return undefined;
  // With a card the number is only how to reach the person, who may live anywhere.
  if (!digits.startsWith(callingCode)) return service.method === 'visa' ? digits : undefined;
  return format === 'international' ? digits : digits.slice(callingCode.length);
}
