/**
 * Knows who is looking at a page: the signed-in person, their language, and what they were told last.
 *
 * A page of one person must never be kept by a cache on the way, so every answer that a session shaped says so.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Locale } from '../../ground/money/money-text.ts';
import type { Refusal } from '../../ground/refusal.ts';
import { findSession, type SignedInPerson } from '../../people/find-session.ts';
import type { Assets } from './assets.ts';
import type { Frame } from './layout.tsx';
import type { Flash, RefusalText } from './parts/notice.tsx';
import { paths } from './paths.ts';
import type { WebDoor } from './web-door.ts';
import { isLocale } from './words/words.ts';

export interface Visitor {
  readonly signedIn: SignedInPerson | undefined;
  readonly locale: Locale;
}

declare module 'fastify' {
  interface FastifyRequest {
    visitor: Visitor;
  }
}

const YEAR_S = 365 * 24 * 3600;
const FLASH_COOKIE = 'flash';
const LANGUAGE_COOKIE = 'lang';

/** The session cookie's name; the prefix makes browsers refuse it without https or from another host. */
export function sessionCookie(secure: boolean): string {
  return secure ? '__Host-session' : 'session';
}

/** The cookie by which a browser is known again; it opens nothing, and signing out leaves it. */
export function deviceCookie(secure: boolean): string {
  return secure ? '__Host-device' : 'device';
}

/** Finds out who asks; runs before every page. `?lang=` changes the language and is remembered. */
export async function meetVisitor(
  request: FastifyRequest,
  reply: FastifyReply,
  door: WebDoor,
): Promise<void> {
  const token = request.cookies[sessionCookie(door.secure)];
  const signedIn = token === undefined ? undefined : await findSession(door.db, door.ground, token);
  request.visitor = { signedIn, locale: chooseLocale(request, reply, signedIn, door) };
  // Pages carry balances and form tokens: no cache on the way may keep them.
  reply.header('cache-control', 'no-store');
}

function chooseLocale(
  request: FastifyRequest,
  reply: FastifyReply,
  signedIn: SignedInPerson | undefined,
  door: WebDoor,
): Locale {
  const { lang } = request.query as { lang?: unknown };
  if (isLocale(lang)) {
    reply.setCookie(LANGUAGE_COOKIE, lang, {
      path: '/',
      maxAge: YEAR_S,
      sameSite: 'lax',
      secure: door.secure,
    });
    return lang;
  }
  const remembered = request.cookies[LANGUAGE_COOKIE];
  if (isLocale(remembered)) return remembered;
  if (signedIn !== undefined) return signedIn.person.locale;
  return /^en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'fr';
}

/** What every page of this request shares. Reading it uses up the flash message. */
export function frameOf(request: FastifyRequest, reply: FastifyReply, door: WebDoor, assets: Assets): Frame {
  const { signedIn, locale } = request.visitor;
  const flash = takeFlash(request, reply);
  let token: string | undefined;
  return {
    locale,
    assets,
    // Drawn when a form asks for it, the same for all forms of a page: half of all pages have none.
    get csrf() {
      token ??= reply.generateCsrf();
      return token;
    },
    ...(flash === undefined ? {} : { flash: [flash] }),
    ...(signedIn === undefined
      ? {}
      : { person: { name: signedIn.person.displayName ?? signedIn.person.phone } }),
    ...(door.demo === undefined ? {} : { demo: { smsUrl: paths.demoSms, phoneUrl: door.demo.phoneUrl } }),
  };
}

/** Says something on the next page that this browser opens. */
export function leaveFlash(reply: FastifyReply, door: WebDoor, flash: Flash): void {
  const value = Buffer.from(JSON.stringify(flash)).toString('base64url');
  reply.setCookie(FLASH_COOKIE, value, {
    path: '/',
    maxAge: 60,
    httpOnly: true,
    sameSite: 'lax',
    secure: door.secure,
    signed: true,
  });
}

function takeFlash(request: FastifyRequest, reply: FastifyReply): Flash | undefined {
  const cookie = request.cookies[FLASH_COOKIE];
  if (cookie === undefined) return undefined;
  reply.clearCookie(FLASH_COOKIE, { path: '/' });
  const opened = request.unsignCookie(cookie);
  // Only what we signed ourselves is shown: a planted cookie must not put words on our pages.
  if (!opened.valid || opened.value === null) return undefined;
  return JSON.parse(Buffer.from(opened.value, 'base64url').toString('utf8')) as Flash;
}

/** A refusal in the visitor's language. */
export function refusalText(request: FastifyRequest, refusal: Refusal): RefusalText {
  return { code: refusal.code, text: refusal[request.visitor.locale] };
}
