/**
 * Writes what a search finds as a CSV file, page after page, so that a million payments need the memory of a thousand.
 *
 * Numbers stay masked: a file travels further than a page, and nobody writes down who looked into it.
 */
import type { Reader } from '../../../../ground/postgres/database.ts';
import { searchPayments } from '../../../../oversight/payments/payment-search.rows.ts';
import type { PaymentSearch, SearchPlace } from '../../../../oversight/payments/payment-search.ts';
import { maskPhone } from '../../../../people/phone-number.ts';
import type { Payment } from '../../../../rails/payments/payment.ts';
import { given } from '../../given.ts';
import { CSV_START, csvLine } from '../csv.ts';

const PAGE_LINES = 1_000;

const COLUMNS: readonly (readonly [string, (payment: Payment) => Parameters<typeof csvLine>[0][number]])[] = [
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

export async function* paymentFile(
  reader: Reader,
  search: Omit<PaymentSearch, 'limit' | 'after'>,
): AsyncGenerator<string> {
  yield CSV_START;
  yield csvLine(COLUMNS.map(([name]) => name));
  let after: SearchPlace | undefined;
  for (;;) {
    const page = await searchPayments(reader, { ...search, limit: PAGE_LINES, ...given({ after }) });
    yield page.map((payment) => csvLine(COLUMNS.map(([, read]) => read(payment)))).join('');
    after = page.at(-1);
    if (page.length < PAGE_LINES || after === undefined) return;
  }
}
