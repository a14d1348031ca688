/**
 * Tells over HTTP how a share is answered for: a member is replaced, another stops paying after their pot, is covered by
 * their caution and their guarantor, and pays the rest.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { after, DAY_MS } from '../src/ground/clock.ts';
import { findLastCycle } from '../src/tontine/cycles/cycle.rows.ts';
import { findGroupFaults } from '../src/tontine/testing/group-books.rows.ts';
import { closeBooks } from './world/close-books.ts';
import type { Page } from './world/page.ts';
import { logInBySms } from './world/people.ts';
import {
  foundTontine,
  giveOffice,
  groupIdOf,
  invitationCodeOf,
  joinTontine,
  memberIdOf,
} from './world/tontines.ts';
import { until } from './world/until.ts';
import type { Visitor } from './world/visitor.ts';
import { memberWithMoney, PIN } from './world/withdrawals.ts';
import { openWorld, type World } from './world/world.ts';

let world: World;
let awa: Visitor;
let yao: Visitor;
let mariam: Visitor;
let fatou: Visitor;
let stranger: Visitor;
let groupId: string;

const path = (place: string): string => `/tontines/${groupId}/${place}`;

async function named(phone: string, amount: string, name: string): Promise<Visitor> {
  const visitor = await memberWithMoney(world, phone, amount);
  await visitor.submit(await visitor.open('/profile/'), '/profile/name/', { name });
  return visitor;
}

/** The choice whose text begins so; as `shr_…`. */
function shareOf(page: Page, name: string): string {
  const id = new RegExp(`value="(shr_[0-9a-z]+)"[^>]*>[^<]*${name}`).exec(page.html)?.[1];
  if (id === undefined) throw new Error(`No share of ${name} on ${page.url}: ${page.text.slice(0, 400)}`);
  return id;
}

async function approve(visitor: Visitor, what: string): Promise<Page> {
  const [href = ''] = (await visitor.open(path('approvals/'))).linksTo(what);
  const answered = await visitor.submit(await visitor.open(href), '/approvals/', {
    decision: 'approve',
    pin: PIN,
  });
  expect([what, answered.refusals]).toEqual([what, []]);
  return answered;
}

async function pay(visitor: Visitor): Promise<void> {
  // A round opens by a job: whoever comes at its very hour may be a moment before it.
  const form = await until('something is due', async () => {
    const page = await visitor.open(path('pay/'));
    return (page.form('/pay/').fields.amount ?? '') === '' ? undefined : page;
  });
  const paid = await visitor.submit(form, '/pay/', { pin: PIN });
  expect([paid.heading, paid.refusals]).toEqual(['Reçu de cotisation', []]);
}

/** Day by day, as people look in: who stays away for long has to log in again. */
async function pass(days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    await world.letPass(DAY_MS);
    for (const one of [awa, yao, mariam, fatou]) await one.open('/profile/');
  }
}

async function wallet(visitor: Visitor): Promise<string> {
  return (await visitor.open('/wallet/')).text;
}

beforeAll(async () => {
  world = await openWorld();
  awa = await named('+2250708130001', '100000', 'Awa');
  yao = await named('+2250708130002', '80000', 'Yao');
  mariam = await named('+2250708130003', '100000', 'Mariam');
  fatou = await named('+2250708130004', '200000', 'Fatou');
  stranger = world.visitor();
  await logInBySms(stranger, '+2250708130009');
  const firstDay = after(world.product.ground.clock.now(), 2 * DAY_MS)
    .toISOString()
    .slice(0, 10);
  const group = await foundTontine(awa, {
    firstDay,
    more: { rhythm: 'weekly', guarantee: '10000', shortfall: 'pay-what-is-there' },
  });
  groupId = groupIdOf(group);
  const code = invitationCodeOf(group);
  for (const one of [yao, mariam]) await joinTontine(one, code, awa, groupId);
  await giveOffice(awa, groupId, 'Yao', 'vice-president');
  await giveOffice(awa, groupId, 'Mariam', 'treasurer');
  const saved = await awa.submit(await awa.open(path('start/')), '/start/', { look: '1' });
  const started = await awa.submit(saved, '/start/', { start: '1', pin: PIN });
  expect(started.text).toContain('Tour 1 sur 3');
  await joinTontine(fatou, code, awa, groupId);
  for (const one of [awa, yao, mariam]) await pay(one);
}, 120_000);
afterAll(async () => {
  await world.close();
});

describe('a member who is replaced', () => {
  it('is seen with the price before anything is written, and refused beside the field', async () => {
    const here = path('replace/');
    const form = await awa.open(here);
    const share = shareOf(form, 'Mariam');
    const same = await awa.submit(form, '/replace/', { share, to: memberIdOf(form, 'Mariam'), pin: PIN });
    expect(same.refusals).toEqual(['Cette personne est déjà titulaire de la part.']);
    const looked = await awa.submit(form, '/replace/', { share, to: memberIdOf(form, 'Fatou'), look: '1' });
    expect(looked.text).toContain('25 000 F CFA');
    const asked = await awa.submit(looked, '/replace/', { act: 'propose', pin: PIN });
    expect([asked.heading, asked.refusals]).toEqual(['Remplacement proposé', []]);
    expect(asked.text).toContain('Les deux personnes doivent répondre');
    // The same form sent again is the same proposal.
    expect((await awa.submit(looked, '/replace/', { act: 'propose', pin: PIN })).url).toBe(asked.url);
    // Neither those who propose nor whoever is no member answers.
    expect(asked.html).not.toContain('value="take"');
    for (const place of ['replace/', 'guarantee/', 'default/', asked.url]) {
      expect((await stranger.open(place.startsWith('/') ? place : path(place))).status).toBe(404);
    }
  });

  it('gives the share away, the newcomer takes it with the PIN, and officers agree', async () => {
    const [href = ''] = (await fatou.open(path('replace/'))).linksTo('Mariam → Fatou');
    const wrong = await fatou.submit(await fatou.open(href), '/replace/', { act: 'take', pin: '9999' });
    expect([wrong.status, wrong.refusals.length]).toEqual([403, 1]);
    await fatou.submit(await fatou.open(href), '/replace/', { act: 'take', pin: PIN });
    const both = await mariam.submit(await mariam.open(href), '/replace/', { act: 'give', pin: PIN });
    expect(both.text).toContain('Le bureau décide');
    expect(await wallet(fatou)).toContain('197 000 F CFA');
    for (const officer of [awa, yao]) await approve(officer, 'Remplacer un membre');
    expect((await fatou.open(href)).heading).toBe('Part reprise');
    expect(await wallet(fatou)).toContain('172 000 F CFA');
    // 98 500, less the caution and the first round, and what the share had paid comes back.
    expect(await wallet(mariam)).toContain('88 500 F CFA');
    expect((await fatou.open(path(''))).text).toMatch(/Tour 3, .* vous recevrez 75 000 F CFA/);
  });
});

describe('a member who stops paying after the pot', () => {
  it('has a guarantor, who saw what it may cost', async () => {
    const looked = await yao.submit(await yao.open(path('guarantee/')), '/guarantee/', {
      share: shareOf(await yao.open(path('guarantee/')), 'Awa'),
      look: '1',
    });
    expect(looked.text).toContain('50 000 F CFA');
    const signed = await yao.submit(looked, '/guarantee/', { act: 'sign', pin: PIN });
    expect([signed.refusals, signed.text]).toEqual([[], expect.stringContaining('Yao pour Awa')]);
  });

  it('is declared with the debt shown before, and covered in the order of the by-law', async () => {
    await mariam.submit(await mariam.open(path('payout/')), '/payout/', { act: 'propose', pin: PIN });
    for (const one of [yao, fatou]) await approve(one, 'Verser une cagnotte');
    expect(await wallet(awa)).toContain('138 500 F CFA');
    await pass(8);
    for (const one of [yao, fatou]) await pay(one);
    expect((await mariam.open(path('default/'))).text).toContain('il n’y a rien à déclarer');
    await pass(5);
    const form = await until(
      'the second round is closed',
      async () => {
        const page = await mariam.open(path('default/'));
        return page.html.includes('value="shr_') ? page : undefined;
      },
      { within_ms: 5000, pace_ms: 100, seen: () => 'nobody is late' },
    );
    const looked = await mariam.submit(form, '/default/', { share: shareOf(form, 'Awa'), look: '1' });
    expect(looked.text).toContain('50 000 F CFA');
    expect(looked.text).toContain('Sa caution : au plus 10 000 F CFA');
    // Whom, and never how much they own.
    expect(looked.text).toContain('Ses garants : Yao : ce que contient leur portefeuille');
    const silent = await mariam.submit(looked, '/default/', { reason: '', act: 'declare', pin: PIN });
    expect(silent.refusals).toHaveLength(1);
    const reason = 'Ne répond plus';
    const declared = await mariam.submit(looked, '/default/', { reason, act: 'declare', pin: PIN });
    expect(declared.text).toContain('Le bureau décide de la couverture');
    for (const one of [yao, fatou]) await approve(one, 'Couvrir un défaut');
    const covered = await fatou.open(path('default/'));
    expect(covered.text).toContain('Couverture accordée');
    expect(covered.text).toContain('Sa caution 10 000 F CFA');
    expect(covered.text).toContain('Yao, garant 18 800 F CFA');
    expect(covered.text).toContain('Reste à payer 21 200 F CFA');
  });

  it('pays the rest, and nothing more is missing', async () => {
    await pass(3);
    await pay(awa);
    const paid = await awa.open(path('default/'));
    expect(paid.text).toContain('Tout est payé');
    expect(paid.text).toContain('Payé par le défaillant 21 200 F CFA');
  });
});

it('keeps the next of kin that a member names, and hides them from everybody else', async () => {
  const [own = ''] = (await fatou.open(path('members/'))).linksTo('Fatou');
  const wrong = await fatou.submit(await fatou.open(`${own}kin/`), '/kin/', {
    name: 'Issa Diallo',
    phone: '12',
    pin: PIN,
  });
  expect(wrong.refusals).toHaveLength(1);
  const named = await fatou.submit(await fatou.open(`${own}kin/`), '/kin/', {
    name: 'Issa Diallo',
    phone: '',
    pin: PIN,
  });
  expect(named.text).toContain('Issa Diallo');
  expect((await yao.open(own)).text).not.toContain('Issa Diallo');
  expect((await yao.open(`${own}kin/`)).status).toBe(404);
});

it('keeps the books equal', async () => {
  const cycle = await findLastCycle(world.db, groupId);
  expect(await findGroupFaults(world.db, { groupId, cycleId: cycle?.id ?? '' })).toEqual([]);
  await closeBooks(world.db, world.books);
});
