/**
 * Opens the history of deposits and withdrawals, the receipt of each, and the receipt as a file.
 */
import type { FastifyInstance } from 'fastify';
import { isId } from '../../../ground/identifiers.ts';
import { money } from '../../../ground/money/money.ts';
import { maskPhone } from '../../../people/phone-number.ts';
import { listPaymentsOf } from '../../../rails/payments/payment.rows.ts';
import { IN_FLIGHT, type Payment, type PaymentState } from '../../../rails/payments/payment.ts';
import type { Assets } from '../assets.ts';
import { makeCheckCode } from '../check/check-code.ts';
import { sendError } from '../errors/route.tsx';
import { queryFields } from '../form-fields.ts';
import { given } from '../given.ts';
import { ownPayment } from '../own-payment.ts';
import { paths } from '../paths.ts';
import { paymentFace } from '../payment-face.ts';
import { sendPage } from '../send-page.ts';
import { requireSignIn, signedInOf } from '../signed-in.ts';
import { frameOf } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import { type HistoryFilters, readFilters, type StatusFilter } from './filter.tsx';
import { type HistoryLine, HistoryPage } from './page.tsx';
import { periodOf } from './period.ts';
import { ReceiptPage, type ReceiptPageProps } from './receipt-page.tsx';
import { drawReceipt } from './receipt-pdf.ts';

const PAGE_LINES = 20;

const STATES: Readonly<Record<StatusFilter, readonly PaymentState[] | undefined>> = {
  all: undefined,
  pending: IN_FLIGHT,
  succeeded: ['succeeded'],
  failed: ['failed', 'expired', 'cancelled', 'reversed'],
  review: ['review'],
};

export function registerHistory(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const guarded = { onRequest: requireSignIn };

  app.get(paths.history, guarded, async (request, reply) => {
    const query = queryFields(request, ['direction', 'status', 'period', 'before']);
    const filters = readFilters(query);
    const before = isId('pay', query.before) ? query.before : undefined;
    const payments = await listPaymentsOf(door.db, {
      ownerId: signedInOf(request).person.id,
      limit: PAGE_LINES + 1,
      ...given({
        direction: filters.direction === 'all' ? undefined : filters.direction,
        states: STATES[filters.status],
        before,
        ...periodOf(filters.period, door.ground.clock.now()),
      }),
    });
    const shown = payments.slice(0, PAGE_LINES);
    const last = payments.length > PAGE_LINES ? shown.at(-1) : undefined;
    const page = (
      <HistoryPage
        frame={frameOf(request, reply, door, assets)}
        filters={filters}
        lines={shown.map(toLine)}
        {...given({
          olderHref: last && hrefOf(filters, last.id),
          newestHref: before === undefined ? undefined : hrefOf(filters, undefined),
        })}
      />
    );
    return await sendPage(reply, page);
  });

  app.get(paths.receipt(':id').replace('%3A', ':'), guarded, async (request, reply) => {
    const payment = await ownPayment(request, door);
    if (payment === undefined) return await sendError(request, reply, 404, assets, door);
    const props = receiptProps(payment, signedInOf(request).person.displayName, door);
    return await sendPage(reply, <ReceiptPage frame={frameOf(request, reply, door, assets)} {...props} />);
  });

  app.get(paths.receiptPdf(':id').replace('%3A', ':'), guarded, async (request, reply) => {
    const payment = await ownPayment(request, door);
    if (payment === undefined) return await sendError(request, reply, 404, assets, door);
    const props = receiptProps(payment, signedInOf(request).person.displayName, door);
    const pdf = await drawReceipt(props, request.visitor.locale);
    reply.header('content-disposition', `inline; filename="recu-${payment.reference}.pdf"`);
    return await reply.type('application/pdf').send(pdf);
  });
}

function toLine(payment: Payment): HistoryLine {
  return {
    paymentId: payment.id,
    reference: payment.reference,
    createdAt: payment.createdAt,
    direction: payment.direction,
    amount: money(payment.amount, payment.currency),
    fee: money(feeOf(payment), payment.currency),
    method: payment.method,
    phoneText: maskPhone(payment.phone),
    face: paymentFace(payment),
  };
}

function receiptProps(
  payment: Payment,
  ownerName: string | undefined,
  door: WebDoor,
): Omit<ReceiptPageProps, 'frame'> {
  const { credited, currency } = payment;
  const isIn = payment.direction === 'in';
  const code = makeCheckCode(door.keys.receipt, payment.id);
  return {
    paymentId: payment.id,
    reference: payment.reference,
    face: paymentFace(payment),
    createdAt: payment.createdAt,
    direction: payment.direction,
    amount: money(payment.amount, payment.currency),
    fee: money(feeOf(payment), payment.currency),
    method: payment.method,
    phoneText: maskPhone(payment.phone),
    checkUrl: `${door.publicUrl}${paths.check(code)}`,
    ...given({
      settledAt: payment.settledAt,
      credited: isIn && credited !== undefined ? money(credited, currency) : undefined,
      total: taken(payment) ? money(payment.amount + payment.quotedFee, currency) : undefined,
      ownerName,
      providerReference: payment.providerReference,
    }),
  };
}

/** True for a withdrawal that left the wallet, even if it came back; one that arrived too late never left it. */
function taken({ direction, state, reason }: Payment): boolean {
  const happened = state === 'succeeded' || state === 'reversed';
  return direction === 'out' && happened && reason !== 'paid-after-release';
}

/** What the person paid for it; the provider's own fee of a withdrawal is the host's. */
function feeOf(payment: Payment): bigint {
  return payment.direction === 'in' ? (payment.fee ?? payment.quotedFee) : payment.quotedFee;
}

function hrefOf(filters: HistoryFilters, before: string | undefined): string {
  const query = new URLSearchParams({ ...filters });
  if (before !== undefined) query.set('before', before);
  return `${paths.history}?${query.toString()}`;
}
