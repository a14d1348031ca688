/**
 * Opens the way of a deposit: the form, the confirmation with fee and result, the waiting page.
 *
 * The payment's id is made when the form is drawn and travels through both steps, so that whatever is clicked twice,
 * reloaded or resent is one deposit. Nothing that the browser sends back is believed: the quote is made again.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '../../../ground/identifiers.ts';
import { money } from '../../../ground/money/money.ts';
import { inTransaction } from '../../../ground/postgres/in-transaction.ts';
import type { Refusal } from '../../../ground/refusal.ts';
import type { Person } from '../../../people/person.ts';
import { formatPhone, type Phone, parsePhone, storedPhone } from '../../../people/phone-number.ts';
import { sendWithOtpOnce } from '../../../rails/outbox/send-with-otp-once.ts';
import { FORM_TOO_OLD } from '../../../rails/payments/collect.ts';
import type { Method } from '../../../rails/provider.ts';
import {
  type DepositQuote,
  listDepositOptions,
  METHOD_UNAVAILABLE,
  quoteDeposit,
} from '../../../wallet/quote-deposit.ts';
import { requestDeposit } from '../../../wallet/request-deposit.ts';
import { currencyOf } from '../../../wallet/wallet.ts';
import type { Assets } from '../assets.ts';
import { formFields, queryFields } from '../form-fields.ts';
import { given } from '../given.ts';
import { paths } from '../paths.ts';
import { sendPage, statusOf } from '../send-page.ts';
import { requireSignIn, signedInOf } from '../signed-in.ts';
import { hintedMethod, methodOf } from '../typed-method.ts';
import { frameOf, refusalText } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import { TopupConfirmPage } from './confirm-page.tsx';
import { TopupFormPage } from './form-page.tsx';
import { otpMenu } from './otp-menu.ts';
import { registerTopupStatus } from './status.tsx';

interface Typed {
  readonly phone: string | undefined;
  readonly method: Method | undefined;
  readonly amount: string | undefined;
  readonly paymentId: string | undefined;
  readonly otp: string | undefined;
}

interface Understood {
  readonly phone: Phone;
  readonly quote: DepositQuote;
}

type FieldName = 'phone' | 'method' | 'amount' | 'form';

export function registerTopup(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const guarded = { onRequest: requireSignIn };

  app.get(paths.topup, guarded, async (request, reply) => {
    const wished = queryFields(request, ['phone', 'method', 'amount']);
    const typed = { ...wished, method: methodOf(wished.method), paymentId: undefined, otp: undefined };
    return await showForm(request, reply, typed, undefined);
  });

  app.post(paths.topup, guarded, async (request, reply) => {
    const typed = readTyped(request);
    const { change, quick } = formFields(request, ['change', 'quick']);
    // Back from the confirmation, to change something; or a quick amount, which only fills the field in.
    if (change !== undefined || quick !== undefined) {
      const filled = { ...typed, amount: quick ?? typed.amount };
      return await showForm(request, reply, filled, undefined);
    }
    const understood = await understand(signedInOf(request).person, typed);
    if ('field' in understood) return await showForm(request, reply, typed, understood);
    return await showConfirmation(request, reply, typed, understood);
  });

  app.get(paths.topupConfirm, guarded, async (_request, reply) => await reply.redirect(paths.topup, 302));

  app.post(paths.topupConfirm, guarded, async (request, reply) => {
    const typed = readTyped(request);
    const { person } = signedInOf(request);
    const understood = await understand(person, typed);
    if ('field' in understood) return await showForm(request, reply, typed, understood);
    const { paymentId } = typed;
    if (!isId('pay', paymentId))
      return await showForm(request, reply, typed, { field: 'form', no: FORM_TOO_OLD });
    const started = await inTransaction(
      door.db,
      async (tx) =>
        await requestDeposit(tx, door.ground, door.rails, {
          owner: person,
          paymentId,
          phone: understood.phone.e164,
          quote: understood.quote,
        }),
    );
    if (!started.ok) return await showForm(request, reply, typed, { field: 'form', no: started.refusal });
    if (understood.quote.service.needsOtp && typed.otp !== undefined && typed.otp.trim() !== '') {
      // A code that is refused here leaves the payment waiting for another: its own page says so.
      await sendWithOtpOnce(door.db, door.ground, door.rails, started.value, typed.otp.trim());
    }
    return await reply.redirect(paths.deposit(started.value), 303);
  });

  registerTopupStatus(app, door, assets);

  async function understand(
    person: Person,
    typed: Typed,
  ): Promise<Understood | { readonly field: FieldName; readonly no: Refusal }> {
    const phone = parsePhone(typed.phone, person.country);
    if (!phone.ok) return { field: 'phone', no: phone.refusal };
    if (typed.method === undefined) return { field: 'method', no: METHOD_UNAVAILABLE };
    const quote = await quoteDeposit(door.rails, {
      owner: person,
      payerCountry: phone.value.country,
      method: typed.method,
      amount: typed.amount,
    });
    if (quote.ok) return { phone: phone.value, quote: quote.value };
    return { field: fieldOf(quote.refusal), no: quote.refusal };
  }

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    typed: Typed,
    no: { readonly field: FieldName; readonly no: Refusal } | undefined,
  ): Promise<FastifyReply> {
    const { person } = signedInOf(request);
    const typedPhone = parsePhone(typed.phone, person.country);
    const payer = typedPhone.ok ? typedPhone.value : storedPhone(person.phone);
    const options = await listDepositOptions(door.rails, payer.country);
    const hinted =
      typed.method ??
      hintedMethod(
        payer,
        options.map((option) => option.service.method),
      );
    const page = (
      <TopupFormPage
        frame={frameOf(request, reply, door, assets)}
        paymentId={
          isId('pay', typed.paymentId) && no?.no.kind === 'invalid'
            ? typed.paymentId
            : door.ground.ids.next('pay')
        }
        currency={currencyOf(person.country)}
        methods={options.map(({ service, feeBasisPoints }) => ({
          method: service.method,
          min: money(service.minAmount, service.currency),
          max: money(service.maxAmount, service.currency),
          feeBasisPoints,
          needsOtp: service.needsOtp,
        }))}
        values={given({
          phone: typed.phone ?? formatPhone(person.phone),
          method: hinted,
          amount: typed.amount,
        })}
        {...given({ refusals: no && { [no.field]: refusalText(request, no.no) } })}
      />
    );
    return await sendPage(reply, page, no === undefined ? 200 : statusOf(no.no.kind));
  }

  async function showConfirmation(
    request: FastifyRequest,
    reply: FastifyReply,
    typed: Typed,
    understood: Understood,
  ): Promise<FastifyReply> {
    const { phone, quote } = understood;
    const { service, currency } = quote;
    const menu = otpMenu(service.country, service.method);
    const page = (
      <TopupConfirmPage
        frame={frameOf(request, reply, door, assets)}
        paymentId={isId('pay', typed.paymentId) ? typed.paymentId : door.ground.ids.next('pay')}
        values={{ phone: phone.e164, method: service.method, amount: (typed.amount ?? '').trim() }}
        phoneText={formatPhone(phone.e164)}
        pays={money(quote.quote.amount, currency)}
        fee={money(quote.quote.fee, currency)}
        receives={money(quote.quote.credit, currency)}
        feeBorne={door.rails.feePolicy === 'platform'}
        {...given({ otp: service.needsOtp ? given({ menu }) : undefined })}
      />
    );
    return await sendPage(reply, page);
  }
}

function readTyped(request: FastifyRequest): Typed {
  const fields = formFields(request, ['phone', 'method', 'amount', 'payment_id', 'otp']);
  return {
    phone: fields.phone,
    method: methodOf(fields.method),
    amount: fields.amount,
    paymentId: fields.payment_id,
    otp: fields.otp,
  };
}

function fieldOf(no: Refusal): FieldName {
  if (no.code.startsWith('amount-')) return 'amount';
  return no.code === METHOD_UNAVAILABLE.code ? 'method' : 'phone';
}
