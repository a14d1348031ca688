/**
 * Opens the public page behind a receipt's QR code: amount, date, status; never a phone number or a name.
 */
import type { FastifyInstance } from 'fastify';
import { money } from '../../../ground/money/money.ts';
import { findPayment } from '../../../rails/payments/payment.rows.ts';
import type { Assets } from '../assets.ts';
import { given } from '../given.ts';
import { paths } from '../paths.ts';
import { paymentFace } from '../payment-face.ts';
import { sendPage } from '../send-page.ts';
import { frameOf } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import { readCheckCode } from './check-code.ts';
import { CheckPage } from './page.tsx';

export function registerCheck(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  app.get(paths.check(':code').replace('%3A', ':'), async (request, reply) => {
    const { code } = request.params as { code: string };
    const paymentId = readCheckCode(door.keys.receipt, code);
    const payment = paymentId === undefined ? undefined : await findPayment(door.db, paymentId);
    const receipt = payment && {
      reference: payment.reference,
      face: paymentFace(payment),
      direction: payment.direction,
      amount: money(payment.amount, payment.currency),
      createdAt: payment.createdAt,
      ...given({ settledAt: payment.settledAt }),
    };
    const frame = frameOf(request, reply, door, assets);
    const page = <CheckPage frame={frame} readAt={door.ground.clock.now()} {...given({ receipt })} />;
    return await sendPage(reply, page, receipt === undefined ? 404 : 200);
  });
}
