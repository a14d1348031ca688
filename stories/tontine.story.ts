/**
 * Tells a tontine as its members live it, over HTTP and without a script: founded from a phone, joined by code, paid
 * from wallets and in cash, approved by two officers, received.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { after, DAY_MS } from '../src/ground/clock.ts';
import { readTrialBalance } from '../src/ground/ledger/trial-balance.ts';
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
import { choosePin, memberWithMoney, PIN } from './world/withdrawals.ts';
import { openWorld, type World } from './world/world.ts';

const FIRST = '+2250708110001';
const SECOND = '+2250708110002';
const THIRD = '+2250708110003';

let world: World;
let awa: Visitor;
let yao: Visitor;
let mariam: Visitor;
let stranger: Visitor;
let groupId: string;

function dayAhead(days: number): string {
  return after(world.product.ground.clock.now(), days * DAY_MS)
    .toISOString()
    .slice(0, 10);
}

async function named(visitor: Visitor, name: string): Promise<Visitor> {
  await visitor.submit(await visitor.open('/profile/'), '/profile/name/', { name });
  return visitor;
}

beforeAll(async () => {
  world = await openWorld();
  awa = await named(await memberWithMoney(world, FIRST, '100000'), 'Awa');
  yao = await named(await memberWithMoney(world, SECOND, '100000'), 'Yao');
  mariam = await named(await memberWithMoney(world, THIRD, '100000'), 'Mariam');
  stranger = world.visitor();
  await logInBySms(stranger, '+2250708110009');
}, 120_000);
afterAll(async () => {
  await world.close();
});

const path = (place: string): string => `/tontines/${groupId}/${place}`;

describe('a group of three', () => {
  it('begins with an empty page that says what to do', async () => {
    const page = await awa.open('/tontines/');
    expect(page.text).toContain('Votre première tontine');
    expect(page.linksTo('Fonder une tontine')).toEqual(['/tontines/new/']);
  });

  it('is founded with every date shown before', async () => {
    const group = await foundTontine(awa, { firstDay: dayAhead(3) });
    groupId = groupIdOf(group);
    expect([group.status, group.heading]).toEqual([200, 'Les Étoiles']);
    expect(group.text).toContain('Le groupe se forme');
    // The same form sent again is the same group.
    expect((await awa.open('/tontines/')).linksTo('Les Étoiles')).toHaveLength(1);
  });

  it('lets in whoever has the code, once an officer says yes', async () => {
    const code = invitationCodeOf(await awa.open(path('')));
    await joinTontine(yao, code, awa, groupId);
    await joinTontine(mariam, ` ${code.toLowerCase().slice(0, 5)} ${code.slice(5)}`, awa, groupId).catch(
      async () => await joinTontine(mariam, code, awa, groupId),
    );
    expect((await yao.open(path(''))).heading).toBe('Les Étoiles');
    expect((await mariam.open('/tontines/')).text).toContain('En formation · 3 membres');
    expect((await giveOffice(awa, groupId, 'Yao', 'vice-president')).text).toContain('C’est fait');
    expect((await giveOffice(awa, groupId, 'Mariam', 'treasurer')).text).toContain('C’est fait');
  });

  it('is absent for everybody else, on every page', async () => {
    const places = ['', 'grid/', 'members/', 'pay/', 'cash/', 'approvals/', 'payout/', 'journal/', 'start/'];
    for (const place of places) {
      const page = await stranger.open(path(place));
      expect([place, page.status, page.heading]).toEqual([place, 404, 'Page introuvable']);
    }
    const own = await stranger.open('/tontines/new/');
    const csrf = own.form('/tontines/new/').fields._csrf ?? '';
    const paid = await stranger.post(path('pay/'), { _csrf: csrf, amount: '25000', pin: PIN });
    expect(paid.status).toBe(404);
  });

  it('starts once its order is written, and only for those who may', async () => {
    expect((await yao.open(path('approvals/'))).status).toBe(200);
    expect((await mariam.open(path('start/'))).status).toBe(404);
    const start = await awa.open(path('start/'));
    const saved = await awa.submit(start, '/start/', { look: '1' });
    expect(saved.text).toContain('C’est enregistré');
    expect(saved.text).toContain('75 000 F CFA');
    const started = await awa.submit(saved, '/start/', { start: '1', pin: PIN });
    expect(started.refusals).toEqual([]);
    expect(started.text).toContain('Tour 1 sur 3');
    expect(started.text).toContain('C’est votre tour de recevoir');
  });
});

describe('the first round', () => {
  it('answers a wrong amount beside the field, and keeps what was typed', async () => {
    const wrong: readonly (readonly [string, string])[] = [
      ['-100', 'Le montant ne peut pas être négatif.'],
      ['1e9', 'Écrivez le montant en entier, sans la lettre « e ».'],
      ['"5 000"', 'Ce montant ne se lit pas. Écrivez seulement des chiffres, par exemple 25000.'],
      ['٥٠٠٠', 'Écrivez le montant avec les chiffres 0 à 9.'],
    ];
    for (const [typed, said] of wrong) {
      const page = await yao.submit(await yao.open(path('pay/')), '/pay/', { amount: typed, pin: PIN });
      expect([page.status, page.refusals]).toEqual([422, [said]]);
      expect(page.form('/pay/').html).toContain('id="f-amount-refusal"');
    }
  });

  it('says where the money goes before it is paid, and what is left over', async () => {
    const page = await yao.submit(await yao.open(path('pay/')), '/pay/', { amount: '30 000', look: '1' });
    expect(page.text).toContain('Cagnotte, tour 1');
    expect(page.text).toContain('5 000 F CFA de plus que ce qui est dû');
  });

  it('takes a contribution from a wallet once, however often the form is sent', async () => {
    const form = await yao.open(path('pay/'));
    const receipt = await yao.submit(form, '/pay/', { pin: PIN });
    expect(receipt.heading).toBe('Reçu de cotisation');
    expect(receipt.text).toContain('Cagnotte, tour 1');
    await yao.submit(form, '/pay/', { pin: PIN });
    expect((await yao.open('/wallet/')).text).toContain('73 500 F CFA');
  });

  it('counts cash only when the member has confirmed it', async () => {
    const cash = await mariam.open(path('cash/'));
    const declared = await mariam.submit(cash, '/cash/', {
      member: memberIdOf(cash, 'Awa'),
      amount: '25000',
      pin: PIN,
    });
    expect(declared.refusals).toEqual([]);
    expect((await awa.open(path(''))).text).toContain('25 000 F CFA réunis');
    const [href = ''] = (await mariam.open(path('cash/'))).linksTo('Awa');
    expect((await mariam.open(href)).forms.some((form) => form.html.includes('decision'))).toBe(false);
    const confirmed = await awa.submit(await awa.open(href), '/contributions/', {
      decision: 'confirm',
      pin: PIN,
    });
    expect(confirmed.text).toContain('C’est confirmé');
    expect((await awa.open(path(''))).text).toContain('50 000 F CFA réunis');
  });

  it('lets a keeper pay notes into the pot, once, and never more than is in the box', async () => {
    const form = await mariam.open(path('exchange/'));
    const exchange = async (fields: Readonly<Record<string, string>>) =>
      await mariam.submit(form, '/exchange/', { amount: '5 000', pin: PIN, ...fields });
    expect((await exchange({ amount: '25 001' })).html).toContain('id="f-amount-refusal"');
    expect((await exchange({ pin: '0000' })).html).toContain('id="f-pin-refusal"');
    expect((await stranger.open(path('exchange/'))).status).toBe(404);
    for (const _ of [1, 2]) expect((await exchange({})).text).toContain('caisse, libre 20 000 F CFA');
    expect((await mariam.open('/wallet/')).text).toContain('93 500 F CFA');
    const form_id = form.form('/exchange/').fields.form_id?.replace(/.$/, '0') ?? '';
    const other = { form_id, way: 'bring-notes' };
    expect((await exchange({ ...other, fund: 'fines' })).html).toContain('id="f-fund-refusal"');
    expect((await exchange(other)).text).toContain('Changer les espèces d’une caisse');
  });

  it('pays for another member, and both have the receipt', async () => {
    const look = await yao.open(path('pay/'));
    const mariamId = memberIdOf(look, 'Mariam');
    const receipt = await yao.submit(await yao.open(`${path('pay/')}?for=${mariamId}`), '/pay/', {
      pin: PIN,
    });
    expect(receipt.text).toContain('Payé par Yao');
    expect(receipt.text).toContain('Pour Mariam');
    expect((await mariam.open(receipt.url)).status).toBe(200);
    expect((await mariam.open('/tontines/')).text).toContain('vous êtes à jour');
  });

  it('hands the pot out once two officers agree, and the beneficiary has it in the wallet', async () => {
    const proposed = await mariam.submit(await mariam.open(path('payout/')), '/payout/', {
      act: 'propose',
      pin: PIN,
    });
    expect(proposed.refusals).toEqual([]);
    expect(proposed.text).toContain('En attente des voix');
    const approve = async (visitor: Visitor): Promise<Page> => {
      const [href = ''] = (await visitor.open(path('approvals/'))).linksTo('Verser une cagnotte');
      const request = await visitor.open(href);
      return await visitor.submit(request, '/approvals/', { decision: 'approve', pin: PIN });
    };
    const [own = ''] = (await awa.open(path('approvals/'))).linksTo('Verser une cagnotte');
    expect((await awa.open(own)).text).toContain('votre voix ne compte pas ici');
    await approve(yao);
    await until(
      'the pot is in the wallet',
      async () => ((await awa.open('/wallet/')).text.includes('153 500 F CFA') ? true : undefined),
      { within_ms: 5000, pace_ms: 200, seen: () => 'not yet' },
    );
  });
});

it('keeps the books equal', async () => {
  expect((await readTrialBalance(world.db)).differences).toEqual([]);
});

it('speaks English to whoever asks for it', async () => {
  const page = await yao.open(`${path('')}?lang=en`);
  expect(page.text).toContain('Round 1 of 3');
  expect((await yao.open(path('pay/'))).heading).toBe('Contribute');
  await choosePin(yao, await yao.open('/profile/?lang=fr'), PIN, PIN);
});

describe('a meeting', () => {
  it('takes the roll and cash with one tap, and does not close while a box differs', async () => {
    const here = path('meeting/');
    const { html } = await awa.submit(await awa.open(here), '/meeting/', { act: 'open' });
    expect(html).toContain('Appel et cotisations');
    for (const name of ['Awa', 'Yao', 'Mariam']) {
      const page = await awa.open(here);
      const id = new RegExp(`value="(mem_[0-9a-z]+)"[^>]*>Présent<span class="unseen"> ${name}`).exec(
        page.html,
      )?.[1];
      await awa.submit(page, '/meeting/', { present: id ?? '' });
    }
    expect((await awa.open(here)).text).toContain('3 présents sur 3');
    const decided = await awa.submit(await awa.open(here), '/meeting/', {
      decision: 'La prochaine réunion se tient chez Yao.',
      act: 'decide',
    });
    expect(decided.text).toContain('1 décision');
    const fined = await awa.submit(await awa.open(here), '/meeting/', {
      fine: '-100',
      member: memberIdOf(decided, 'Yao'),
      reason: 'Arrivé une heure après',
      act: 'fine',
    });
    expect(fined.refusals).toEqual(['Le montant ne peut pas être négatif.']);
    await mariam.submit(await mariam.open(here), '/meeting/', { counted: '19 500', act: 'count' });
    const open = await awa.submit(await awa.open(here), '/meeting/', { act: 'close', pin: PIN });
    expect(open.status).toBe(409);
    await mariam.submit(await mariam.open(here), '/meeting/', { counted: '20 000', act: 'count' });
    const closed = await awa.submit(await awa.open(here), '/meeting/', { act: 'close', pin: PIN });
    expect(closed.text).toContain('Réunion fermée');
    const [minutes = ''] = closed.linksTo('Procès-verbal');
    const pdf = await yao.send(minutes);
    expect([pdf.status, pdf.headers['content-type'], pdf.html.slice(0, 5)]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ]);
    expect((await stranger.send(minutes)).status).toBe(404);
  });
});

describe('the by-law', () => {
  it('is changed by a proposal that others must grant, and a wrong amount is answered beside its field', async () => {
    const here = path('rules/');
    const reason = 'Les retards nous coûtent cher';
    const refused = await awa.submit(await awa.open(here), '/rules/', { late_fee: '1e9', reason, pin: PIN });
    expect(refused.refusals).toEqual(['Écrivez le montant en entier, sans la lettre « e ».']);
    const asked = await awa.submit(await awa.open(here), '/rules/', { late_fee: '700', reason, pin: PIN });
    expect(asked.text).toContain('Proposée, pas encore adoptée');
    for (const officer of [yao, mariam]) {
      const [href = ''] = (await officer.open(path('approvals/'))).linksTo('Changer le règlement');
      await officer.submit(await officer.open(href), '/approvals/', { decision: 'approve', pin: PIN });
    }
    expect((await mariam.open(here)).text).toContain('Annoncée, pas encore en vigueur');
    expect((await mariam.open(here)).text).toContain('700 F CFA avant d’avoir reçu');
    // Nobody but the heads is asked to change it.
    expect((await mariam.open(here)).html).not.toContain('name="late_fee"');
  });

  it('of a contribution that was wrong: a correction is asked for, with a reason, and others decide', async () => {
    const [receipt = ''] = (await mariam.open(path('journal/'))).linksTo('Cotisation reçue');
    const page = await mariam.open(receipt);
    const silent = await mariam.submit(page, '/contributions/', {
      reason: '',
      decision: 'correct',
      pin: PIN,
    });
    expect(silent.refusals).toHaveLength(1);
    const asked = await mariam.submit(page, '/contributions/', {
      reason: 'Payée deux fois',
      decision: 'correct',
      pin: PIN,
    });
    expect(asked.text).toContain('La correction est demandée.');
    expect((await yao.open(path('approvals/'))).text).toContain('Corriger une cotisation');
  });
});
