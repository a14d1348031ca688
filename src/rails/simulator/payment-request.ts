/**
 * Is what a merchant asks for, already read, and the rules by which the books refuse it.
 *
 * The rules are one pure function apart from the books, so that each refusal can be tried in a table.
 */
import type { Money } from '../../ground/money/money.ts';
import { type Answer, accepted, refused } from '../../ground/refusal.ts';
import type { Direction } from '../provider.ts';
import { amountRefusal, BOOK_REFUSALS } from './book-refusals.ts';
import { type CatalogueEntry, findEntry } from './catalogue.ts';
import { walletNumber } from './wallet-number.ts';

export interface PaymentRequest {
  readonly direction: Direction;
  /** The id in the catalogue, or `MTN` or `Orange`. */
  readonly service: string;
  /** As typed by the merchant: national or international. */
  readonly wallet: string;
  readonly amount: Money;
  readonly description: string;
  readonly customerName: string;
  readonly callbackUrl?: string | undefined;
  /** Where the card page sends the payer afterwards. */
  readonly returnUrl?: string | undefined;
  readonly otp?: string | undefined;
}

/** The service and the wallet in its one spelling. Refuses what the service cannot do. */
export function checkRequest(request: PaymentRequest): Answer<{ entry: CatalogueEntry; wallet: string }> {
  const entry = findEntry(request.service);
  if (entry === undefined) return refused(BOOK_REFUSALS.serviceUnknown);
  const isOpen = request.direction === 'in' ? entry.deposits : entry.withdrawals;
  if (!isOpen) return refused(BOOK_REFUSALS.directionClosed);
  if (request.amount.currency !== entry.currency) return refused(BOOK_REFUSALS.currencyMismatch);
  const badAmount = amountRefusal(entry, request.amount.amount);
  if (badAmount !== undefined) return refused(badAmount);
  const wallet = walletNumber(request.wallet, entry.country);
  if (wallet === undefined) return refused(BOOK_REFUSALS.walletInvalid);
  if (request.direction === 'in' && entry.needsOtp) {
    if (request.otp === undefined) return refused(BOOK_REFUSALS.otpRequired);
    if (request.otp === '9999') return refused(BOOK_REFUSALS.otpExpired);
    if (request.otp === '0000' || !/^\d{4,8}$/.test(request.otp)) return refused(BOOK_REFUSALS.otpInvalid);
  }
  return accepted({ entry, wallet });
}
