/**
 * Tells a tontine in a real browser: a president with a phone of 320 pixels and a script, a member whose browser runs
 * none, and one who reads English.
 *
 * Set `STORY_SCREENSHOTS` to a folder to keep a picture of each page that they see.
 */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { after, DAY_MS } from '../src/ground/clock.ts';
import { openBrowser, openContext, overflowOf, SMALL, violationsOf } from './world/browser.ts';
import type { Visitor } from './world/visitor.ts';
import { memberWithMoney, PIN } from './world/withdrawals.ts';
import { openWorld, type World } from './world/world.ts';

let world: World;
let browser: Browser;
let awa: Page;
let yao: Page;
let mariam: Page;
let group: string;

interface Look {
  readonly script?: boolean;
  readonly language?: 'fr' | 'en';
}

/** A real browser of somebody who has money, a name and a PIN. */
async function browserOf(phone: string, name: string, look: Look): Promise<Page> {
  const visitor: Visitor = await memberWithMoney(world, phone, '100000');
  await visitor.submit(await visitor.open('/profile/'), '/profile/name/', { name });
  const context = await openContext({ browser, origin: world.url, screen: SMALL, ...look });
  const cookies = [{ name: 'session', value: visitor.cookie('session') ?? '', url: world.url }];
  await context.addCookies([...cookies, { name: 'lang', value: look.language ?? 'fr', url: world.url }]);
  return await context.newPage();
}

let pictures = 0;
/** Nothing sticks out, nothing hinders a screen reader, and a picture where one is wanted. */
async function lookAt(page: Page, name: string, hasScript = true): Promise<void> {
  expect(await overflowOf(page), name).toBeLessThanOrEqual(0);
  if (hasScript) expect(await violationsOf(page), name).toEqual([]);
  const folder = process.env.STORY_SCREENSHOTS;
  pictures += 1;
  if (folder === undefined) return;
  await page.screenshot({ path: join(folder, `tontine-${pictures}-${name}.png`), fullPage: true });
}

beforeAll(async () => {
  world = await openWorld();
  browser = await openBrowser();
  awa = await browserOf('+2250708130001', 'Awa', {});
  yao = await browserOf('+2250708130002', 'Yao', { script: false });
  mariam = await browserOf('+2250708130003', 'Mariam', { language: 'en' });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.close();
});

it('is founded from a phone of 320 pixels, with an example before', async () => {
  await awa.goto('/tontines/');
  await lookAt(awa, 'empty');
  await awa.getByRole('link', { name: 'Fonder une tontine' }).click();
  await awa.fill('[name=name]', 'Les Étoiles');
  await awa.fill('[name=shares]', '3');
  await awa.fill(
    '[name=first_day]',
    after(world.product.ground.clock.now(), 4 * DAY_MS)
      .toISOString()
      .slice(0, 10),
  );
  await awa.selectOption('[name=order]', 'fixed');
  await awa.getByRole('button', { name: 'Voir un exemple' }).click();
  await awa.getByText('Ce que cela donne').waitFor();
  await lookAt(awa, 'example');
  await awa.locator('form .primary').click();
  await awa.getByText('Toutes les dates').waitFor();
  await awa.getByRole('button', { name: 'Fonder la tontine' }).click();
  await awa.waitForURL('**/tontines/grp_*/');
  group = new URL(awa.url()).pathname;
  await lookAt(awa, 'forming');
});

it('is joined by the link that the president passes on', async () => {
  const href = (await awa.getByRole('link', { name: 'Inviter par WhatsApp' }).getAttribute('href')) ?? '';
  const link = /http\S+\/tontines\/join\/\w+\//.exec(decodeURIComponent(href))?.[0] ?? '';
  for (const page of [yao, mariam]) {
    await page.goto(link);
    if (page === mariam) await lookAt(page, 'join');
    await page.locator('form[action*="/tontines/join/"] .primary').click();
    await page.waitForURL('**/tontines/');
  }
  await awa.goto(`${group}members/`);
  for (const name of ['Yao', 'Mariam']) {
    await awa.getByRole('button', { name: `Admettre ${name}` }).click();
    await awa.waitForLoadState();
  }
  await lookAt(awa, 'members');
  await awa.getByRole('link', { name: 'Mariam' }).click();
  await awa.selectOption('[name=act]', 'grant-role');
  await awa.selectOption('[name=role]', 'treasurer');
  await awa.fill('[name=reason]', 'Choisie par tous');
  await awa.fill('[name=pin]', PIN);
  await awa.locator('form .primary').click();
  await awa.getByText('C’est fait').waitFor();
  await lookAt(awa, 'member');
});

it('starts, and shows each their part in their language', async () => {
  await awa.goto(`${group}start/`);
  await lookAt(awa, 'start');
  await awa.fill('[name=pin]', PIN);
  await awa.getByRole('button', { name: 'Lancer', exact: true }).click();
  await awa.waitForURL(`**${group}`);
  await lookAt(awa, 'group');
  await mariam.goto('/tontines/');
  await mariam.getByText('Round 1 of 3').waitFor();
  await lookAt(mariam, 'list');
});

it('takes a wrong amount back without a script, beside its field, then the right one', async () => {
  await yao.goto(`${group}pay/`);
  await yao.fill('[name=amount]', '1e9');
  await yao.fill('[name=pin]', PIN);
  await yao.locator('form .primary').click();
  expect(await yao.locator('#f-amount-refusal').innerText()).toContain('sans la lettre « e »');
  expect(await yao.inputValue('[name=amount]')).toBe('1e9');
  await yao.fill('[name=amount]', '25 000');
  await yao.fill('[name=pin]', PIN);
  await yao.locator('form .primary').click();
  await yao.getByText('Reçu de cotisation').waitFor();
});

it('counts cash when the member confirms it, and hands the pot out when two agree', async () => {
  await mariam.goto(`${group}cash/`);
  await mariam.selectOption('[name=member]', { label: 'Awa' });
  await mariam.fill('[name=amount]', '25000');
  await mariam.fill('[name=pin]', PIN);
  await mariam.locator('form .primary').click();
  await mariam.getByText('Declared. The confirmation is awaited.').waitFor();
  await lookAt(mariam, 'cash');
  await mariam.goto(`${group}pay/`);
  await mariam.fill('[name=pin]', PIN);
  await mariam.locator('form .primary').click();
  await mariam.waitForURL('**/contributions/**');
  await awa.goto(`${group}cash/`);
  await awa.locator('main a.line').click();
  await lookAt(awa, 'confirm-cash');
  await awa.fill('[name=pin]', PIN);
  await awa.getByRole('button', { name: 'Oui, je confirme' }).click();
  await awa.getByText('C’est confirmé').waitFor();
  await mariam.goto(`${group}payout/`);
  await lookAt(mariam, 'payout');
  await mariam.fill('[name=pin]', PIN);
  await mariam.getByRole('button', { name: 'Propose the payout' }).click();
  await mariam.getByText('Waiting for the voices').waitFor();
  await yao.goto(`${group}approvals/`);
  await yao.locator('main a.line').click();
  await yao.fill('[name=pin]', PIN);
  await yao.locator('button[value=approve]').click();
  await yao.getByText('Votre voix est comptée').waitFor();
});
