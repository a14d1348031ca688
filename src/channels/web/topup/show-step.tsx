/**
 * Draws the form of a deposit, and the confirmation that says fee and result before anything is asked of a phone.
 *
 * The payment's id is made here, when the form is drawn; one that was refused for what was typed keeps its id.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '../../../ground/identifiers.ts';
import { money } from '../../../ground/money/money.ts';
import { formatPhone, parsePhone, storedPhone } from '../../../people/phone-number.ts';
import { listDepositOptions } from '../../../wallet/quote-deposit.ts';
import { currencyOf } from '../../../wallet/wallet.ts';
import type { Assets } from '../assets.ts';
import { given } from '../given.ts';
import { sendPage, statusOf } from '../send-page.ts';
import { signedInOf } from '../signed-in.ts';
import { hintedMethod } from '../typed-method.ts';
import { frameOf, refusalText } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import { TopupConfirmPage } from './confirm-page.tsx';
import { TopupFormPage } from './form-page.tsx';
import { otpMenu } from './otp-menu.ts';
import type { RefusedDeposit, TypedDeposit, UnderstoodDeposit } from './typed-deposit.ts';

/** One request, and what is needed to answer it with a page. */
export interface Here {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly door: WebDoor;
  readonly assets: Assets;
}

export async function showForm(
  { request, reply, door, assets }: Here,
  typed: TypedDeposit,
  no?: RefusedDeposit,
): Promise<FastifyReply> {
  const { person } = signedInOf(request);
  const typedPhone = parsePhone(typed.phone, person.country);
  const payer = typedPhone.ok ? typedPhone.value : storedPhone(person.phone);
  const options = await listDepositOptions(door.rails, payer.country);
  const offered = options.map((option) => option.service.method);
  const keepsId = isId('pay', typed.paymentId) && no?.no.kind === 'invalid';
  const page = (
    <TopupFormPage
      frame={frameOf(request, reply, door, assets)}
      paymentId={keepsId && typed.paymentId !== undefined ? typed.paymentId : door.ground.ids.next('pay')}
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
        method: typed.method ?? hintedMethod(payer, offered),
        amount: typed.amount,
      })}
      {...given({ refusals: no && { [no.field]: refusalText(request, no.no) } })}
    />
  );
  return await sendPage(reply, page, no === undefined ? 200 : statusOf(no.no.kind));
}

export async function showConfirmation(
  { request, reply, door, assets }: Here,
  typed: TypedDeposit,
  { phone, quote }: UnderstoodDeposit,
): Promise<FastifyReply> {
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
