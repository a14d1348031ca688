/**
 * Tells every "no" of the recharge: each is clear, in the person’s language, and loses nothing.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBooks } from './world/close-books.ts';
import { fillTopUp, logInBySms, paymentIdOf, readCode, topUp } from './world/people.ts';
import { until } from './world/until.ts';
import type { Visitor } from './world/visitor.ts';
import { openWorld, type World } from './world/world.ts';

let world: World;
let awa: Visitor;
const AWA = '+2250707510001';

beforeAll(async () => {
  world = await openWorld();
  awa = world.visitor();
  await logInBySms(awa, AWA);
});
afterAll(async () => {
  // The provider's books are the witness, so what it paid must have been told and written down before they are compared.
  await until('everything asked was sent, and everything paid is settled', async () => await isAtRest(), {
    within_ms: 60_000,
  });
  await closeBooks(world.db, world.books);
  await world.close();
});

/** A payment that its payer never confirmed may stay open; one that the provider has paid may not. */
async function isAtRest(): Promise<boolean> {
  const payments = await world.db.selectFrom('payments').select(['state', 'provider_reference']).execute();
  if (payments.some(({ state }) => state === 'created' || state === 'submitting')) return false;
  const settled = payments.filter(({ state }) => state === 'succeeded').length;
  return settled === world.books.list().filter(({ state }) => state === 'success').length;
}

async function countPayments(): Promise<number> {
  return (await world.db.selectFrom('payments').select('id').execute()).length;
}

describe('an amount that cannot be recharged', () => {
  it.each([
    ['-100', 'Le montant ne peut pas être négatif.', 'The amount cannot be negative.'],
    [
      '1e9',
      'Écrivez le montant en entier, sans la lettre « e ».',
      'Write the amount in full, without the letter "e".',
    ],
    [
      '25,5',
      'Le franc n’a pas de centimes. Écrivez un nombre entier, par exemple 25000.',
      'The franc has no cents.',
    ],
    ['25.000', 'Écrivez le montant sans point ni virgule', 'Write the amount without point or comma'],
    ['٢٥٠٠٠', 'Écrivez le montant avec les chiffres 0 à 9.', 'Write the amount with the digits 0 to 9.'],
    ['   ', 'Indiquez un montant.', 'Enter an amount.'],
    ['0', 'Le montant doit être supérieur à zéro.', 'The amount must be above zero.'],
    ['50', 'Le montant minimum est de 100 F CFA.', 'The smallest amount is 100 F CFA.'],
    ['2000001', 'Le montant maximum est de 2 000 000 F CFA.', 'The largest amount is 2,000,000 F CFA.'],
    ['9'.repeat(20), 'Ce montant est trop long.', 'This amount is too long.'],
    ['vingt mille', 'Ce montant ne se lit pas.', 'This amount cannot be read.'],
    ['2 50 00', 'Les espaces sont mal placés.', 'The spaces are misplaced.'],
  ])('%j is refused beside the field, in both languages', async (amount, fr, en) => {
    const wish = { phone: AWA, method: 'wave', amount };
    const french = await fillTopUp(awa, wish);
    expect(french.status).toBe(422);
    expect(french.refusals[0]).toContain(fr);
    const form = await awa.open('/wallet/topup/?lang=en');
    const english = await awa.submit(form, '/wallet/topup/', wish);
    expect(english.refusals[0]).toContain(en);
    await awa.open('/wallet/topup/?lang=fr');
    expect(await countPayments()).toBe(0);
  });

  it('gives back what was typed, so that nothing is typed twice', async () => {
    const page = await fillTopUp(awa, { phone: '05 05 51 00 02', method: 'moov_money', amount: '25,5' });
    const { fields } = page.form('/wallet/topup/', 'amount');
    expect(fields).toMatchObject({ phone: '05 05 51 00 02', amount: '25,5' });
  });
});

describe('a form that does not fit', () => {
  it.each([
    [
      'a number of another currency',
      { phone: '+237677510001', method: 'mtn_money', amount: '5000' },
      'autre monnaie',
    ],
    [
      'a method of another country',
      { phone: '+221775100012', method: 'moov_money', amount: '5000' },
      'n’est pas disponible',
    ],
    [
      'a method that does not exist',
      { phone: AWA, method: 'cowries', amount: '5000' },
      'n’est pas disponible',
    ],
    ['a number that is none', { phone: '12', method: 'wave', amount: '5000' }, ''],
    ['an empty number', { phone: '', method: 'wave', amount: '5000' }, ''],
    ['a number outside the nine countries', { phone: '+33612345678', method: 'wave', amount: '5000' }, ''],
  ])('%s', async (_name, wish, says) => {
    const page = await fillTopUp(awa, wish);
    expect(page.status).toBeGreaterThanOrEqual(400);
    expect(page.status).toBeLessThan(600);
    expect(page.refusals).toHaveLength(1);
    expect(page.text).toContain(says);
    expect(await countPayments()).toBe(0);
  });

  it('carries a field twice: neither is believed', async () => {
    const form = (await awa.open('/wallet/topup/')).form('/wallet/topup/', 'amount');
    const { _csrf: token = '', payment_id: id = '' } = form.fields;
    const page = await awa.post('/wallet/topup/confirm/', [
      ['_csrf', token],
      ['payment_id', id],
      ['phone', AWA],
      ['method', 'wave'],
      ['amount', '5000'],
      ['amount', '1'],
    ]);
    expect(page.status).toBe(422);
    expect(page.refusals).toEqual(['Indiquez un montant.']);
  });

  it('is a megabyte long: a clear page instead of a crash', async () => {
    const { _csrf: token = '' } = (await awa.open('/wallet/topup/')).form('/wallet/topup/', 'amount').fields;
    const page = await awa.post('/wallet/topup/', { _csrf: token, amount: '1'.repeat(1024 * 1024) });
    expect(page.status).toBe(413);
    expect(page.heading).not.toBe('');
    expect(page.text).toContain('Numéro à donner si vous nous écrivez');
  });

  it('was made with an id that no form of ours has', async () => {
    const confirmation = await fillTopUp(awa, { phone: AWA, method: 'wave', amount: '5000' });
    const page = await awa.submit(confirmation, '/confirm/', {
      payment_id: 'pay_00000000000000000000000000',
    });
    expect(page.text).toContain('Ce formulaire est trop ancien.');
    expect(await countPayments()).toBe(0);
  });

  it('would fill the wallet of somebody whom we do not know yet above its limit', async () => {
    const rich = world.visitor();
    await logInBySms(rich, '+2250707510020');
    await topUp(rich, { phone: '+2250707510020', method: 'wave', amount: '150000' });
    const page = await topUpPage(rich, { phone: '+2250707510021', method: 'wave', amount: '60000' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('Votre portefeuille peut contenir au plus 200 000 F CFA.');
  });

  it('would be the fourth request to one phone in ten minutes', async () => {
    const keen = world.visitor();
    await logInBySms(keen, '+2250707510030');
    const wish = { phone: '+2250707510030', method: 'wave', amount: '500' };
    for (let time = 1; time <= 3; time++) await topUp(keen, wish);
    const page = await topUpPage(keen, wish);
    expect(page.status).toBe(429);
    expect(page.text).toContain('trois demandes en dix minutes');
  });

  async function topUpPage(visitor: Visitor, wish: { phone: string; method: string; amount: string }) {
    return await visitor.submit(await fillTopUp(visitor, wish), '/confirm/', {});
  }
});

describe('the same form again', () => {
  it('twice is one payment, and the second answer is the first', async () => {
    const confirmation = await fillTopUp(awa, { phone: AWA, method: 'wave', amount: '5000' });
    const before = await countPayments();
    const first = await awa.submit(confirmation, '/confirm/');
    const second = await awa.submit(confirmation, '/confirm/');
    expect(second.url).toBe(first.url);
    expect(await countPayments()).toBe(before + 1);
  });

  it('fifty times at once is one payment', async () => {
    const confirmation = await fillTopUp(awa, { phone: '+2250707510001', method: 'wave', amount: '700' });
    const before = await countPayments();
    const answers = await Promise.all(
      Array.from({ length: 50 }, async () => await awa.submitOnly(confirmation, '/confirm/')),
    );
    expect(new Set(answers.map((page) => page.status))).toEqual(new Set([303]));
    expect(new Set(answers.map((page) => page.location)).size).toBe(1);
    expect(await countPayments()).toBe(before + 1);
    const [{ id } = { id: '' }] = await world.db
      .selectFrom('payments')
      .select('id')
      .orderBy('id', 'desc')
      .limit(1)
      .execute();
    const commands = await world.db
      .selectFrom('provider_commands')
      .select('id')
      .where('payment_id', '=', id)
      .execute();
    expect(commands).toHaveLength(1);
  });

  it('with another amount is another wish: refused, nothing changes', async () => {
    const confirmation = await fillTopUp(awa, { phone: '+2250707510040', method: 'wave', amount: '5000' });
    await awa.submit(confirmation, '/confirm/');
    const changed = await awa.submit(confirmation, '/confirm/', { amount: '6000' });
    expect(changed.status).toBe(409);
  });
});

describe('somebody else', () => {
  it('finds nothing under another member’s ids, on any page', async () => {
    const waiting = await topUp(awa, { phone: '+2250707510041', method: 'orange_money', amount: '5000' });
    const id = paymentIdOf(waiting);
    const thief = world.visitor();
    await logInBySms(thief, '+2250707510050');
    const own = await topUp(thief, { phone: '+2250707510050', method: 'orange_money', amount: '5000' });
    for (const path of [
      `/wallet/topup/${id}/`,
      `/wallet/history/${id}/`,
      `/wallet/history/${id}/receipt.pdf`,
    ]) {
      const page = await thief.open(path);
      expect(page.status, path).toBe(404);
      expect(page.text).toContain('ne vous appartient pas');
    }
    const { fields } = own.form('/otp/', 'otp');
    expect((await thief.post(`/wallet/topup/${id}/otp/`, { ...fields, otp: '123456' })).status).toBe(404);
    expect((await awa.open(waiting.url)).heading).toBe('Tapez votre code de paiement');
  });

  it('cannot use another member’s form id', async () => {
    const confirmation = await fillTopUp(awa, { phone: '+2250707510042', method: 'wave', amount: '5000' });
    const { payment_id: id = '' } = confirmation.form('/confirm/', 'payment_id').fields;
    await awa.submit(confirmation, '/confirm/');
    const thief = world.visitor();
    await logInBySms(thief, '+2250707510051');
    const theirs = await fillTopUp(thief, { phone: '+2250707510051', method: 'wave', amount: '5000' });
    const page = await thief.submit(theirs, '/confirm/', { payment_id: id });
    expect(page.status).toBe(409);
    expect(page.text).toContain('Ce formulaire a déjà servi.');
  });

  it('who is not logged in is sent to the login, and comes back after', async () => {
    const stranger = world.visitor();
    for (const path of ['/wallet/', '/wallet/topup/', '/wallet/history/', '/profile/']) {
      const answer = await stranger.send(path);
      expect(answer.status).toBe(302);
      expect(answer.location).toBe(`/login/?next=${encodeURIComponent(path)}`);
    }
    const login = await stranger.open('/wallet/history/');
    const codePage = await stranger.submit(login, '/login/', { phone: '+2250707510052', way: 'sms' });
    const code = await readCode(stranger, '+2250707510052');
    const entered = await stranger.submit(codePage, '/login/code/', { code });
    expect(entered.url).toBe(`${world.url}/wallet/history/`);
  });

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/%5cevil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
  ])('cannot lead a login to %s', async (next) => {
    const stranger = world.visitor();
    const login = await stranger.open(`/login/?next=${encodeURIComponent(next)}`);
    const pinPage = await stranger.submit(login, '/login/', { phone: '+2250707070707', way: 'pin' });
    const entered = await stranger.submitOnly(pinPage, '/login/pin/', { pin: '4826' });
    expect(entered.status).toBe(303);
    expect(new URL(entered.location, world.url).origin).toBe(new URL(world.url).origin);
  });

  it('cannot send a form that was not drawn for them', async () => {
    const fields = { phone: AWA, method: 'wave', amount: '5000' };
    for (const token of [
      undefined,
      '',
      'forged',
      (await world.visitor().open('/login/')).form('/login/').fields._csrf,
    ]) {
      const page = await awa.post('/wallet/topup/', {
        ...fields,
        ...(token === undefined ? {} : { _csrf: token }),
      });
      expect(page.status).toBe(403);
      expect(page.text).toContain('la page est restée ouverte trop longtemps');
    }
  });
});
