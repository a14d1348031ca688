/**
 * Lets people in: a phone number, then the code that was sent to it, or the PIN that they chose.
 *
 * Nothing here differs between a known and an unknown number: the same pages, the same words, the same work. Signing
 * up is logging in for the first time.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { inTransaction } from '../../../ground/postgres/in-transaction.ts';
import { DEVICE_COOKIE_MS } from '../../../people/device.ts';
import { type Phone, parsePhone } from '../../../people/phone-number.ts';
import { argonHasher, type PinHasher } from '../../../people/pin-hash.ts';
import { SESSION_LENGTHS } from '../../../people/session.ts';
import { signOut } from '../../../people/sign-out.ts';
import type { Assets } from '../assets.ts';
import { queryFields } from '../form-fields.ts';
import { paths } from '../paths.ts';
import { sendCode } from '../send-code.ts';
import { safeNext } from '../signed-in.ts';
import { deviceCookie, sessionCookie } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import { type Entered, enterWithCode, enterWithPin } from './enter.ts';
import { type LoginForm, readLoginForm } from './login-form.ts';
import { type Here, showCode, showPhone, showPin } from './show-step.tsx';

export function registerLogin(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const hasher = argonHasher(door.keys.pin);

  app.get(paths.login, async (request, reply) => {
    const next = safeNext(queryFields(request, ['next']).next);
    if (request.visitor.signedIn !== undefined) return await reply.redirect(next ?? paths.wallet, 302);
    return await showPhone({ request, reply, door, assets }, { phone: undefined, next });
  });
  app.get(paths.loginCode, async (_request, reply) => await reply.redirect(paths.login, 302));
  app.get(paths.loginPin, async (_request, reply) => await reply.redirect(paths.login, 302));

  app.post(paths.login, async (request, reply) => {
    const here = { request, reply, door, assets };
    const form = readLoginForm(request);
    const phone = parsePhone(form.phone, door.defaultCountry);
    if (!phone.ok) return await showPhone(here, form, { field: 'phone', refusal: phone.refusal });
    // Clients without our pages may send the code or the PIN together with the number.
    if (form.code !== undefined) return await byCode(here, form, phone.value);
    if (form.pin !== undefined) return await byPin(here, form, phone.value, hasher);
    if (form.way === 'pin') return await showPin(here, form, phone.value);
    const sent = await sendCode(request, door, phone.value, 'login');
    if (!sent.ok) return await showPhone(here, form, { field: 'form', refusal: sent.refusal });
    return await showCode(here, form, phone.value);
  });

  app.post(paths.loginCode, async (request, reply) => {
    const form = readLoginForm(request);
    const phone = parsePhone(form.phone, door.defaultCountry);
    if (!phone.ok) return await reply.redirect(paths.login, 303);
    return await byCode({ request, reply, door, assets }, form, phone.value);
  });

  app.post(paths.loginPin, async (request, reply) => {
    const form = readLoginForm(request);
    const phone = parsePhone(form.phone, door.defaultCountry);
    if (!phone.ok) return await reply.redirect(paths.login, 303);
    return await byPin({ request, reply, door, assets }, form, phone.value, hasher);
  });

  app.post(paths.logout, async (request, reply) => {
    const cookie = sessionCookie(door.secure);
    await inTransaction(door.db, async (tx) => await signOut(tx, door.ground, request.cookies[cookie]));
    reply.clearCookie(cookie, { path: '/' });
    return await reply.redirect(paths.home, 303);
  });
}

async function byCode(here: Here, form: LoginForm, phone: Phone): Promise<FastifyReply> {
  const entered = await enterWithCode(here.request, here.door, { phone, code: form.code });
  if (!entered.ok) return await showCode(here, form, phone, entered.refusal);
  return await welcome(here, entered.value, form.next);
}

async function byPin(here: Here, form: LoginForm, phone: Phone, hasher: PinHasher): Promise<FastifyReply> {
  const entered = await enterWithPin(here.request, here.door, { phone, pin: form.pin, hasher });
  if (!entered.ok) return await showPin(here, form, phone, entered.refusal);
  return await welcome(here, entered.value, form.next);
}

async function welcome(
  { reply, door }: Here,
  { login, device }: Entered,
  next: string | undefined,
): Promise<FastifyReply> {
  reply.setCookie(deviceCookie(door.secure), device.token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: door.secure,
    maxAge: Math.floor(DEVICE_COOKIE_MS / 1000),
  });
  reply.setCookie(sessionCookie(door.secure), login.token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: door.secure,
    maxAge: Math.floor(SESSION_LENGTHS[login.session.level].absolute_ms / 1000),
  });
  return await reply.redirect(next ?? paths.wallet, 303);
}
