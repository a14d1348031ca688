/**
 * Writes what a search finds as a file, CSV or XLSX, page after page, so that a million payments need the memory of a thousand.
 *
 * Numbers stay masked: a file travels further than a page, and nobody writes down who looked into it.
 */
import type { Reader } from '../../../../ground/postgres/database.ts';
import { searchPayments } from '../../../../oversight/payments/payment-search.rows.ts';
import type { PaymentSearch, SearchPlace } from '../../../../oversight/payments/payment-search.ts';
import { maskPhone } from '../../../../people/phone-number.ts';
import type { Payment } from '../../../../rails/payments/payment.ts';
import { given } from '../../given.ts';
import { CSV_START, csvLine, type Field } from '../csv.ts';
import { xlsxFile } from '../xlsx.ts';

const PAGE_LINES = 1_000;

const COLUMNS: readonly (readonly [string, (payment: Payment) => Field])[] = [
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

type Wanted = Omit<PaymentSearch, 'limit' | 'after'>;

export async function* paymentCsv(reader: Reader, search: Wanted): AsyncGenerator<string> {
  yield CSV_START;
  for await (const page of pagesOf(reader, search)) yield page.map(csvLine).join('');
}

export function paymentXlsx(reader: Reader, search: Wanted, cut: string): AsyncGenerator<Buffer> {
  return xlsxFile(pagesOf(reader, search), cut);
}

/** The names of the columns, then the payments. */
async function* pagesOf(reader: Reader, search: Wanted): AsyncGenerator<readonly (readonly Field[])[]> {
  yield [COLUMNS.map(([name]) => name)];
  let after: SearchPlace | undefined;
  for (;;) {
    const page = await searchPayments(reader, { ...search, limit: PAGE_LINES, ...given({ after }) });
    yield page.map((payment) => COLUMNS.map(([, read]) => read(payment)));
    after = page.at(-1);
    if (page.length < PAGE_LINES || after === undefined) return;
  }
}
