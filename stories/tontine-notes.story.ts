/**
 * Tells over HTTP how notes leave a box: help in notes for somebody without a phone and for somebody with one, notes that
 * go to another box, and the box of a keeper who died. The by-law shows each member only their own amounts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { after, DAY_MS } from '../src/ground/clock.ts';
import type { AccountId } from '../src/ground/ledger/account.ts';
import { readBalance } from '../src/ground/ledger/balance.ts';
import { findLastCycle } from '../src/tontine/cycles/cycle.rows.ts';
import { listMembers } from '../src/tontine/members/membership.rows.ts';
import type { Membership } from '../src/tontine/members/membership.ts';
import { boxAccount, fundAccount } from '../src/tontine/rounds/funds.ts';
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
import type { Visitor } from './world/visitor.ts';
import { choosePin, PIN } from './world/withdrawals.ts';
import { openWorld, type World } from './world/world.ts';

let world: World;
let awa: Visitor;
let yao: Visitor;
let mariam: Visitor;
let fatou: Visitor;
let stranger: Visitor;
let groupId: string;
/** Of the group, while all of them are there. */
let people: readonly Membership[];

const path = (place: string): string => `/tontines/${groupId}/${place}`;

function dayAhead(days: number): string {
  return after(world.product.ground.clock.now(), days * DAY_MS)
    .toISOString()
    .slice(0, 10);
}

async function named(phone: string, name: string): Promise<Visitor> {
  const visitor = world.visitor();
  await logInBySms(visitor, phone);
  await choosePin(visitor, await visitor.open('/profile/'), PIN);
  await visitor.submit(await visitor.open('/profile/'), '/profile/name/', { name });
  return visitor;
}

function member(name: string): Membership {
  const found = people.find((one) => one.displayName === name);
  if (found === undefined) throw new Error(`${name} is no member`);
  return found;
}

async function box(name: string): Promise<bigint> {
  return await inBooks(boxAccount(groupId, member(name).personId ?? '', 'XOF'));
}

async function solidarity(): Promise<bigint> {
  return await inBooks(fundAccount({ groupId, cycleId: groupId, currency: 'XOF' }, 'solidarity', 'cash'));
}

const inBooks = async (account: AccountId): Promise<bigint> =>
  (await readBalance(world.db, account))?.posted ?? 0n;

async function faults(): Promise<string[]> {
  const cycle = await findLastCycle(world.db, groupId);
  return await findGroupFaults(world.db, { groupId, cycleId: cycle?.id ?? '' });
}

/** Mariam takes the due of one round in notes; whoever can answers for it. */
async function payInNotes(name: string, witness: Visitor): Promise<void> {
  const cash = await mariam.open(path('cash/'));
  const typed = { member: memberIdOf(cash, name), amount: '26 000', pin: PIN };
  expect((await mariam.submit(cash, '/cash/', typed)).refusals).toEqual([]);
  const [href = ''] = (await mariam.open(path('cash/'))).linksTo(name);
  const yes = { decision: 'confirm', pin: PIN };
  const confirmed = await witness.submit(await witness.open(href), '/contributions/', yes);
  expect(confirmed.text).toContain('C’est confirmé');
}

/** The officers ask for help for a member and grant it; the fund has notes alone. */
async function grantHelp(name: string, about: string): Promise<void> {
  const form = await awa.open(path('aid/'));
  const event = { event: 'birth', about, happened_on: dayAhead(0), proof: 'acte n° 12' };
  const asked = await awa.submit(form, '/aid/', { ...event, for: memberIdOf(form, name) });
  expect([asked.refusals, asked.text]).toEqual([[], expect.stringContaining(`${name} · Naissance`)]);
  for (const officer of [yao, mariam]) {
    const [href = ''] = (await officer.open(path('approvals/'))).linksTo('la vôtre est attendue');
    const request = await officer.open(href);
    expect(request.text).toContain(`Naissance · ${about} · acte n° 12`);
    await officer.submit(request, '/approvals/', { decision: 'approve', pin: PIN });
  }
}

/** The page of the line in which this stands. */
async function noteOf(visitor: Visitor, words: string): Promise<Page> {
  const list = await visitor.open(path('notes/'));
  const [href] = list.linksTo(words);
  if (href === undefined) throw new Error(`No line of ${words}: ${list.text.slice(0, 600)}`);
  return await visitor.open(href);
}

const say = async (visitor: Visitor, page: Page, act: string, pin = PIN): Promise<Page> =>
  await visitor.submit(page, '/notes/', { act, pin });

beforeAll(async () => {
  world = await openWorld();
  awa = await named('+2250708140001', 'Awa');
  yao = await named('+2250708140002', 'Yao');
  mariam = await named('+2250708140003', 'Mariam');
  fatou = await named('+2250708140004', 'Fatou');
  stranger = await named('+2250708140009', 'Salif');
  const rules = { solidarity: '1000', aid_birth: '1000', months_birth: '0', visibility: 'own-and-totals' };
  const group = await foundTontine(awa, { firstDay: dayAhead(2), shares: '5', more: rules });
  groupId = groupIdOf(group);
  const code = invitationCodeOf(group);
  for (const one of [yao, mariam, fatou]) await joinTontine(one, code, awa, groupId);
  await awa.submit(await awa.open(path('members/')), '/members/', { name: 'Koffi', phone: '' });
  await giveOffice(awa, groupId, 'Yao', 'vice-president');
  await giveOffice(awa, groupId, 'Mariam', 'treasurer');
  const saved = await awa.submit(await awa.open(path('start/')), '/start/', { look: '1' });
  const started = await awa.submit(saved, '/start/', { start: '1', pin: PIN });
  expect(started.text).toContain('Tour 1 sur 5');
  people = await listMembers(world.db, groupId);
  await payInNotes('Koffi', yao);
  await payInNotes('Fatou', fatou);
  await grantHelp('Koffi', 'Son fils');
  await grantHelp('Fatou', 'Sa fille');
}, 120_000);
afterAll(async () => await world.close());

describe('notes for a member', () => {
  it('are seen by officers, and by each member their own', async () => {
    expect((await mariam.open(path(''))).text).toContain('Espèces à remettre 2');
    const seen = await mariam.open(path('notes/'));
    expect(seen.text).toContain('Koffi Aide de solidarité · à remettre vous pouvez les remettre 1 000 F CFA');
    expect(seen.text).toContain('Caisse de Mariam 52 000 F CFA');
    const own = await fatou.open(path('notes/'));
    expect(own.text).toContain('Fatou Aide de solidarité');
    expect(own.text).not.toContain('Koffi');
    expect(own.text).not.toContain('Caisse de Mariam');
    const [hidden = ''] = seen.linksTo('Koffi');
    expect((await fatou.open(hidden)).status).toBe(404);
    for (const place of [path('notes/'), hidden]) expect((await stranger.open(place)).status).toBe(404);
    const waits = await noteOf(fatou, 'Fatou');
    expect(waits.text).toContain('Une personne du bureau qui tient une caisse doit les remettre.');
    expect(waits.html).not.toContain('name="pin"');
    expect((await noteOf(yao, 'Koffi')).text).toContain('libres : 0 F CFA. Ce n’est pas assez');
  });

  it('are absent under another group, and under an id that never was', async () => {
    const other = groupIdOf(await foundTontine(stranger, { firstDay: dayAhead(2) }));
    const { url } = await noteOf(mariam, 'Koffi');
    const id = /(hnd_\w+)/.exec(url)?.[1] ?? '';
    for (const wrong of [id, id.replace('hnd', 'hov'), 'hnd_1', 'x']) {
      expect((await stranger.open(`/tontines/${other}/notes/${wrong}/`)).status).toBe(404);
    }
    expect((await mariam.open(url.replace(/.{4}\/$/, '0000/'))).status).toBe(404);
    const form = await stranger.open(`/tontines/${other}/members/`);
    const csrf = form.form('/members/').fields._csrf ?? '';
    const posted = await stranger.post(url, { _csrf: csrf, act: 'hand-over', pin: PIN });
    expect(posted.status).toBe(404);
  });

  it('without a phone: a keeper hands over, a second officer confirms, and box and fund move once', async () => {
    const page = await noteOf(mariam, 'Koffi');
    const wrong = await say(mariam, page, 'hand-over', '0000');
    expect([wrong.status, wrong.html.includes('id="f-pin-refusal"')]).toEqual([403, true]);
    expect((await noteOf(mariam, 'Koffi')).html).toContain('value="hand-over"');
    for (const _ of [1, 2]) {
      const said = await say(mariam, page, 'hand-over');
      expect(said.text).toContain('C’est inscrit. La confirmation est attendue.');
    }
    const own = await noteOf(mariam, 'Koffi');
    expect(own.text).toContain('Koffi ne peut pas répondre ici : une deuxième personne du bureau');
    const tooEarly = await noteOf(yao, 'Koffi');
    expect((await say(mariam, own, 'take-back')).text).toContain('C’est inscrit : ces espèces sont encore');
    expect((await say(yao, tooEarly, 'confirm-handover')).html).toContain(
      'déjà confirmée ou n’a pas été annoncée',
    );
    await say(mariam, await noteOf(mariam, 'Koffi'), 'hand-over');
    expect([await box('Mariam'), await solidarity()]).toEqual([52_000n, 2_000n]);
    const asked = await noteOf(yao, 'Koffi');
    for (const _ of [1, 2])
      expect((await say(yao, asked, 'confirm-handover')).text).toContain('C’est confirmé');
    expect([await box('Mariam'), await solidarity()]).toEqual([51_000n, 1_000n]);
    expect((await yao.open(asked.url)).text).toContain('Remis et confirmé');
    expect((await yao.open(path('notes/'))).text).not.toContain('Koffi');
    expect((await yao.open(path('journal/'))).text).toContain('Koffi · 1 000 F CFA');
    expect((await fatou.open(path('journal/'))).text).not.toContain('Koffi · 1 000 F CFA');
  });

  it('with a phone: the notice leads to the line, and nobody else is asked', async () => {
    await say(mariam, await noteOf(mariam, 'Fatou'), 'hand-over');
    expect((await noteOf(yao, 'Fatou')).text).toContain('Fatou doit dire si ces espèces sont arrivées.');
    const [href = ''] = (await fatou.open(path(''))).linksTo('Espèces à confirmer');
    const page = await fatou.open(href);
    expect(page.text).toContain('Mariam dit vous avoir remis ces espèces.');
    expect((await say(fatou, page, 'yes')).status).toBe(404);
    expect((await say(fatou, page, 'take-back')).text).toContain('ces espèces sont encore dans la caisse');
    await say(mariam, await noteOf(mariam, 'Fatou'), 'hand-over');
    expect((await say(fatou, page, 'confirm-handover')).text).toContain('C’est confirmé');
    expect([await box('Mariam'), await solidarity()]).toEqual([50_000n, 0n]);
    expect(await faults()).toEqual([]);
  });
});

describe('notes for another box', () => {
  it('answer a wrong amount beside the field, and a wrong PIN moves nothing', async () => {
    const wrong: readonly (readonly [string, string])[] = [
      ['-100', 'Le montant ne peut pas être négatif.'],
      ['1e9', 'Écrivez le montant en entier, sans la lettre « e ».'],
      ['٥٠٠٠', 'Écrivez le montant avec les chiffres 0 à 9.'],
      ['50 001', 'La caisse ne contient pas autant.'],
    ];
    const form = await mariam.open(path('notes/'));
    expect(form.text).toContain('Au plus 50 000 F CFA.');
    for (const [amount, said] of wrong) {
      const page = await mariam.submit(form, '/notes/', { amount, to: memberIdOf(form, 'Yao'), pin: PIN });
      expect([amount, page.refusals]).toEqual([amount, [said]]);
      expect(page.form('/notes/').fields.amount).toBe(amount);
    }
    const fields = { amount: '20 000', to: memberIdOf(form, 'Yao') };
    const unproven = await mariam.submit(form, '/notes/', { ...fields, pin: '0000' });
    expect(unproven.html).toContain('id="f-pin-refusal"');
    expect(unproven.text).not.toContain('D’une caisse à l’autre');
    const self = await mariam.submit(form, '/notes/', { ...fields, to: member('Mariam').id, pin: PIN });
    expect(self.html).toContain('id="f-to-refusal"');
    expect((await fatou.open(path('notes/'))).html).not.toContain('name="amount"');
  });

  it('are one handover however often the form is sent, and stay where they are when the other says no', async () => {
    const form = await mariam.open(path('notes/'));
    const fields = { amount: '20 000', to: memberIdOf(form, 'Yao'), pin: PIN };
    for (const _ of [1, 2]) await mariam.submit(form, '/notes/', fields);
    const list = await mariam.open(path('notes/'));
    expect(list.linksTo('Mariam → Yao')).toHaveLength(1);
    expect(list.text).toContain('dont 30 000 F CFA libres');
    const changed = await mariam.submit(form, '/notes/', { ...fields, amount: '10 000' });
    expect(changed.status).toBe(409);
    expect((await noteOf(awa, 'Mariam → Yao')).html).not.toContain('name="pin"');
    expect((await say(yao, await noteOf(yao, 'Mariam → Yao'), 'no')).text).toContain('ne sont pas arrivées');
    expect([await box('Mariam'), await box('Yao')]).toEqual([50_000n, 0n]);
  });

  it('move when the other says yes, once', async () => {
    const form = await mariam.open(path('notes/'));
    const fields = { amount: '20 000', to: memberIdOf(form, 'Awa'), pin: PIN };
    await mariam.submit(form, '/notes/', fields);
    const page = await noteOf(awa, 'Mariam → Awa');
    for (const _ of [1, 2]) expect((await say(awa, page, 'yes')).text).toContain('C’est confirmé');
    expect((await awa.open(page.url)).text).toContain('Remis et confirmé');
    expect([await box('Mariam'), await box('Awa')]).toEqual([30_000n, 20_000n]);
    expect(await faults()).toEqual([]);
  });

  it('of a keeper who died are given by another one, and a third one has them', async () => {
    const [href = ''] = (await awa.open(path('members/'))).linksTo('Mariam');
    const death = { act: 'record-death', reason: 'acte de décès 12', pin: PIN };
    const recorded = await awa.submit(await awa.open(href), '/members/', death);
    expect(recorded.refusals).toEqual([]);
    const form = await awa.open(path('notes/'));
    expect(form.text).toContain('Décédé : une autre personne du bureau remet ces espèces.');
    expect(form.html).not.toContain(`value="${member('Awa').id}">Awa<`);
    const from = member('Mariam').id;
    const fields = { from, to: memberIdOf(form, 'Yao'), amount: '30 000', pin: PIN };
    const given = await awa.submit(form, '/notes/', fields);
    expect(given.text).toContain('C’est inscrit. La confirmation est attendue.');
    await say(yao, await noteOf(yao, 'Mariam → Yao'), 'yes');
    expect([await box('Mariam'), await box('Yao'), await box('Awa')]).toEqual([0n, 30_000n, 20_000n]);
    expect((await yao.open(path('notes/'))).text).not.toContain('Décédé');
  });
});

it('speaks English to whoever asks for it', async () => {
  const page = await yao.open(`${path('notes/')}?lang=en`);
  expect([page.heading, page.status]).toEqual(['Cash to hand over', 200]);
});

it('keeps the books equal', async () => {
  expect(await faults()).toEqual([]);
  await closeBooks(world.db, world.books);
});
