/**
 * Opens the waiting page of one deposit, and takes the operator's code where one is awaited.
 *
 * Looking at the page brings the next question to the provider forward. Somebody else's deposit is as absent here as
 * one that does not exist.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readBalance } from '../../../ground/ledger/balance.ts';
import { money } from '../../../ground/money/money.ts';
import { inTransaction } from '../../../ground/postgres/in-transaction.ts';
import type { Refusal } from '../../../ground/refusal.ts';
import { maskPhone } from '../../../people/phone-number.ts';
import { NO_CODE_AWAITED, OTP_SHAPE, sendWithOtpOnce } from '../../../rails/outbox/send-with-otp-once.ts';
import { hastenEnquiry } from '../../../rails/payments/hasten-enquiry.ts';
import { awaitsOtp, isInFlight, type Payment } from '../../../rails/payments/payment.ts';
import { rejectionRefusal } from '../../../rails/payments/rejection-refusals.ts';
import type { Assets } from '../assets.ts';
import { depositFace } from '../deposit-face.ts';
import { sendError } from '../errors/route.tsx';
import { formFields, queryFields } from '../form-fields.ts';
import { given } from '../given.ts';
import { renderFragment } from '../layout.tsx';
import { ownPayment } from '../own-payment.ts';
import { paths } from '../paths.ts';
import { sendPage, statusOf } from '../send-page.ts';
import { requireSignIn } from '../signed-in.ts';
import { frameOf, refusalText } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import { otpMenu } from './otp-menu.ts';
import { TopupStatusFragment, TopupStatusPage, type TopupStatusPageProps } from './status-page.tsx';

export function registerTopupStatus(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const guarded = { onRequest: requireSignIn };

  app.get(paths.deposit(':id').replace('%3A', ':'), guarded, async (request, reply) => {
    const payment = await ownPayment(request, door, 'in');
    if (payment === undefined) return await sendError(request, reply, 404, assets, door);
    if (isInFlight(payment)) {
      await inTransaction(door.db, async (tx) => await hastenEnquiry(tx, door.ground, payment.id));
    }
    const props = await statusProps(request, reply, payment, undefined, door, assets);
    const isFragment = queryFields(request, ['fragment']).fragment !== undefined;
    if (!isFragment) return await sendPage(reply, <TopupStatusPage {...props} />);
    return await reply
      .type('text/html; charset=utf-8')
      .send(renderFragment(<TopupStatusFragment {...props} />));
  });

  app.post(paths.depositOtp(':id').replace('%3A', ':'), guarded, async (request, reply) => {
    const payment = await ownPayment(request, door, 'in');
    if (payment === undefined) return await sendError(request, reply, 404, assets, door);
    const otp = (formFields(request, ['otp']).otp ?? '').trim();
    const sent = await sendWithOtpOnce(door.db, door.ground, door.rails, payment.id, otp);
    if (sent.ok || sent.refusal.code === NO_CODE_AWAITED.code) {
      return await reply.redirect(paths.deposit(payment.id), 303);
    }
    const props = await statusProps(request, reply, payment, sent.refusal, door, assets);
    return await sendPage(reply, <TopupStatusPage {...props} />, statusOf(sent.refusal.kind));
  });
}

async function statusProps(
  request: FastifyRequest,
  reply: FastifyReply,
  payment: Payment,
  otpRefusal: Refusal | undefined,
  door: WebDoor,
  assets: Assets,
): Promise<TopupStatusPageProps> {
  const of = (amount: bigint | undefined) =>
    amount === undefined ? undefined : money(amount, payment.currency);
  const settled = payment.state === 'succeeded';
  const balance = settled ? await readBalance(door.db, payment.accountId) : undefined;
  const rejection = rejectionRefusal(payment.reason);
  const again =
    payment.reason === 'OTP_INVALID' || payment.reason === 'OTP_EXPIRED' || otpRefusal === OTP_SHAPE;
  const otpSays = otpRefusal ?? (again ? rejection : undefined);
  return {
    frame: frameOf(request, reply, door, assets),
    paymentId: payment.id,
    reference: payment.reference,
    face: depositFace(payment),
    method: payment.method,
    phoneText: maskPhone(payment.phone),
    amount: money(payment.amount, payment.currency),
    liveUrl: `${paths.deposit(payment.id)}?fragment=1`,
    version: `${payment.state}.${payment.otpTries}.${payment.redirectUrl === undefined ? 0 : 1}`,
    ...given({
      fee: of(payment.fee ?? payment.quotedFee),
      credited: of(payment.credited),
      newBalance: of(balance?.posted),
      reason: payment.state === 'failed' && rejection ? refusalText(request, rejection) : undefined,
      expiresAt: payment.expiresAt,
      redirectUrl: payment.redirectUrl,
      otp: awaitsOtp(payment)
        ? {
            again,
            ...given({
              menu: otpMenu(payment.country, payment.method),
              refusal: otpSays && refusalText(request, otpSays),
            }),
          }
        : undefined,
    }),
  };
}
