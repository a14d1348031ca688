/**
 * Lets a visitor do what every story begins with: log in, recharge, look at how it goes.
 */
import type { Page } from './page.ts';
import { until } from './until.ts';
import type { Visitor } from './visitor.ts';

/** Logs in by a code read on the demo's message page; the first time this opens an account. */
export async function logInBySms(visitor: Visitor, phone: string): Promise<Page> {
  const codePage = await visitor.submit(await visitor.open('/login/'), '/login/', { phone, way: 'sms' });
  const code = await readCode(visitor, phone);
  return await visitor.submit(codePage, '/login/code/', { code });
}

/** The newest code sent to a number, as shown on the demo's message page. */
export async function readCode(visitor: Visitor, phone: string): Promise<string> {
  const digits = phone.replaceAll(/\D/g, '');
  const { html } = await visitor.open('/demo/sms/');
  for (const [, message = ''] of html.matchAll(/<li class="card">([\s\S]*?)<\/li>/g)) {
    const to = (/<strong>([\s\S]*?)<\/strong>/.exec(message)?.[1] ?? '').replaceAll(/\D/g, '');
    const code = /\b(\d{6})\b/.exec(/<p class="bubble">([\s\S]*?)<\/p>/.exec(message)?.[1] ?? '')?.[1];
    if (to.endsWith(digits.slice(-8)) && code !== undefined) return code;
  }
  throw new Error(`No message to ${phone} on the demo's page`);
}

export interface Wish {
  readonly phone: string;
  readonly method: string;
  readonly amount: string;
  readonly otp?: string;
}

/** From the form to the confirmation page, or to the form again with its refusals. */
export async function fillTopUp(visitor: Visitor, wish: Omit<Wish, 'otp'>): Promise<Page> {
  const { phone, method, amount } = wish;
  return await visitor.submit(await visitor.open('/wallet/topup/'), '/wallet/topup/', {
    phone,
    method,
    amount,
  });
}

/** From the form to the waiting page; the page's address names the payment. */
export async function topUp(visitor: Visitor, wish: Wish): Promise<Page> {
  const confirmation = await fillTopUp(visitor, wish);
  const otp = wish.otp === undefined ? {} : { otp: wish.otp };
  return await visitor.submit(confirmation, '/wallet/topup/confirm/', {
    payment_id: fieldOf(confirmation),
    ...otp,
  });
}

function fieldOf(confirmation: Page): string {
  return confirmation.form('/wallet/topup/confirm/', 'payment_id').fields.payment_id ?? '';
}

/** The payment's id in the address of its waiting page. */
export function paymentIdOf(page: Page): string {
  const id = /\/wallet\/topup\/(pay_[0-9a-z]+)\//.exec(page.url)?.[1];
  if (id === undefined) throw new Error(`${page.url} is no waiting page: ${page.text.slice(0, 300)}`);
  return id;
}

/** Opens the waiting page again and again until its heading is `heading`. */
export async function waitFor(
  visitor: Visitor,
  page: Page,
  heading: string,
  within_ms = 30_000,
): Promise<Page> {
  let seen = page;
  return await until(
    `${page.url} says "${heading}"`,
    async () => {
      seen = await visitor.open(page.url);
      return seen.heading === heading ? seen : undefined;
    },
    { within_ms, pace_ms: 300, seen: () => seen.heading },
  );
}

/** Says yes (or no) on the simulated phone, with a secret code. */
export async function decideOnPhone(
  visitor: Visitor,
  phoneUrl: string,
  phone: string,
  decision: 'approve' | 'refuse' | 'ignore',
): Promise<Page> {
  const wallet = phone.replaceAll(/\D/g, '');
  const screen = await until(`a request is on the phone ${wallet}`, async () => {
    const page = await visitor.open(`${phoneUrl}${wallet}/`);
    return page.html.includes('class="push"') ? page : undefined;
  });
  return await visitor.submit(screen, `/phone/${wallet}/`, { pin: '1234', decision });
}

/** A code from the operator's menu of the simulated phone. */
export async function drawOtp(visitor: Visitor, phoneUrl: string, phone: string): Promise<string> {
  const wallet = phone.replaceAll(/\D/g, '');
  const page = await visitor.submit(await visitor.open(`${phoneUrl}${wallet}/`), '/code/');
  const code = /class="code">(\d{6})</.exec(page.html)?.[1];
  if (code === undefined) throw new Error(`The phone ${wallet} shows no code: ${page.text}`);
  return code;
}
