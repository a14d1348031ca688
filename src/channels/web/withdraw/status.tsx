/**
 * Opens the page of one withdrawal, and calls it off where that is still possible.
 *
 * Looking at the page brings the next question to the provider forward. Somebody else's withdrawal is as absent here as
 * one that does not exist; one whose PIN was never given leads back to where it is asked for.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readBalance } from '../../../ground/ledger/balance.ts';
import { money } from '../../../ground/money/money.ts';
import { inTransaction } from '../../../ground/postgres/in-transaction.ts';
import { findDevice } from '../../../people/find-device.ts';
import { maskPhone } from '../../../people/phone-number.ts';
import { hastenEnquiry } from '../../../rails/payments/hasten-enquiry.ts';
import { isInFlight, type Payment } from '../../../rails/payments/payment.ts';
import { rejectionRefusal } from '../../../rails/payments/rejection-refusals.ts';
import { cancelWithdrawal } from '../../../wallet/cancel-withdrawal.ts';
import type { Assets } from '../assets.ts';
import { sendError } from '../errors/route.tsx';
import { queryFields } from '../form-fields.ts';
import { given } from '../given.ts';
import { renderFragment } from '../layout.tsx';
import { ownPayment } from '../own-payment.ts';
import { paths } from '../paths.ts';
import { sendPage } from '../send-page.ts';
import { requireSignIn, signedInOf } from '../signed-in.ts';
import { deviceCookie, frameOf, leaveFlash, refusalText } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import { canCallOff, watchesWithdrawal, withdrawalFace } from '../withdrawal-face.ts';
import { ownRequest } from './confirm.tsx';
import { heldBecause } from './held-because.ts';
import { WithdrawStatusFragment, WithdrawStatusPage, type WithdrawStatusPageProps } from './status-page.tsx';

export function registerWithdrawStatus(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const guarded = { onRequest: requireSignIn };
  const cancel = paths.withdrawalCancel(':id').replace('%3A', ':');

  app.get(paths.withdrawal(':id').replace('%3A', ':'), guarded, async (request, reply) => {
    const payment = await ownPayment(request, door, 'out');
    if (payment === undefined) return await toRequest(request, reply, door, assets);
    if (isInFlight(payment)) {
      await inTransaction(door.db, async (tx) => await hastenEnquiry(tx, door.ground, payment.id));
    }
    const props = await statusProps(request, reply, payment, door, assets);
    const isFragment = queryFields(request, ['fragment']).fragment !== undefined;
    if (!isFragment) return await sendPage(reply, <WithdrawStatusPage {...props} />);
    return await reply
      .type('text/html; charset=utf-8')
      .send(renderFragment(<WithdrawStatusFragment {...props} />));
  });

  app.get(cancel, guarded, async (request, reply) => {
    const { id } = request.params as { id: string };
    return await reply.redirect(paths.withdrawal(id), 302);
  });

  app.post(cancel, guarded, async (request, reply) => {
    const { id: paymentId } = request.params as { id: string };
    const personId = signedInOf(request).person.id;
    const cancelled = await inTransaction(
      door.db,
      async (tx) => await cancelWithdrawal(tx, door.ground, { paymentId, personId }),
    );
    if (!cancelled.ok) {
      if (cancelled.refusal.kind === 'absent') return await sendError(request, reply, 404, assets, door);
      leaveFlash(reply, door, { kind: 'error', text: refusalText(request, cancelled.refusal).text });
    }
    const isGone = cancelled.ok && cancelled.value === undefined;
    return await reply.redirect(isGone ? paths.wallet : paths.withdrawal(paymentId), 303);
  });
}

/** Nothing was paid under this id: back to the proof that is missing, if it was ever asked for. */
async function toRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  door: WebDoor,
  assets: Assets,
): Promise<FastifyReply> {
  const wish = await ownRequest(request, door);
  if (wish === undefined) return await sendError(request, reply, 404, assets, door);
  return await reply.redirect(paths.withdrawalConfirm(wish.paymentId), 302);
}

async function statusProps(
  request: FastifyRequest,
  reply: FastifyReply,
  payment: Payment,
  door: WebDoor,
  assets: Assets,
): Promise<WithdrawStatusPageProps> {
  const { currency, reason } = payment;
  const face = withdrawalFace(payment);
  const balance = watchesWithdrawal(face) ? undefined : await readBalance(door.db, payment.accountId);
  // A status that only says "failed" gives no code of ours: the page still says who refused. People who resolved a
  // lost answer found that nothing had been sent, and that nobody refused.
  const rejection =
    reason === 'resolved' ? undefined : (rejectionRefusal(reason) ?? rejectionRefusal('UNSPECIFIED'));
  return {
    frame: frameOf(request, reply, door, assets),
    paymentId: payment.id,
    reference: payment.reference,
    face,
    method: payment.method,
    phoneText: maskPhone(payment.phone),
    amount: money(payment.amount, currency),
    fee: money(payment.quotedFee, currency),
    total: money(payment.amount + payment.quotedFee, currency),
    mayCancel: canCallOff(payment),
    peopleLook: payment.state === 'review',
    owed: reason === 'paid-after-release',
    liveUrl: `${paths.withdrawal(payment.id)}?fragment=1`,
    version: `${payment.state}.${reason ?? ''}.${payment.redirectUrl === undefined ? 0 : 1}`,
    ...given({
      available: balance && money(balance.available, currency),
      held: face === 'held' ? await holdOf(request, payment, door) : undefined,
      reason: face === 'refused' && rejection ? refusalText(request, rejection) : undefined,
      redirectUrl: payment.redirectUrl,
    }),
  };
}

async function holdOf(
  request: FastifyRequest,
  payment: Payment,
  door: WebDoor,
): Promise<WithdrawStatusPageProps['held']> {
  const { nextActionAt: until, createdAt } = payment;
  if (until === undefined) return undefined;
  const { person } = signedInOf(request);
  const deviceToken = request.cookies[deviceCookie(door.secure)];
  const device = await findDevice(door.db, { personId: person.id, deviceToken });
  return { until, because: heldBecause({ createdAt, until }, person, device, door.withdrawals.hold_ms) };
}
