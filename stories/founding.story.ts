/**
 * Founds a group with each rhythm that the form offers, over HTTP and without a script: the dates of the preview are
 * those of the start and of the calendar afterwards.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { after, DAY_MS } from '../src/ground/clock.ts';
import { type Page, wordsOf } from './world/page.ts';
import { foundTontine, groupIdOf, invitationCodeOf } from './world/tontines.ts';
import type { Visitor } from './world/visitor.ts';
import { memberWithMoney, PIN } from './world/withdrawals.ts';
import { openWorld, type World } from './world/world.ts';

let world: World;
let awa: Visitor;

beforeAll(async () => {
  world = await openWorld();
  awa = await memberWithMoney(world, '+2250708150001', '10000');
  await awa.submit(await awa.open('/profile/'), '/profile/name/', { name: 'Awa' });
}, 120_000);
afterAll(async () => {
  await world.close();
});

function dayAhead(days: number): string {
  return after(world.product.ground.clock.now(), days * DAY_MS)
    .toISOString()
    .slice(0, 10);
}

/** The days of all rounds, as the page says them. */
function daysOn(page: Page): readonly string[] {
  const list = /<ol class="dates">([\s\S]*?)<\/ol>/.exec(page.html)?.[1] ?? '';
  return [...list.matchAll(/<small>([\s\S]*?)<\/small>/g)].map((found) =>
    wordsOf(found[1] ?? '').replace(/ · .*/, ''),
  );
}

it.each<Readonly<Record<string, string>>>([
  { rhythm: 'daily' },
  { rhythm: 'weekly', deadline: '07:30', grace_hours: '0' },
  { rhythm: 'twice-weekly' },
  { rhythm: 'fortnightly' },
  { rhythm: 'monthly' },
  { rhythm: 'twice-monthly' },
  { rhythm: 'nth-weekday', nth: 'last' },
  { rhythm: 'every-days', every_days: '10' },
  { rhythm: 'custom' },
  { rhythm: 'weekly', rounds: '5', late_kind: 'per-day', late_fee: '100', late_fee_served: '250' },
])('a group founded with %j has the dates that were shown', async (rhythm) => {
  const firstDay = dayAhead(3);
  const isMonday = new Date(`${firstDay}T00:00:00Z`).getUTCDay() === 1;
  const founding = {
    ...rhythm,
    name: 'Les Étoiles',
    amount: '25 000',
    shares: '3',
    order: 'fixed',
    first_day: rhythm.rhythm === 'custom' ? '' : firstDay,
    second_weekday: isMonday ? '2' : '1',
    second_date: firstDay.endsWith('-05') ? '6' : '5',
    dates: [dayAhead(3), dayAhead(40), dayAhead(41)].join('\r\n'),
  };
  const preview = await awa.submit(await awa.open('/tontines/new/'), '/tontines/new/', founding);
  expect(preview.refusals).toEqual([]);
  const shown = daysOn(preview);
  expect(shown).toHaveLength(Number(rhythm.rounds ?? '3'));
  const groupId = groupIdOf(await awa.submit(preview, '/tontines/new/', { found: '1' }));
  const start = await awa.open(`/tontines/${groupId}/start/`);
  const mine = /name="(shares_mem_[0-9a-z]+)"/.exec(start.html)?.[1] ?? '';
  const saved = await awa.submit(start, '/start/', { [mine]: '3', look: '1' });
  expect(daysOn(saved)).toEqual(shown);
  const started = await awa.submit(saved, '/start/', { start: '1', pin: PIN });
  expect(started.refusals).toEqual([]);
  expect(daysOn(await awa.open(`/tontines/${groupId}/calendar/`))).toEqual(shown);
});

it('says a slip beside its field and keeps what was typed', async () => {
  const first_day = dayAhead(3);
  const form = await awa.open('/tontines/new/');
  const answers = { name: 'Les Étoiles', first_day, rhythm: 'every-days', every_days: '1' };
  const page = await awa.submit(form, '/tontines/new/', answers);
  expect([page.status, page.refusals]).toEqual([422, ['Écrivez un nombre entier de 2 à 366.']]);
  expect(page.html).toMatch(/<p class="refusal" id="f-every_days-refusal">/);
  expect(page.form('/tontines/new/').fields).toMatchObject(answers);
});

it('proposes another rhythm and another fine, with an example before', async () => {
  const group = await foundTontine(awa, { firstDay: dayAhead(3) });
  const here = `/tontines/${groupIdOf(group)}/rules/`;
  const change = { rhythm: 'weekly', first_day: dayAhead(4), late_kind: 'percent', late_fee: '2,5' };
  const asked = { ...change, late_fee_served: '5', amount: '10 000', reason: 'Décidé ensemble', pin: PIN };
  const looked = await awa.submit(await awa.open(here), here, { ...asked, look: '1' });
  expect(looked.refusals).toEqual([]);
  expect(looked.text).toContain('coûte 250 F CFA à qui n’a pas encore reçu, 500 F CFA à qui a déjà reçu');
  const refused = await awa.submit(await awa.open(here), here, { ...asked, late_fee: '500' });
  expect(refused.refusals).toEqual(['Écrivez un pourcentage de 0 à 100, par exemple 2,5.']);
});

it('writes to an invited number once, and to nobody when the invitation is refused', async () => {
  const group = await foundTontine(awa, { name: 'Les Étoiles 07', firstDay: dayAhead(3) });
  const here = `/tontines/${groupIdOf(group)}/members/`;
  const told = async () => (await awa.open('/demo/sms/')).text.split('vous invite').length - 1;
  const invite = async (phone: string) =>
    await awa.submit(await awa.open(here), '/members/', { phone, name: 'Moussa' });
  expect((await invite('0700')).status).toBe(422);
  expect(await told()).toBe(0);
  expect((await invite('07 08 15 00 77')).text).toContain('un SMS part vers ce numéro');
  expect((await invite('07 08 15 00 77')).status).toBe(409);
  expect(await told()).toBe(1);
  expect((await awa.open('/demo/sms/')).text).toContain('une tontine (Les Étoiles) vous invite');
});

it('ends a code: who still has the link is told so, and a new code is made from the same page', async () => {
  const group = await foundTontine(awa, { name: 'Les Étoiles 08', firstDay: dayAhead(3) });
  const here = `/tontines/${groupIdOf(group)}/members/`;
  const code = invitationCodeOf(await awa.open(here));
  const ended = await awa.submit(await awa.open(here), '/members/', { act: 'withdraw-code', code });
  expect(ended.text).toContain('Ce code n’ouvre plus rien.');
  const page = await awa.open(here);
  expect(page.html).not.toContain(code);
  expect(page.text).toContain('Le dernier code n’est plus valable.');
  await awa.submit(page, '/members/', { act: 'new-code' });
  expect(invitationCodeOf(await awa.open(here))).not.toBe(code);
});
