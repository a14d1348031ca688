/**
 * Opens the search, and the file of what it found.
 */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { money } from '../../../../ground/money/money.ts';
import { inTransaction } from '../../../../ground/postgres/in-transaction.ts';
import { may } from '../../../../oversight/access/permission.ts';
import { recordAct } from '../../../../oversight/audit/record-act.ts';
import { searchPayments } from '../../../../oversight/payments/payment-search.rows.ts';
import { parsePlace, placeText } from '../../../../oversight/payments/payment-search.ts';
import { maskPhone } from '../../../../people/phone-number.ts';
import type { Payment } from '../../../../rails/payments/payment.ts';
import type { Assets } from '../../assets.ts';
import { queryFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { sendPage } from '../../send-page.ts';
import { signedInOf } from '../../signed-in.ts';
import type { WebDoor } from '../../web-door.ts';
import { wordsFor } from '../../words/words.ts';
import { consoleFrameOf } from '../console-frame.ts';
import { consolePaths } from '../console-paths.ts';
import { needs, operatorOf } from '../console-place.ts';
import { XLSX_TYPE } from '../xlsx.ts';
import { type PaymentLine, PaymentListPage, type SearchFields } from './list-page.tsx';
import { paymentCsv, paymentXlsx } from './payment-file.ts';
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
    const mayExport = may(signedInOf(request).roles, 'export');
    const page = (
      <PaymentListPage
        frame={await consoleFrameOf(request, reply, door, assets)}
        fields={fields}
        lines={shown.map(toLine)}
        {...given({
          olderHref: last && `${consolePaths.payments}?${withPlace(query, placeText(last))}`,
          exportQuery: mayExport ? String(query) : undefined,
        })}
      />
    );
    return await sendPage(reply, page);
  });

  app.get(consolePaths.paymentsExport, needs('export'), async (request, reply) => {
    const search = await takeAway(request, door, 'csv');
    reply.header('content-disposition', 'attachment; filename="payments.csv"');
    return await reply.type('text/csv; charset=utf-8').send(Readable.from(paymentCsv(door.db, search)));
  });

  app.get(consolePaths.paymentsWorkbook, needs('export'), async (request, reply) => {
    const search = await takeAway(request, door, 'xlsx');
    const { cut } = wordsFor(request.visitor.locale).console.find;
    reply.header('content-disposition', 'attachment; filename="payments.xlsx"');
    return await reply.type(XLSX_TYPE).send(Readable.from(paymentXlsx(door.db, search, cut)));
  });
}

/** Writes into the trail what is taken away, before anything is; returns what the address asks for. */
async function takeAway(request: FastifyRequest, door: WebDoor, format: 'csv' | 'xlsx') {
  const fields: SearchFields = given(queryFields(request, SEARCH_FIELDS));
  await inTransaction(door.db, async (tx) => {
    await recordAct(tx, door.ground, operatorOf(request), {
      act: 'payment.exported',
      subjectId: 'payments',
      after: { ...fields, format },
    });
  });
  return readSearch(fields, door.defaultCountry);
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
