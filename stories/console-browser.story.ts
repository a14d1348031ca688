/**
 * Tells how an incident is handled from a small phone in a real browser: the board that changes by itself, the alarm, the
 * decision; and that none of it needs a script.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMO_PEOPLE } from '../src/people/demo-people.ts';
import { LARGE, openBrowser, openContext, overflowOf, SMALL, violationsOf } from './world/browser.ts';
import { enterAs } from './world/operators.ts';
import { topUp, waitFor } from './world/people.ts';
import { until } from './world/until.ts';
import { memberWithMoney, withdraw } from './world/withdrawals.ts';
import { openWorld, type World } from './world/world.ts';

const PLACES = [
  'alerts',
  'payments',
  'people',
  'reviews',
  'freezes',
  'reconciliation',
  'reports',
  'trail',
  'access',
  'settings',
] as const;

let world: World;
let browser: Browser;
beforeAll(async () => {
  world = await openWorld();
  browser = await openBrowser();
}, 90_000);
afterAll(async () => {
  await browser.close();
  await world.close();
});

/** Logs in by PIN and types the code that the demo shows in place of an authenticator. */
async function enterInBrowser(name: string, page: Page): Promise<void> {
  const person = DEMO_PEOPLE.find((one) => one.name === name);
  await page.goto('/console/');
  await page.locator('[name=phone]').fill(person?.phone ?? '');
  await page.locator('[name=way][value=pin]').check();
  await page.locator('button.primary').click();
  await page.locator('[name=pin]').fill(person?.pin ?? '');
  await page.locator('button.primary').click();
  const shown = (await page.locator('.doubt').textContent()) ?? '';
  await page.locator('[name=code]').fill(shown.replaceAll(/\D/g, ''));
  await page.locator('button.primary').click();
  await page.locator('h1', { hasText: 'Maintenant' }).waitFor();
}

it('on a small phone the board changes by itself, and every place fits and is accessible', async () => {
  const context = await openContext({ browser, origin: world.url, screen: SMALL });
  const page = await context.newPage();
  await enterInBrowser('Administrateur', page);
  expect(await page.locator('main').textContent()).toContain('Aucun paiement depuis 24 heures.');
  const awa = await memberWithMoney(world, '+2250707481001', '20000');
  await waitFor(
    awa,
    await topUp(awa, { phone: '+2250748010001', method: 'wave', amount: '5000' }),
    'Recharge réussie',
  );
  await page.locator('main', { hasText: 'Wave · dépôts' }).waitFor({ timeout: 20_000 });
  const faults: string[] = [];
  for (const place of PLACES) {
    await page.goto(`/console/${place}/`);
    const overflow = await overflowOf(page);
    if (overflow > 0) faults.push(`${place}: ${overflow} px wider than the screen`);
    faults.push(...(await violationsOf(page)).map((violation) => `${place}: ${violation}`));
  }
  // Words are longer in one language than in the other: each must fit.
  await page.locator('a.language').click();
  await page.locator('h1', { hasText: 'Settings' }).waitFor();
  for (const place of ['', ...PLACES.map((one) => `${one}/`)]) {
    await page.goto(`/console/${place}`);
    const overflow = await overflowOf(page);
    if (overflow > 0) faults.push(`in English, ${place}: ${overflow} px wider than the screen`);
  }
  expect(faults).toEqual([]);
  await context.close();
});

it('without a script two people decide a lost answer, and the paper prints', async () => {
  const phone = '+2250707480009';
  const awa = await memberWithMoney(world, phone, '20000');
  const leaving = await withdraw(awa, { phone, amount: '5000' });
  const context = await openContext({ browser, origin: world.url, screen: LARGE, script: false });
  const page = await context.newPage();
  await enterInBrowser('Comptable', page);
  await until('the case is open', async () => {
    await page.goto('/console/reviews/');
    return (await page.locator('td', { hasText: 'réponse' }).count()) > 0;
  });
  await page.locator('tbody a').first().click();
  await page.locator('[name=outcome][value=paid]').check();
  await page.locator('[name=reason]').fill('Le relevé montre la ligne');
  await page.locator('[name=evidence]').fill('Relevé du jour, ligne 12');
  await page.locator('form[action$="/propose/"] button').click();
  await page.locator('.doubt', { hasText: 'une autre personne doit l’approuver' }).waitFor();
  const second = await enterAs(world, 'Trésorière');
  const decided = await second.submit(await second.open(page.url()), '/decide/', { decision: 'approved' });
  expect(decided.text).toContain('Dossier clos : versé.');
  await waitFor(awa, leaving, 'Retrait arrivé');
  await page.reload();
  await page.locator('.notice', { hasText: 'Dossier clos : versé.' }).waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('nav.sections').isVisible()).toBe(false);
  await context.close();
});
