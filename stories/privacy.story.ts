/**
 * Tells how somebody's data is handed over and their identity erased from a small phone in a real browser, without a
 * script: found by number, told what stands in the way, asked for by one operator, granted by another one, and then gone
 * from the whole database while the books are the same.
 */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MINUTE_MS } from '../src/ground/clock.ts';
import { readTrialBalance } from '../src/ground/ledger/trial-balance.ts';
import { placesOf } from '../src/ground/testing/places-of.ts';
import { openBrowser, openContext, overflowOf, SMALL } from './world/browser.ts';
import { enterAs } from './world/operators.ts';
import { logInBySms } from './world/people.ts';
import { memberWithMoney } from './world/withdrawals.ts';
import { openWorld, type World } from './world/world.ts';

const LEAVING = '+2250707490101';
const STAYING = '+2250707490102';

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

/** A browser without a script that has the session of somebody who is inside already. */
async function openAs(name: 'Administrateur', language: 'fr' | 'en'): Promise<Page> {
  const inside = await enterAs(world, name);
  const context = await openContext({ browser, origin: world.url, screen: SMALL, script: false, language });
  await context.addCookies([{ name: 'session', value: inside.cookie('session') ?? '', url: world.url }]);
  return await context.newPage();
}

async function find(page: Page, phone: string): Promise<void> {
  await page.goto('/console/people/');
  await page.locator('[name=q]').fill(phone);
  await page.locator('main button.primary').click();
}

it('two people erase whoever may be erased, and the file goes to whoever asked', async () => {
  const leaving = world.visitor();
  await logInBySms(leaving, LEAVING);
  await leaving.submit(await leaving.open('/profile/'), '/logout/');
  await memberWithMoney(world, STAYING, '20000');
  await world.letPass(11 * MINUTE_MS);
  const page = await openAs('Administrateur', 'fr');

  await find(page, '+2250707490199');
  await page.locator('main', { hasText: 'Aucun membre n’a ce numéro' }).waitFor();
  await find(page, STAYING);
  expect(await page.locator('.doubt').textContent()).toContain('Le portefeuille n’est pas vide');
  expect(await page.locator('form[action$="/erasure/ask/"]').count()).toBe(0);

  const finance = await enterAs(world, 'Comptable');
  const found = await finance.open(`/console/people/?q=${encodeURIComponent(LEAVING)}`);
  expect(found.heading).toBe('+225 07 •• •• •• 01');
  expect(found.text).toContain('Ce fichier est remis par l’administration.');
  const asked = await finance.submit(found, '/erasure/ask/', { reason: 'Demandé par lettre' });
  expect(asked.text).toContain('Comptable demande l’effacement');
  expect(asked.text).toContain('Vous l’avez demandé');

  await page.goto('/console/people/');
  await page.locator('main .lines a').click();
  expect(await overflowOf(page)).toBe(0);
  await page.locator('#f-export-reason').fill('Demandé par lettre');
  const coming = page.waitForEvent('download');
  await page.locator('form[action$="/export/"] button').click();
  const told = JSON.parse(await readFile(await (await coming).path(), 'utf8')) as object;
  expect(told).toMatchObject({ people: [{ phone: LEAVING }] });

  const before = await readTrialBalance(world.db);
  const approve = page.locator('form[action$="/erasure/decide/"]', { has: page.locator('[name=confirmed]') });
  await approve.locator('[name=confirmed]').check();
  await approve.locator('button').click();
  await page.locator('h1', { hasText: 'Personne effacée' }).waitFor();
  expect(await page.locator('.notice').textContent()).toContain('L’identité est effacée.');
  expect(await overflowOf(page)).toBe(0);
  expect(await placesOf(world.db, [LEAVING.slice(4)])).toEqual([]);
  expect(await readTrialBalance(world.db)).toEqual(before);
  await page.goto('/console/trail/');
  const trail = (await page.locator('main').textContent()) ?? '';
  for (const act of ['Effacement demandé', 'Données d’une personne emportées', 'Personne effacée'])
    expect(trail).toContain(act);

  // The number is free, and comes again as somebody new.
  const again = world.visitor();
  await logInBySms(again, LEAVING);
  const english = await openAs('Administrateur', 'en');
  await english.goto('/console/?lang=en');
  await find(english, LEAVING);
  expect(await english.locator('.doubt').textContent()).toContain('The person is signed in');
  expect(await overflowOf(english)).toBe(0);
});
