/**
 * Tells an incident from beginning to end, on a phone of 320 pixels: the provider's gateway answers 502, the alarm comes,
 * the operator stops deposits, asks, and lets go again; then what the next statement says, spoiled in every way.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { after, MINUTE_MS, SECOND_MS } from '../src/ground/clock.ts';
import { DEMO_PEOPLE } from '../src/people/demo-people.ts';
import { hasNumber } from '../src/rails/payments/sealed-number.rows.ts';
import type { Transaction } from '../src/rails/simulator/transaction.ts';
import { openBrowser, openContext, overflowOf, SMALL, violationsOf } from './world/browser.ts';
import { closeBooks } from './world/close-books.ts';
import { enterAs } from './world/operators.ts';
import { logInBySms, topUp, waitFor } from './world/people.ts';
import { until } from './world/until.ts';
import type { Visitor } from './world/visitor.ts';
import { fillWithdrawal, memberWithMoney, withdraw } from './world/withdrawals.ts';
import { openWorld, type World } from './world/world.ts';

/** Answers with a page of a gateway, and executes nothing. */
const BEHIND_THE_GATEWAY = '+2250707490020';
/** Not found for half a minute, then paid. */
const SLOW_TO_BE_FOUND = '+2250707490018';

let world: World;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let awa: Visitor;
beforeAll(async () => {
  world = await openWorld();
  browser = await openBrowser();
  context = await openContext({ browser, origin: world.url, screen: SMALL });
  page = await context.newPage();
  awa = world.visitor();
  await logInBySms(awa, '+2250707490101');
}, 90_000);
afterAll(async () => {
  await browser.close();
  await closeBooks(world.db, world.books);
  await world.close();
});

async function enterInBrowser(name: string): Promise<void> {
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

/** Whatever is open must fit the phone and be readable by everybody, now that it is full. */
async function expectGoodPage(): Promise<void> {
  expect(await overflowOf(page), page.url()).toBe(0);
  expect(await violationsOf(page), page.url()).toEqual([]);
}

it('a gateway that answers 502 is an alarm, and the board says where to look', async () => {
  await topUp(awa, { phone: BEHIND_THE_GATEWAY, method: 'wave', amount: '3000' });
  await until('the answer is lost', async () => {
    const row = await world.db
      .selectFrom('payments')
      .select('state')
      .where(hasNumber(world.db, BEHIND_THE_GATEWAY))
      .executeTakeFirst();
    return row?.state === 'unknown';
  });
  await world.letPass(31 * MINUTE_MS);
  await enterInBrowser('Comptable');
  await until('the alarm is there', async () => {
    await page.goto('/console/alerts/');
    return (await page.locator('article', { hasText: 'Une réponse perdue n’est pas retrouvée' }).count()) > 0;
  });
  await page.goto('/console/');
  const tile = page.locator('.tile', { hasText: 'Réponses perdues' });
  expect(await tile.textContent()).toContain('1');
  await expectGoodPage();
  await page.goto('/console/alerts/');
  const alarm = page.locator('article', { hasText: 'Une réponse perdue n’est pas retrouvée' });
  expect(await alarm.textContent()).toMatch(/urgent · levée.*3\d min/s);
  await alarm.locator('button', { hasText: 'Je m’en occupe' }).click();
  await page.locator('article', { hasText: 'urgent · prise' }).waitFor();
  await expectGoodPage();
});

it('the operator stops deposits; what is under way is still asked about, and then deposits go on', async () => {
  const slow = await topUp(awa, { phone: SLOW_TO_BE_FOUND, method: 'wave', amount: '4000' });
  await until('it is with the provider', async () => world.books.list().length > 0);
  await page.goto('/console/freezes/');
  const stop = page.locator('form', { hasText: 'Tout arrêter dans un sens' });
  await stop.locator('[name=direction]').selectOption('in');
  await stop.locator('[name=reason]').fill('La passerelle répond 502');
  await stop.locator('button').click();
  await page.locator('.line', { hasText: 'Tout · dépôts' }).waitFor();
  await expectGoodPage();
  const refused = await topUp(awa, { phone: '+2250707490001', method: 'wave', amount: '2000' });
  expect(refused.text).toContain('Les recharges sont suspendues pour le moment.');

  await page.goto(`/console/payments/?q=${encodeURIComponent(SLOW_TO_BE_FOUND)}`);
  await page.locator('tbody a').first().click();
  const followed = page.url();
  await world.letPass(31 * SECOND_MS);
  // The poller may have asked in this very second; then the console says so and does not ask again.
  let said = '';
  const asked = async () => {
    await page.goto(followed);
    await page.locator('button', { hasText: 'Interroger le fournisseur maintenant' }).click();
    said = (await page.locator('.notice').first().textContent()) ?? '';
    return said.includes('Jugement');
  };
  await until('the provider was asked from the console', asked, { pace_ms: 500, seen: () => said });
  await waitFor(awa, slow, 'Recharge réussie');
  await page.goto(followed);
  await page.locator('.story strong', { hasText: 'Le fournisseur dit : réussi' }).first().waitFor();
  await expectGoodPage();

  await page.goto('/console/freezes/');
  const line = page.locator('.line', { hasText: 'Tout · dépôts' });
  await line.locator('[name=reason]').fill('La passerelle répond');
  await line.locator('button').click();
  await page.getByText('Rien n’est gelé.').waitFor();
  const open = await topUp(awa, { phone: '+2250707490001', method: 'wave', amount: '2000' });
  await waitFor(awa, open, 'Recharge réussie');
});

it('the story of a payment tells each answer, who had asked, and equal answers as one line', async () => {
  const phone = '+2250707472001';
  const koffi = await memberWithMoney(world, phone, '20000');
  await waitFor(koffi, await withdraw(koffi, { phone, amount: '4000' }), 'Retrait arrivé');
  const first = await enterAs(world, 'Trésorière');
  const list = await first.open('/console/payments/?q=%2B2250707472001&direction=out');
  const open = async () => await first.open(list.linksTo('R-')[0] ?? '');
  const told = await open();
  expect(told.text).toMatch(/Le fournisseur dit : réussi \(\w+\)/);
  expect(told.text).toMatch(/payé : 4 000 F CFA · HTTP 200 · \d+ ms/);
  expect(told.html).not.toContain('0707472001');
  for (let time = 0; time < 2; time++) {
    await world.letPass(5 * SECOND_MS);
    expect((await first.submit(await open(), '/ask/')).text).toContain('Jugement');
  }
  const again = await open();
  expect(again.text).toContain('demandé depuis la console');
  expect(again.text).toContain('2 fois de suite, la dernière');
  expect(again.text).toContain('le fournisseur dit :');
});

it('a freeze stops the withdrawals of one number until it is lifted', async () => {
  const phone = '+2250707471001';
  const awa = await memberWithMoney(world, phone, '20000');
  const first = await enterAs(world, 'Trésorière');
  const freezes = await first.open('/console/freezes/');
  const placed = await first.submit(freezes, '/freezes/', {
    subject: phone,
    direction: 'out',
    reason: 'Carte SIM volée',
  });
  expect(placed.text).toContain('Numéro +225 07 •• •• •• 01 · retraits');
  const again = await first.submit(placed, '/freezes/', {
    subject: phone,
    direction: 'out',
    reason: 'encore',
  });
  expect(again.status).toBe(409);
  const refused = await fillWithdrawal(awa, { phone, amount: '3000' });
  expect(refused.text).toContain('Les retraits sont suspendus pour le moment.');
  const lifted = await first.submit(await first.open('/console/freezes/'), '/lift/', {
    reason: 'SIM rendue',
  });
  expect(lifted.text).toContain('Rien n’est gelé.');
  await waitFor(awa, await withdraw(awa, { phone, amount: '2000' }), 'Retrait arrivé');
});

it('a statement with a line missing, one extra, one double and one altered is told to the franc', async () => {
  await until('nothing is on its way', async () => await world.isQuiet());
  const truth = world.books.list().filter(({ state }) => state === 'success');
  const [missing, doubled, altered] = truth.filter(({ direction }) => direction === 'in');
  if (missing === undefined || doubled === undefined || altered === undefined) throw new Error('too few');
  const lines = truth.filter((one) => one !== missing).map((one) => lineOf(one, one === altered ? 500n : 0n));
  const text = [
    'date;type;reference;amount;fee;currency',
    ...lines,
    lineOf(doubled, 0n, SECOND_MS),
    `${doubled.createdAt.toISOString()};payin;STRANGER_1;777;7;XOF`,
  ].join('\n');
  await page.goto('/console/reconciliation/');
  const form = page.locator('form[action$="/statements/"]');
  await form
    .locator('[type=file]')
    .setInputFiles({ name: 'jour.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await form.locator('button').click();
  await page.locator('.notice', { hasText: 'Relevé lu' }).waitFor();
  const breaks = page.locator('table', { has: page.locator('caption', { hasText: 'Écarts ouverts' }) });
  const said = (await breaks.textContent()) ?? '';
  for (const [kind, reference] of [
    ['absent du relevé', missing.reference],
    ['ligne en double', doubled.reference],
    ['montant différent', altered.reference],
    ['absent de nos livres', 'STRANGER_1'],
  ])
    expect(said).toMatch(new RegExp(`${kind}\\s*${reference}`));
  await expectGoodPage();
});

/** One line of the provider's file, so many francs and milliseconds away from what is true. */
function lineOf(one: Transaction, more: bigint, later_ms = 0): string {
  const { direction, reference, moved, fee, createdAt } = one;
  const at = after(createdAt, later_ms).toISOString();
  const type = direction === 'in' ? 'payin' : 'payout';
  return [at, type, reference, moved.amount + more, fee.amount, moved.currency].join(';');
}
