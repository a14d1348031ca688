/**
 * Lets people in: a phone number, then the code that was sent to it, or the PIN that they chose.
 *
 * Nothing here differs between a known and an unknown number: the same pages, the same words, the same work. Signing
 * up is logging in for the first time.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Tx } from '../../../ground/postgres/database.ts';
import { inTransaction } from '../../../ground/postgres/in-transaction.ts';
import type { Answer } from '../../../ground/refusal.ts';
import { DEVICE_COOKIE_MS } from '../../../people/device.ts';
import { formatPhone, type Phone, parsePhone } from '../../../people/phone-number.ts';
import { argonHasher } from '../../../people/pin-hash.ts';
import { type RecordedDevice, recordDevice } from '../../../people/record-device.ts';
import type { Origin } from '../../../people/session.ts';
import { SESSION_LENGTHS } from '../../../people/session.ts';
import { type SignedIn, signIn } from '../../../people/sign-in.ts';
import { signInWithPin } from '../../../people/sign-in-with-pin.ts';
import { signOut } from '../../../people/sign-out.ts';
import { verifyCode } from '../../../people/verify-code.ts';
import type { Assets } from '../assets.ts';
import { formFields, queryFields } from '../form-fields.ts';
import { given } from '../given.ts';
import { paths } from '../paths.ts';
import { sendCode } from '../send-code.ts';
import { sendPage, statusOf } from '../send-page.ts';
import { safeNext } from '../signed-in.ts';
import { deviceCookie, frameOf, refusalText, sessionCookie } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import { CodePage } from './code-page.tsx';
import { PhonePage } from './phone-page.tsx';
import { PinPage } from './pin-page.tsx';

interface LoginForm {
  readonly phone: string | undefined;
  readonly next: string | undefined;
  readonly way: string | undefined;
  readonly code: string | undefined;
  readonly pin: string | undefined;
}

/** A login, and the browser that it came from. */
interface Entered {
  readonly login: SignedIn;
  readonly device: RecordedDevice;
}

export function registerLogin(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const hasher = argonHasher(door.keys.pin);

  app.get(paths.login, async (request, reply) => {
    const next = safeNext(queryFields(request, ['next']).next);
    if (request.visitor.signedIn !== undefined) return await reply.redirect(next ?? paths.wallet, 302);
    const frame = frameOf(request, reply, door, assets);
    return await sendPage(reply, <PhonePage frame={frame} {...given({ next })} />);
  });

  app.post(paths.login, async (request, reply) => {
    const form = readForm(request);
    const phone = parsePhone(form.phone, door.defaultCountry);
    if (!phone.ok) {
      const frame = frameOf(request, reply, door, assets);
      const refusals = { phone: refusalText(request, phone.refusal) };
      const page = (
        <PhonePage frame={frame} {...given({ phone: form.phone, next: form.next })} refusals={refusals} />
      );
      return await sendPage(reply, page, 422);
    }
    // Clients without our pages may send the code or the PIN together with the number.
    if (form.code !== undefined) return await enterWithCode(request, reply, form, phone.value);
    if (form.pin !== undefined) return await enterWithPin(request, reply, form, phone.value);
    if (form.way === 'pin') return await showPin(request, reply, form, phone.value);
    const sent = await sendCode(request, door, phone.value, 'login');
    if (!sent.ok) {
      const frame = frameOf(request, reply, door, assets);
      const refusals = { form: refusalText(request, sent.refusal) };
      const page = (
        <PhonePage frame={frame} {...given({ phone: form.phone, next: form.next })} refusals={refusals} />
      );
      return await sendPage(reply, page, statusOf(sent.refusal.kind));
    }
    return await showCode(request, reply, form, phone.value);
  });

  app.get(paths.loginCode, async (_request, reply) => await reply.redirect(paths.login, 302));
  app.get(paths.loginPin, async (_request, reply) => await reply.redirect(paths.login, 302));

  app.post(paths.loginCode, async (request, reply) => {
    const form = readForm(request);
    const phone = parsePhone(form.phone, door.defaultCountry);
    if (!phone.ok) return await reply.redirect(paths.login, 303);
    return await enterWithCode(request, reply, form, phone.value);
  });

  app.post(paths.loginPin, async (request, reply) => {
    const form = readForm(request);
    const phone = parsePhone(form.phone, door.defaultCountry);
    if (!phone.ok) return await reply.redirect(paths.login, 303);
    return await enterWithPin(request, reply, form, phone.value);
  });

  app.post(paths.logout, async (request, reply) => {
    const cookie = sessionCookie(door.secure);
    await inTransaction(door.db, async (tx) => await signOut(tx, door.ground, request.cookies[cookie]));
    reply.clearCookie(cookie, { path: '/' });
    return await reply.redirect(paths.home, 303);
  });

  async function enterWithCode(
    request: FastifyRequest,
    reply: FastifyReply,
    form: LoginForm,
    phone: Phone,
  ): Promise<FastifyReply> {
    const entered = await inTransaction(door.db, async (tx): Promise<Answer<Entered>> => {
      const pepper = door.keys.oneTimeCode;
      const verified = await verifyCode(tx, door.ground, {
        phone,
        purpose: 'login',
        code: form.code,
        pepper,
      });
      if (!verified.ok) return verified;
      const login = await signIn(tx, door.ground, {
        verified: verified.value,
        locale: request.visitor.locale,
        origin: originOf(request),
        replaces: request.cookies[sessionCookie(door.secure)],
      });
      return { ok: true, value: { login, device: await remember(tx, request, login) } };
    });
    if (!entered.ok) {
      return await showCode(request, reply, form, phone, entered);
    }
    return await welcome(reply, entered.value, form.next, door);
  }

  async function enterWithPin(
    request: FastifyRequest,
    reply: FastifyReply,
    form: LoginForm,
    phone: Phone,
  ): Promise<FastifyReply> {
    const entered = await signInWithPin(door.db, door.ground, {
      phone,
      pin: form.pin,
      hasher,
      origin: originOf(request),
      replaces: request.cookies[sessionCookie(door.secure)],
    });
    if (!entered.ok) return await showPin(request, reply, form, phone, entered);
    const login = entered.value;
    const device = await inTransaction(door.db, async (tx) => await remember(tx, request, login));
    return await welcome(reply, { login, device }, form.next, door);
  }

  async function remember(tx: Tx, request: FastifyRequest, login: SignedIn): Promise<RecordedDevice> {
    const deviceToken = request.cookies[deviceCookie(door.secure)];
    return await recordDevice(tx, door.ground, { personId: login.person.id, deviceToken });
  }

  async function showCode(
    request: FastifyRequest,
    reply: FastifyReply,
    form: LoginForm,
    phone: Phone,
    no?: { readonly refusal: Parameters<typeof refusalText>[1] },
  ): Promise<FastifyReply> {
    const frame = frameOf(request, reply, door, assets);
    const shown = { phone: phone.e164, phoneText: formatPhone(phone.e164), ...given({ next: form.next }) };
    if (no === undefined) return await sendPage(reply, <CodePage frame={frame} {...shown} />);
    const refusals = { code: refusalText(request, no.refusal) };
    return await sendPage(
      reply,
      <CodePage frame={frame} {...shown} refusals={refusals} />,
      statusOf(no.refusal.kind),
    );
  }

  async function showPin(
    request: FastifyRequest,
    reply: FastifyReply,
    form: LoginForm,
    phone: Phone,
    no?: { readonly refusal: Parameters<typeof refusalText>[1] },
  ): Promise<FastifyReply> {
    const frame = frameOf(request, reply, door, assets);
    const shown = { phone: phone.e164, phoneText: formatPhone(phone.e164), ...given({ next: form.next }) };
    if (no === undefined) return await sendPage(reply, <PinPage frame={frame} {...shown} />);
    const refusals = { pin: refusalText(request, no.refusal) };
    return await sendPage(
      reply,
      <PinPage frame={frame} {...shown} refusals={refusals} />,
      statusOf(no.refusal.kind),
    );
  }
}

function readForm(request: FastifyRequest): LoginForm {
  const fields = formFields(request, ['phone', 'next', 'way', 'code', 'pin']);
  return { ...fields, next: safeNext(fields.next ?? queryFields(request, ['next']).next) };
}

async function welcome(
  reply: FastifyReply,
  { login, device }: Entered,
  next: string | undefined,
  door: WebDoor,
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

function originOf(request: FastifyRequest): Origin {
  const userAgent = request.headers['user-agent'];
  return { ip: request.ip, ...(userAgent === undefined ? {} : { userAgent }) };
}
