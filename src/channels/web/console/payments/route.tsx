/**
 * Opens the search, and the file of what it found.
 */
import type { FastifyInstance } from 'fastify';
import { money } from '../../../../ground/money/money.ts';
import { searchPayments } from '../../../../oversight/payments/payment-search.rows.ts';
import { parsePlace, placeText } from '../../../../oversight/payments/payment-search.ts';
import { maskPhone } from '../../../../people/phone-number.ts';
import type { Payment } from '../../../../rails/payments/payment.ts';
import type { Assets } from '../../assets.ts';
import { queryFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { consoleFrameOf } from '../console-frame.ts';
import { consolePaths, filePaths } from '../console-paths.ts';
import { needs } from '../console-place.ts';
import { registerListFile } from '../list-file.ts';
import { type PaymentLine, PaymentListPage, type SearchFields } from './list-page.tsx';
import { paymentPages } from './payment-file.ts';
import { readSearch, SEARCH_FIELDS } from './read-search.ts';

const PAGE_LINES = 50;

export function registerPayments(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  app.get(consolePaths.payments, needs('see'), async (request, reply) => {
    const fields: SearchFields = given(queryFields(request, SEARCH_FIELDS));
    const after = parsePlace(queryFields(request, ['after']).after);
    const search = readSearch(fields, door.defaultCountry);
    const found = await searchPayments(door.db, { ...search, limit: PAGE_LINES + 1, ...given({ after }) });
    const shown = found.slice(0, PAGE_LINES);
    const last = found.length > PAGE_LINES ? shown.at(-1) : undefined;
    const query = new URLSearchParams(fields as Record<string, string>);
    const page = (
      <PaymentListPage
        frame={await consoleFrameOf(request, reply, door, assets)}
        fields={fields}
        lines={shown.map(toLine)}
        exportQuery={String(query)}
        {...given({
          olderHref: last && `${consolePaths.payments}?${withPlace(query, placeText(last))}`,
        })}
      />
    );
    return await sendPage(reply, page);
  });

  registerListFile(app, door, {
    name: 'payments',
    paths: filePaths.payments,
    need: 'export',
    act: 'payment.exported',
    read: (request) => {
      const fields: SearchFields = given(queryFields(request, SEARCH_FIELDS));
      const pages = paymentPages(door.db, readSearch(fields, door.defaultCountry));
      return { asked: { ...fields }, pages };
    },
  });
}

function withPlace(query: URLSearchParams, place: string): string {
  const next = new URLSearchParams(query);
  next.set('after', place);
  return next.toString();
}

function toLine(payment: Payment): PaymentLine {
  return {
    paymentId: payment.id,
    reference: payment.reference,
    createdAt: payment.createdAt,
    direction: payment.direction,
    method: payment.method,
    country: payment.country,
    phoneText: maskPhone(payment.phone),
    amount: money(payment.amount, payment.currency),
    state: payment.state,
  };
}
