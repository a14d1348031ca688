/**
 * Opens the way of a deposit: the form, the confirmation with fee and result, the waiting page.
 *
 * The payment's id is made when the form is drawn and travels through both steps, so that whatever is clicked twice,
 * reloaded or resent is one deposit.
 */
import type { FastifyInstance } from 'fastify';
import { isId } from '../../../ground/identifiers.ts';
import { inTransaction } from '../../../ground/postgres/in-transaction.ts';
import { sendWithOtpOnce } from '../../../rails/outbox/send-with-otp-once.ts';
import { FORM_TOO_OLD } from '../../../rails/payments/collect.ts';
import { requestDeposit } from '../../../wallet/request-deposit.ts';
import type { Assets } from '../assets.ts';
import { formFields, queryFields } from '../form-fields.ts';
import { paths } from '../paths.ts';
import { requireSignIn, signedInOf } from '../signed-in.ts';
import { methodOf } from '../typed-method.ts';
import type { WebDoor } from '../web-door.ts';
import { showConfirmation, showForm } from './show-step.tsx';
import { registerTopupStatus } from './status.tsx';
import { readTypedDeposit, understandDeposit } from './typed-deposit.ts';

export function registerTopup(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const guarded = { onRequest: requireSignIn };

  app.get(paths.topup, guarded, async (request, reply) => {
    const wished = queryFields(request, ['phone', 'method', 'amount']);
    const typed = { ...wished, method: methodOf(wished.method), paymentId: undefined, otp: undefined };
    return await showForm({ request, reply, door, assets }, typed);
  });

  app.post(paths.topup, guarded, async (request, reply) => {
    const here = { request, reply, door, assets };
    const typed = readTypedDeposit(request);
    const { change, quick } = formFields(request, ['change', 'quick']);
    // Back from the confirmation, to change something; or a quick amount, which only fills the field in.
    if (change !== undefined || quick !== undefined)
      return await showForm(here, { ...typed, amount: quick ?? typed.amount });
    const understood = await understandDeposit(door.rails, signedInOf(request).person, typed);
    if ('field' in understood) return await showForm(here, typed, understood);
    return await showConfirmation(here, typed, understood);
  });

  app.get(paths.topupConfirm, guarded, async (_request, reply) => await reply.redirect(paths.topup, 302));

  app.post(paths.topupConfirm, guarded, async (request, reply) => {
    const here = { request, reply, door, assets };
    const typed = readTypedDeposit(request);
    const { person: owner } = signedInOf(request);
    const understood = await understandDeposit(door.rails, owner, typed);
    if ('field' in understood) return await showForm(here, typed, understood);
    const { paymentId } = typed;
    if (!isId('pay', paymentId)) return await showForm(here, typed, { field: 'form', no: FORM_TOO_OLD });
    const asked = { owner, paymentId, phone: understood.phone.e164, quote: understood.quote };
    const started = await inTransaction(
      door.db,
      async (tx) => await requestDeposit(tx, door.ground, door.rails, asked),
    );
    if (!started.ok) return await showForm(here, typed, { field: 'form', no: started.refusal });
    const otp = typed.otp?.trim() ?? '';
    // A code that is refused here leaves the payment waiting for another: its own page says so.
    if (understood.quote.service.needsOtp && otp !== '')
      await sendWithOtpOnce(door.db, door.ground, door.rails, started.value, otp);
    return await reply.redirect(paths.deposit(started.value), 303);
  });

  registerTopupStatus(app, door, assets);
}
