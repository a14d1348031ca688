/**
 * Opens the page of one payment, and the acts that an operator may do from it.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { inTransaction } from '../../../../ground/postgres/in-transaction.ts';
import { may } from '../../../../oversight/access/permission.ts';
import { askProviderNow } from '../../../../oversight/payments/ask-provider-now.ts';
import { readPaymentStory } from '../../../../oversight/payments/payment-story.ts';
import { replayStoredCallback } from '../../../../oversight/payments/replay-stored-callback.ts';
import { unmaskPhone } from '../../../../oversight/payments/unmask-phone.ts';
import { formatPhone, maskPhone } from '../../../../people/phone-number.ts';
import { findPayment } from '../../../../rails/payments/payment.rows.ts';
import type { Payment } from '../../../../rails/payments/payment.ts';
import type { Assets } from '../../assets.ts';
import { sendError } from '../../errors/route.tsx';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { sendPage } from '../../send-page.ts';
import { signedInOf } from '../../signed-in.ts';
import type { WebDoor } from '../../web-door.ts';
import { wordsFor } from '../../words/words.ts';
import { answerAct } from '../answer-act.tsx';
import { consoleFrameOf } from '../console-frame.ts';
import { consolePaths } from '../console-paths.ts';
import { needs, operatorOf } from '../console-place.ts';
import { actorsIn, namesOf } from '../names-of.ts';
import { PaymentPage } from './payment-page.tsx';

export function registerPayment(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  app.get(consolePaths.payment(':id'), needs('see'), async (request, reply) => {
    const payment = await paymentOf(request);
    if (payment === undefined) return await sendError(request, reply, 404, assets, door);
    return await show(request, reply, payment);
  });

  app.post(consolePaths.paymentAsk(':id'), needs('nudge'), async (request, reply) => {
    const paymentId = idOf(request, 'pay');
    const asked = await askProviderNow(door.db, door.ground, door.rails, {
      by: operatorOf(request),
      paymentId,
    });
    const words = wordsFor(request.visitor.locale).console;
    const to = consolePaths.payment(paymentId);
    const said = asked.ok ? words.follow.asked(asked.value) : undefined;
    return await answerAct(request, reply, asked, { door, assets, to, ...given({ said }) });
  });

  app.post(consolePaths.paymentUnmask(':id'), needs('unmask'), async (request, reply) => {
    const paymentId = idOf(request, 'pay');
    const { reason = '' } = formFields(request, ['reason']);
    const look = { paymentId, reason };
    const shown = await inTransaction(
      door.db,
      async (tx) => await unmaskPhone(tx, door.ground, operatorOf(request), look),
    );
    const payment = shown.ok ? await findPayment(door.db, paymentId) : undefined;
    if (!shown.ok || payment === undefined)
      return await answerAct(request, reply, shown, { door, assets, to: consolePaths.payment(paymentId) });
    return await show(request, reply, payment, shown.value);
  });

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    payment: Payment,
    wholeNumber?: string,
  ): Promise<FastifyReply> {
    const story = await readPaymentStory(door.db, payment);
    const names = await namesOf(door.db, [payment.ownerId, ...actorsIn(story)]);
    const page = (
      <PaymentPage
        frame={await consoleFrameOf(request, reply, door, assets)}
        payment={payment}
        phoneText={wholeNumber === undefined ? maskPhone(payment.phone) : formatPhone(wholeNumber)}
        isMasked={wholeNumber === undefined}
        story={story}
        names={names}
        mayNudge={may(signedInOf(request).roles, 'nudge')}
        {...given({ ownerName: names.get(payment.ownerId) })}
      />
    );
    return await sendPage(reply, page);
  }

  async function paymentOf(request: FastifyRequest): Promise<Payment | undefined> {
    const id = idOf(request, 'pay');
    return id === '' ? undefined : await findPayment(door.db, id);
  }
}

/** The button beside a stored callback in a payment's story. */
export function registerCallbackReplay(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  app.post(consolePaths.callbackReplay(':id'), needs('nudge'), async (request, reply) => {
    const callbackId = idOf(request, 'cbk');
    const replayed = await inTransaction(
      door.db,
      async (tx) => await replayStoredCallback(tx, door.ground, operatorOf(request), callbackId),
    );
    const said = wordsFor(request.visitor.locale).console.follow.replayed;
    return await answerAct(request, reply, replayed, { door, assets, to: backOf(request), said });
  });
}

function idOf(request: FastifyRequest, prefix: 'pay' | 'cbk'): string {
  const { id } = request.params as { id?: unknown };
  return isId(prefix, id) ? id : '';
}

/** The payment's page on which the button stood. */
function backOf(request: FastifyRequest): string {
  const path = /^https?:\/\/[^/]+(\/console\/payments\/pay_[0-9a-z]{26}\/)/.exec(
    request.headers.referer ?? '',
  );
  return path?.[1] ?? consolePaths.payments;
}
