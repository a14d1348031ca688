/**
 * Is the list of payments as a file: what a search finds, page after page, so that a million payments need the memory of
 * a thousand.
 *
 * Numbers stay masked: a file travels further than a page, and nobody writes down who looked into it.
 */
import type { Reader } from '../../../../ground/postgres/database.ts';
import { searchPayments } from '../../../../oversight/payments/payment-search.rows.ts';
import type { PaymentSearch } from '../../../../oversight/payments/payment-search.ts';
import { maskPhone } from '../../../../people/phone-number.ts';
import type { Payment } from '../../../../rails/payments/payment.ts';
import { given } from '../../given.ts';
import { type Column, linesOf, type Pages } from '../list-file.ts';

const PAGE_LINES = 1_000;

const COLUMNS: readonly Column<Payment>[] = [
  ['reference', (payment) => payment.reference],
  ['direction', (payment) => payment.direction],
  ['state', (payment) => payment.state],
  ['reason', (payment) => payment.reason],
  ['method', (payment) => payment.method],
  ['country', (payment) => payment.country],
  ['phone', (payment) => maskPhone(payment.phone)],
  ['currency', (payment) => payment.currency],
  ['amount', (payment) => payment.amount],
  ['quoted_fee', (payment) => payment.quotedFee],
  ['fee', (payment) => payment.fee],
  ['credited', (payment) => payment.credited],
  ['provider_reference', (payment) => payment.providerReference],
  ['created_at', (payment) => payment.createdAt],
  ['settled_at', (payment) => payment.settledAt],
  ['id', (payment) => payment.id],
];

export function paymentPages(reader: Reader, search: Omit<PaymentSearch, 'limit' | 'after'>): Pages {
  return linesOf(
    COLUMNS,
    async (after) => await searchPayments(reader, { ...search, limit: PAGE_LINES, ...given({ after }) }),
  );
}
