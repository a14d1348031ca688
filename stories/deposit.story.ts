/**
 * Tells the first recharge of a stranger, in a real browser, from the first page to the proof that anyone can check.
 *
 * It is told twice: with the script, where the page changes by itself; and without any, as on the cheapest phones.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openContext, type Screen } from './world/browser.ts';
import { closeBooks } from './world/close-books.ts';
import { openWorld, type World } from './world/world.ts';

let world: World;
let browser: Browser;

beforeAll(async () => {
  world = await openWorld({ variables: { TRUST_PROXY: '0' } });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await closeBooks(world.db, world.books);
  await world.close();
});

interface Words {
  readonly enter: string;
  readonly next: string;
  readonly waiting: string;
  readonly done: string;
  readonly receives: string;
  readonly fee: string;
  readonly receipt: string;
  readonly genuine: string;
}

const FRENCH: Words = {
  enter: 'Entrer',
  next: 'Continuer',
  waiting: 'Validez sur votre téléphone',
  done: 'Recharge réussie',
  receives: '24 550 F CFA',
  fee: '450 F CFA',
  receipt: 'Voir le reçu',
  genuine: 'Ce reçu est authentique',
};

const ENGLISH: Words = {
  enter: 'Enter',
  next: 'Continue',
  waiting: 'Approve on your phone',
  done: 'Top-up succeeded',
  receives: '24,550 F CFA',
  fee: '450 F CFA',
  receipt: 'See the receipt',
  genuine: 'This receipt is genuine',
};

/** The page's words with plain spaces. */
async function textOf(page: Page): Promise<string> {
  return (await page.locator('main').innerText()).replaceAll(/[\s\u00a0\u202f]+/g, ' ');
}

/** The stranger types the number, reads the code in the second tab, and is in. */
async function logIn(context: BrowserContext, page: Page, phone: string, words: Words): Promise<void> {
  await page.goto('/wallet/');
  expect(new URL(page.url()).pathname).toBe('/login/');
  await page.locator('[name=phone]').fill(phone);
  await page.getByRole('button', { name: words.next }).click();
  const messages = await context.newPage();
  await messages.goto('/demo/sms/');
  const code = /\b\d{6}\b/.exec(await messages.locator('.bubble').first().innerText())?.[0] ?? '';
  await messages.close();
  await page.locator('[name=code]').fill(code);
  await page.getByRole('button', { name: words.enter, exact: true }).click();
  await page.waitForURL('**/wallet/');
}

/** The operator's menu on the simulated phone gives the code that Orange Money wants. */
async function drawCode(phoneTab: Page, phone: string): Promise<string> {
  await phoneTab.goto(`${world.phoneUrl}${phone.slice(1)}/`);
  await phoneTab.locator('form[action$="/code/"] button').click();
  return await phoneTab.locator('.code').innerText();
}

/** Form, confirmation with fee and code: the way to the waiting page. */
async function askForMoney(page: Page, phoneTab: Page, phone: string, words: Words): Promise<void> {
  await page.goto('/wallet/topup/');
  // The number's prefix has already chosen the method.
  expect(await page.locator('[name=method]:checked').getAttribute('value')).toBe('orange_money');
  await page.locator('[name=amount]').fill('25 000');
  await page.getByRole('button', { name: words.next }).last().click();
  await page.waitForSelector('form[action="/wallet/topup/confirm/"]');
  const shown = await textOf(page);
  expect(shown).toContain(words.fee);
  expect(shown).toContain(words.receives);
  await page.locator('[name=otp]').fill(await drawCode(phoneTab, phone));
  await page.locator('button.primary').click();
  await page.getByRole('heading', { name: words.waiting }).waitFor();
}

async function approve(phoneTab: Page, phone: string): Promise<void> {
  await phoneTab.goto(`${world.phoneUrl}${phone.slice(1)}/`);
  await phoneTab.locator('.push [name=pin]').fill('1234');
  await phoneTab.locator('.push button[value=approve]').click();
}

/** Wallet, history, receipt, PDF, and the check page for somebody who is not logged in. */
async function seeTheProof(page: Page, words: Words): Promise<void> {
  await page.getByRole('link', { name: words.receipt }).click();
  await page.waitForURL('**/wallet/history/pay_*/');
  expect(await textOf(page)).toContain(words.receives);
  const pdf = await page.request.get(`${page.url()}receipt.pdf`);
  expect(pdf.headers()['content-type']).toBe('application/pdf');
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
  const checkUrl = (await page.locator('figcaption a').getAttribute('href')) ?? '';
  await page.goto('/wallet/');
  expect(await textOf(page)).toContain(words.receives);
  await page.goto('/wallet/history/');
  expect(await textOf(page)).toContain(words.fee);

  const anyone = await openContext({ browser, origin: world.url, language: words === ENGLISH ? 'en' : 'fr' });
  const check = await anyone.newPage();
  await check.goto(checkUrl);
  const says = await textOf(check);
  expect(says).toContain(words.genuine);
  expect(says).toContain(words === ENGLISH ? '25,000 F CFA' : '25 000 F CFA');
  expect(says).not.toMatch(/(?:\d[\s.]?){8}/);
  await anyone.close();
}

async function withPerson(
  person: { script: boolean; language: 'fr' | 'en'; screen?: Screen },
  story: (context: BrowserContext, page: Page, phoneTab: Page) => Promise<void>,
): Promise<void> {
  const context = await openContext({ browser, origin: world.url, ...person });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await story(context, page, await context.newPage());
  expect(errors, 'nothing went wrong in the browser').toEqual([]);
  await context.close();
}

it('with the script: the waiting page changes by itself, without being read again', async () => {
  const phone = '+2250707810101';
  await withPerson({ script: true, language: 'fr' }, async (context, page, phoneTab) => {
    await logIn(context, page, phone, FRENCH);
    await askForMoney(page, phoneTab, phone, FRENCH);
    // A mark on the window that only a reload would wipe out.
    await page.evaluate('window.stillTheSamePage = true');
    await approve(phoneTab, phone);
    await page.bringToFront();
    await page.getByRole('heading', { name: FRENCH.done }).waitFor();
    expect(await page.evaluate('window.stillTheSamePage')).toBe(true);
    expect(await textOf(page)).toContain(FRENCH.receives);
    await seeTheProof(page, FRENCH);
  });
});

it('without any script: the browser reads the page again by itself, and the link does it at once', async () => {
  const phone = '+2250707810102';
  await withPerson({ script: false, language: 'fr' }, async (context, page, phoneTab) => {
    await logIn(context, page, phone, FRENCH);
    await askForMoney(page, phoneTab, phone, FRENCH);
    await approve(phoneTab, phone);
    await page.bringToFront();
    await page.getByRole('link', { name: 'Actualiser' }).click();
    // Whatever this look found, the page's own refresh finds the rest: nobody touches it any more.
    await page.getByRole('heading', { name: FRENCH.done }).waitFor();
    await seeTheProof(page, FRENCH);
  });
});

it('in English, and closing the page in the middle loses nothing', async () => {
  const phone = '+2250707810103';
  await withPerson({ script: true, language: 'en' }, async (context, page, phoneTab) => {
    await logIn(context, page, phone, ENGLISH);
    await askForMoney(page, phoneTab, phone, ENGLISH);
    const address = page.url();
    await page.close();
    await approve(phoneTab, phone);
    const later = await context.newPage();
    await later.goto(address);
    await later.getByRole('heading', { name: ENGLISH.done }).waitFor();
    await seeTheProof(later, ENGLISH);
  });
});
