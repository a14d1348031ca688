/**
 * Draws one of the three pages of logging in, with what was typed and, when it was refused, with the sentence beside it.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '../../../ground/refusal.ts';
import { formatPhone, type Phone } from '../../../people/phone-number.ts';
import type { Assets } from '../assets.ts';
import { given } from '../given.ts';
import { sendPage, statusOf } from '../send-page.ts';
import { frameOf, refusalText } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import { CodePage } from './code-page.tsx';
import type { LoginForm } from './login-form.ts';
import { PhonePage } from './phone-page.tsx';
import { PinPage } from './pin-page.tsx';

/** One request, and what is needed to answer it with a page. */
export interface Here {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly door: WebDoor;
  readonly assets: Assets;
}

type Shown = Pick<LoginForm, 'phone' | 'next'>;

export async function showPhone(
  { request, reply, door, assets }: Here,
  { phone, next }: Shown,
  no?: { readonly field: 'phone' | 'form'; readonly refusal: Refusal },
): Promise<FastifyReply> {
  const refusals = no && { [no.field]: refusalText(request, no.refusal) };
  const page = (
    <PhonePage frame={frameOf(request, reply, door, assets)} {...given({ phone, next, refusals })} />
  );
  return await sendPage(reply, page, no === undefined ? 200 : statusOf(no.refusal.kind));
}

export async function showCode(
  { request, reply, door, assets }: Here,
  form: LoginForm,
  phone: Phone,
  no?: Refusal,
): Promise<FastifyReply> {
  const refusals = no && { code: refusalText(request, no) };
  const page = (
    <CodePage
      frame={frameOf(request, reply, door, assets)}
      phone={phone.e164}
      phoneText={formatPhone(phone.e164)}
      {...given({ next: form.next, refusals })}
    />
  );
  return await sendPage(reply, page, no === undefined ? 200 : statusOf(no.kind));
}

export async function showPin(
  { request, reply, door, assets }: Here,
  form: LoginForm,
  phone: Phone,
  no?: Refusal,
): Promise<FastifyReply> {
  const refusals = no && { pin: refusalText(request, no) };
  const page = (
    <PinPage
      frame={frameOf(request, reply, door, assets)}
      phone={phone.e164}
      phoneText={formatPhone(phone.e164)}
      {...given({ next: form.next, refusals })}
    />
  );
  return await sendPage(reply, page, no === undefined ? 200 : statusOf(no.kind));
}
