/**
 * Looks at every page in every state as a person with a small phone, a big screen, a dark room, a keyboard or a screen
 * reader would, and weighs what their network has to carry.
 *
 * The states that a payment rarely reaches are drawn from the same components by the same server's style. Set
 * `STORY_SCREENSHOTS` to a folder to keep a picture of each.
 */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../src/channels/web/layout.tsx';
import { samplePages } from '../src/channels/web/testing/sample-pages.tsx';
import type { Locale } from '../src/ground/money/money-text.ts';
import { clonePostgres } from '../src/ground/testing/fresh-database.ts';
import {
  LARGE,
  openBrowser,
  openContext,
  overflowOf,
  type Screen,
  SMALL,
  violationsOf,
} from './world/browser.ts';
import { openLine } from './world/cuttable-line.ts';
import { logInBySms, topUp, waitFor } from './world/people.ts';
import type { Visitor } from './world/visitor.ts';
import { openWorld, type World } from './world/world.ts';

const FIRST_VIEW_BYTES = 14 * 1024;
const PHONE = '+2250707910001';

let world: World;
let browser: Browser;
let member: Visitor;
/** Addresses of real pages of somebody with one finished deposit. */
let receipt: string;
let progress: string;
let check: string;
/** A real page, for the names of its assets. */
let assets: string | undefined;

beforeAll(async () => {
  // One address looks at every page in every look within a minute: more than any person, and than the door lets through.
  world = await openWorld({ variables: { REQUESTS_PER_MINUTE: '100000' } });
  browser = await openBrowser();
  member = world.visitor();
  await logInBySms(member, PHONE);
  const done = await waitFor(
    member,
    await topUp(member, { phone: PHONE, method: 'wave', amount: '25000' }),
    'Recharge réussie',
    40_000,
  );
  progress = new URL(done.url).pathname;
  [receipt = ''] = done.linksTo('Voir le reçu');
  [check = ''] = (await member.open(receipt)).linksTo('/check/');
}, 90_000);
afterAll(async () => {
  await browser.close();
  await world.close();
});

interface Look {
  readonly name: string;
  readonly screen: Screen;
  readonly dark: boolean;
  readonly locale: Locale;
  /** Axe reads the whole page; where only the width is in question it is left out. */
  readonly axe: boolean;
}

const ALL_LOOKS: readonly Look[] = [
  { name: 'small phone', screen: SMALL, dark: false, locale: 'fr', axe: true },
  { name: 'small phone in the dark', screen: SMALL, dark: true, locale: 'fr', axe: false },
  { name: 'small phone in English', screen: SMALL, dark: false, locale: 'en', axe: false },
  { name: 'big screen', screen: LARGE, dark: false, locale: 'fr', axe: false },
  { name: 'big screen in the dark', screen: LARGE, dark: true, locale: 'en', axe: true },
];
/** A width does not depend on the scheme: the other two looks are for the pictures only. */
const LOOKS = ALL_LOOKS.filter(
  (look) => look.axe || look.locale === 'en' || process.env.STORY_SCREENSHOTS !== undefined,
);

async function openLook(look: Look): Promise<Page> {
  const { screen, dark, locale } = look;
  const context = await openContext({ browser, origin: world.url, screen, dark, language: locale });
  return await context.newPage();
}

/** The names of style, script and icon change with their content; the samples do not know the present ones. */
async function realAssets(html: string): Promise<string> {
  // A page that links all of them.
  assets ??= (await member.open('/tontines/')).html;
  const real = assets;
  return html.replaceAll(/\/assets\/\w+-([\w.]+)/g, (whole, name: string) => {
    return new RegExp(`/assets/\\w+-${name.replaceAll('.', '\\.')}`).exec(real)?.[0] ?? whole;
  });
}

async function keepPicture(page: Page, look: Look, name: string): Promise<void> {
  const folder = process.env.STORY_SCREENSHOTS;
  if (folder === undefined) return;
  await page.screenshot({
    path: join(folder, `${look.name.replaceAll(' ', '-')}--${name}.png`),
    fullPage: true,
  });
}

describe.each(LOOKS)('on a $name', (look) => {
  it('every page in every state is whole, and nothing in it hinders a screen reader', {
    timeout: 180_000,
  }, async () => {
    const page = await openLook(look);
    const faults: string[] = [];
    let body = '';
    await page.route('**/*', async (route) => {
      if (route.request().url().endsWith('/sample/')) await route.fulfill({ body, contentType: 'text/html' });
      // A sample watches a payment that does not exist.
      else if (route.request().resourceType() === 'fetch') await route.abort();
      else await route.continue();
    });
    for (const { name, page: sample } of samplePages(look.locale)) {
      // The console has a style of its own, and is looked at in `browser.test.tsx` and `console-browser.story.ts`.
      if (name.startsWith('console-')) continue;
      body = await realAssets(renderPage(sample));
      await page.goto('/sample/', { waitUntil: 'load' });
      const overflow = await overflowOf(page);
      if (overflow > 0) faults.push(`${name}: ${overflow} px wider than the screen`);
      if (look.axe) faults.push(...(await violationsOf(page)).map((violation) => `${name}: ${violation}`));
      await keepPicture(page, look, name);
    }
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

it('would see a fault if there were one', async () => {
  const page = await openLook({ name: 'check', screen: SMALL, dark: false, locale: 'fr', axe: true });
  await page.setContent('<html><body><img src="x.png"><div style="width:500px">too wide</div></body></html>');
  expect(await violationsOf(page)).toContainEqual(expect.stringMatching(/^image-alt: /));
  expect(await overflowOf(page)).toBeGreaterThan(100);
  await page.context().close();
});

describe('the network of a small phone', () => {
  it.each(['br', 'gzip'])('carries at most 14 KB for the first view of any page (%s)', async (encoding) => {
    const real = [
      receipt,
      progress,
      check,
      '/',
      '/login/',
      '/wallet/',
      '/wallet/topup/',
      '/wallet/history/',
      '/tontines/',
      '/tontines/new/',
      '/profile/',
      '/demo/sms/',
      '/nowhere/',
    ];
    const heavy: string[] = [];
    for (const path of real) {
      const html = (await member.open(path)).html;
      const assets = new Set([...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, asset = '']) => asset));
      const sheets = path.startsWith('/tontines/') ? 2 : 1;
      expect(assets.size, `${path} has its styles, script and icon`).toBe(sheets + 2);
      let bytes = await transferredBytes(path, encoding);
      for (const asset of assets) bytes += await transferredBytes(asset, encoding);
      if (bytes > FIRST_VIEW_BYTES) heavy.push(`${path}: ${bytes} bytes`);
    }
    expect(heavy).toEqual([]);
  });

  it('keeps style, script and icon for good, so that the second page is its words only', async () => {
    const { html } = await member.open('/wallet/');
    const [asset = ''] = /\/assets\/[^"]+/.exec(html) ?? [];
    expect((await member.send(asset)).headers['cache-control']).toMatch(/max-age=31536000.*immutable/);
  });
});

/** The bytes of a body as they travel. */
async function transferredBytes(path: string, encoding: string): Promise<number> {
  const answer = await request(new URL(path, world.url), {
    headers: {
      'accept-encoding': encoding,
      accept: 'text/html',
      cookie: `session=${member.cookie('session') ?? ''}`,
    },
  });
  return (await answer.body.arrayBuffer()).byteLength;
}

describe('a keyboard alone', () => {
  it('skips to the content, sees where it is, and sends the form with Enter', async () => {
    const page = await openLook({ name: 'keyboard', screen: SMALL, dark: false, locale: 'fr', axe: false });
    await page.goto('/login/');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Aller au contenu');
    expect(await page.locator(':focus').isVisible()).toBe(true);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/login/#main');
    // Address changes at once, the focus a frame later.
    await page.locator('main:focus').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').getAttribute('name')).toBe('phone');
    await page.keyboard.type('0707910002');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/login/');
    await page.locator('[name=code]').waitFor();
    await page.context().close();
  });

  it('shows every stop of the Tab key on the recharge form', async () => {
    const page = await openLook({ name: 'keyboard', screen: SMALL, dark: false, locale: 'fr', axe: false });
    await page
      .context()
      .addCookies([{ name: 'session', value: member.cookie('session') ?? '', url: world.url }]);
    await page.goto('/wallet/topup/');
    const unseen: string[] = [];
    for (let stop = 0; stop < 25; stop++) {
      await page.keyboard.press('Tab');
      const focus = page.locator(':focus');
      if ((await focus.count()) === 0) break;
      const isMarked = await focus.evaluate((element) => {
        const { getComputedStyle } = globalThis as unknown as {
          getComputedStyle: (this: void, element: unknown) => { outlineStyle: string; boxShadow: string };
        };
        const parent = (element as { closest(selector: string): unknown }).closest('label');
        return [element, ...(parent === null ? [] : [parent])].some((one) => {
          const style = getComputedStyle(one);
          return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
        });
      });
      if (!isMarked)
        unseen.push(
          await focus.evaluate((element) => (element as { outerHTML: string }).outerHTML.slice(0, 120)),
        );
    }
    expect(unseen).toEqual([]);
    await page.context().close();
  });
});

describe('what goes wrong', () => {
  it('has a page with a number to ask with: nothing there, too many requests', async () => {
    const lost = await member.open('/nowhere/');
    expect([lost.status, lost.heading]).toEqual([404, 'Page introuvable']);
    const busy = await openWorld({ variables: { REQUESTS_PER_MINUTE: '10' } });
    try {
      const keen = busy.visitor();
      for (let time = 1; time <= 10; time++) expect((await keen.open('/login/')).status).toBe(200);
      const slowDown = await keen.open('/login/');
      expect([slowDown.status, slowDown.heading]).toEqual([429, 'Trop de tentatives']);
      expect(slowDown.headers['retry-after']).toBeDefined();
      expect(slowDown.text).toContain('req_');
    } finally {
      await busy.close();
    }
  });

  it('says that nothing is lost while the database is away', async () => {
    const clone = await clonePostgres();
    const line = await openLine(clone.url);
    const dark = await openWorld({ databaseUrl: line.url });
    try {
      const visitor = dark.visitor();
      await logInBySms(visitor, '+2250707910005');
      await line.cut();
      const page = await visitor.open('/wallet/');
      expect([page.status, page.heading]).toEqual([503, 'Service momentanément indisponible']);
      expect((await visitor.send('/health')).status).toBe(503);
      const callback = await visitor.send('/webhook/getmipay/', { method: 'POST', body: '{}' });
      expect(callback.status, 'the provider must come again').toBe(503);
      expect(page.headers['retry-after']).toBeDefined();
    } finally {
      await dark.close();
      await clone.drop();
    }
  });
});
