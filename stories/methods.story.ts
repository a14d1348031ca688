/**
 * Tells how a deposit goes by every method, in seven countries, and through everything that a real rail does wrong.
 *
 * All payments share one product and one provider, as on a busy evening; at the end the books of both must agree.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../src/ground/clock.ts';
import { closeBooks } from './world/close-books.ts';
import type { Page } from './world/page.ts';
import { decideOnPhone, drawOtp, logInBySms, paymentIdOf, topUp, waitFor } from './world/people.ts';
import { until } from './world/until.ts';
import type { Visitor } from './world/visitor.ts';
import { memberWithMoney, withdraw } from './world/withdrawals.ts';
import { openWorld, type World } from './world/world.ts';

vi.setConfig({ maxConcurrency: 12 });

const SUCCESS = 'Recharge réussie';
const FAILURE = 'Recharge non aboutie';
const REVIEW = 'Recharge en examen';
const DOUBT = 'Nous vérifions';
const APPROVAL = 'Validez sur votre téléphone';
const TOO_LATE = 'Délai dépassé';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => await world.close());

/** Somebody whose own number is `phone`, logged in. */
async function member(phone: string): Promise<Visitor> {
  const visitor = world.visitor();
  const page = await logInBySms(visitor, phone);
  expect(page.url).toBe(`${world.url}/wallet/`);
  return visitor;
}

/** What the wallet page says is there. */
async function balanceOf(visitor: Visitor): Promise<string> {
  return (await visitor.open('/wallet/')).text;
}

async function paymentOf(page: Page) {
  return await world.db
    .selectFrom('payments')
    .selectAll()
    .where('id', '=', paymentIdOf(page))
    .executeTakeFirstOrThrow();
}

/** The provider's reference, once it has given one. */
async function referenceOf(page: Page): Promise<string> {
  return await until('the provider has given its reference', async () => {
    return (await paymentOf(page)).provider_reference ?? undefined;
  });
}

describe.concurrent('one method in each country, approved on the phone', () => {
  it.each([
    ['Côte d’Ivoire', 'wave', '+2250707310101', '25 000 F', '24 625 F CFA'],
    ['Côte d’Ivoire', 'mtn_money', '+2250505310102', '25000', '24 575 F CFA'],
    ['Côte d’Ivoire', 'moov_money', '+2250101310103', '25 000', '24 500 F CFA'],
    ['Sénégal', 'wave', '+221771310104', '25000', '24 625 F CFA'],
    ['Bénin', 'mtn_money', '+2290197310105', '25000', '24 500 F CFA'],
    ['Togo', 'moov_money', '+22899310106', '25000', '24 400 F CFA'],
    ['Burkina Faso', 'moov_money', '+22670310107', '25000', '24 450 F CFA'],
    ['Mali', 'orange_money', '+22376310108', '25000', '24 425 F CFA'],
    ['Cameroun', 'mtn_money', '+237677310109', '25000', '24 250 FCFA'],
  ])('%s, %s', async (_country, method, phone, amount, receives) => {
    const visitor = await member(phone);
    const waiting = await topUp(visitor, { phone, method, amount });
    const decided = await decideOnPhone(visitor, world.phoneUrl, phone, 'approve');
    expect(decided.status).toBe(200);
    const done = await waitFor(visitor, waiting, SUCCESS);
    expect(done.text).toContain(receives);
    expect(await balanceOf(visitor)).toContain(receives);
  });

  it('pays into an Ivorian wallet from a Senegalese number: one currency, two countries', async () => {
    const visitor = await member('+2250707310110');
    const waiting = await topUp(visitor, { phone: '+221771310111', method: 'wave', amount: '10000' });
    await decideOnPhone(visitor, world.phoneUrl, '+221771310111', 'approve');
    expect((await waitFor(visitor, waiting, SUCCESS)).text).toContain('9 850 F CFA');
  });

  it('is refused on the phone', async () => {
    const visitor = await member('+2250707310112');
    const waiting = await topUp(visitor, { phone: '+2250707310112', method: 'wave', amount: '10000' });
    await decideOnPhone(visitor, world.phoneUrl, '+2250707310112', 'refuse');
    await waitFor(visitor, waiting, FAILURE);
    expect(await balanceOf(visitor)).toContain('Aucun mouvement');
  });
});

describe.concurrent('a code from the operator’s menu', () => {
  it('goes along with the confirmation', async () => {
    const phone = '+221771320201';
    const visitor = await member(phone);
    const otp = await drawOtp(visitor, world.phoneUrl, phone);
    const waiting = await topUp(visitor, { phone, method: 'orange_money', amount: '10000', otp });
    await decideOnPhone(visitor, world.phoneUrl, phone, 'approve');
    expect((await waitFor(visitor, waiting, SUCCESS)).text).toContain('9 810 F CFA');
  });

  it('is wrong three times: nothing is asked of the phone, and the deposit ends', async () => {
    const phone = '+2250707320202';
    const visitor = await member(phone);
    const first = await topUp(visitor, { phone, method: 'orange_money', amount: '10000', otp: '0000' });
    expect((await waitFor(visitor, first, 'Tapez un nouveau code')).text).toContain(
      'Ce code n’est pas le bon',
    );
    const second = await visitor.submit(await visitor.open(first.url), '/otp/', { otp: '9999' });
    expect(second.text).toContain('Ce code n’est plus valable');
    const third = await visitor.submit(second, '/otp/', { otp: '0000' });
    expect(third.heading).toBe(FAILURE);
    expect(world.books.list().some(({ wallet }) => wallet === '2250707320202')).toBe(false);
  });

  it('must have 4 to 8 digits, and a wrong shape spends no try', async () => {
    const phone = '+2250707320203';
    const visitor = await member(phone);
    const waiting = await topUp(visitor, { phone, method: 'orange_money', amount: '10000' });
    expect(waiting.heading).toBe('Tapez votre code de paiement');
    const odd = await visitor.submit(waiting, '/otp/', { otp: '12a' });
    expect(odd.status).toBe(422);
    expect(odd.refusals).toEqual(['Le code de l’opérateur compte 4 à 8 chiffres.']);
    const sent = await visitor.submit(odd, '/otp/', { otp: '123456' });
    await decideOnPhone(visitor, world.phoneUrl, phone, 'approve');
    await waitFor(visitor, sent, SUCCESS);
  });
});

describe.concurrent('a card, on the provider’s own page', () => {
  it.each([
    ['is accepted', '01', { card_number: '4242 4242 4242 4242', decision: 'pay' }, SUCCESS],
    ['is declined', '02', { card_number: '4000 0000 0000 0002', decision: 'pay' }, FAILURE],
    ['is put away by the payer', '03', { card_number: '', decision: 'cancel' }, FAILURE],
  ])('%s', async (_name, ending, fields, heading) => {
    const phone = `+22507073303${ending}`;
    const visitor = await member(phone);
    const waiting = await topUp(visitor, { phone, method: 'visa', amount: '20000' });
    const asking = await waitFor(visitor, waiting, 'Continuez avec votre carte');
    const [hosted = ''] = asking.linksTo('Aller à la page de la carte');
    expect(new URL(hosted).origin).not.toBe(world.url);
    const back = await visitor.submitOnly(await visitor.open(hosted), '/card/', fields);
    expect(new URL(back.location).origin).toBe(world.url);
    const done = await waitFor(visitor, waiting, heading);
    if (heading === SUCCESS) expect(done.text).toContain('19 300 F CFA');
  });
});

describe.concurrent('money onto a card, on the provider’s own page', () => {
  it.each([
    ['is accepted', '01', { card_number: '4242 4242 4242 4242', decision: 'pay' }, 'Retrait arrivé'],
    ['is declined', '02', { card_number: '4000 0000 0000 0002', decision: 'pay' }, 'Retrait non abouti'],
  ])(
    '%s; the page survives being closed, and coming back proves nothing',
    async (_name, ending, fields, end) => {
      const phone = `+2217733303${ending}`;
      const visitor = await memberWithMoney(world, phone, '20000');
      const sent = await withdraw(visitor, { phone, method: 'visa', amount: '5000' });
      const asking = await waitFor(visitor, sent, 'Continuez sur la page de la carte');
      const [hosted = ''] = asking.linksTo('Continuer chez l’opérateur');
      expect(new URL(hosted).origin).not.toBe(world.url);
      const card = await visitor.open(hosted);
      expect(card.text).toContain('5 000 F CFA reçus de');
      const again = await visitor.open(new URL(sent.url).pathname);
      expect(again.heading).toBe('Continuez sur la page de la carte');
      expect(again.linksTo('Continuer chez l’opérateur')).toEqual([hosted]);
      await visitor.submitOnly(card, '/card/', fields);
      await waitFor(visitor, sent, end);
      const wallet = await visitor.open('/wallet/');
      expect(wallet.text).toContain(end === 'Retrait arrivé' ? '14 650 F CFA' : '19 700 F CFA');
    },
  );
});

describe.concurrent('what real rails do', () => {
  it.each([
    ['0001', 'pays at once'],
    ['0005', 'tells five times at once'],
    ['0007', 'never tells'],
    ['0008', 'tells before it answers'],
    ['0009', 'breaks the connection after acting'],
    ['0010', 'acts and answers 500'],
    ['0011', 'acts and answers half a JSON'],
    ['0015', 'acts and answers after we gave up'],
    ['0017', 'is preceded by a forger'],
    ['0018', 'does not know the payment for half a minute'],
    ['0019', 'acts and answers nothing'],
  ])('%s %s: credited once', async (ending, _story) => {
    const phone = `+225070734${ending}`;
    const visitor = await member(phone);
    const waiting = await topUp(visitor, { phone, method: 'wave', amount: '10000' });
    const done = await waitFor(visitor, waiting, SUCCESS, 100_000);
    expect(done.text).toContain('9 850 F CFA');
    const wallet = await balanceOf(visitor);
    expect(wallet.match(/\+ 9 850 F CFA/g), 'one movement').toHaveLength(1);
  });

  it('0002 refuses after two seconds', async () => {
    const visitor = await member('+2250707340002');
    const waiting = await topUp(visitor, { phone: '+2250707340002', method: 'wave', amount: '10000' });
    await waitFor(visitor, waiting, FAILURE);
  });

  it('0003 has too little money: said at once, with the reason', async () => {
    const visitor = await member('+2250707340003');
    const waiting = await topUp(visitor, { phone: '+2250707340003', method: 'wave', amount: '10000' });
    const failed = await waitFor(visitor, waiting, FAILURE);
    expect(failed.text).toContain('Le solde de ce compte mobile ne suffit pas.');
  });

  it('0006 expires, and the money that comes late is still the person’s', async () => {
    const visitor = await member('+2250707340006');
    const waiting = await topUp(visitor, { phone: '+2250707340006', method: 'wave', amount: '10000' });
    await waitFor(visitor, waiting, FAILURE);
    world.books.approve(await referenceOf(waiting));
    await waitFor(visitor, waiting, SUCCESS);
    expect(await balanceOf(visitor)).toContain('9 850 F CFA');
  });

  it.each([
    ['0012', 'less than asked'],
    ['0013', 'another currency'],
  ])('%s pays %s: nothing is credited, the money waits in suspense for a person', async (ending) => {
    const phone = `+225070734${ending}`;
    const visitor = await member(phone);
    const waiting = await topUp(visitor, { phone, method: 'wave', amount: '10000' });
    await waitFor(visitor, waiting, REVIEW);
    expect(await balanceOf(visitor)).toContain('Aucun mouvement');
    const { reason } = await paymentOf(waiting);
    expect(reason).toBe(ending === '0012' ? 'amount-differs' : 'currency-differs');
  });

  it('0014 says a word that nobody knows: it stays open until the provider speaks clearly', async () => {
    const visitor = await member('+2250707340014');
    const waiting = await topUp(visitor, { phone: '+2250707340014', method: 'wave', amount: '10000' });
    const reference = await referenceOf(waiting);
    await until('the callback was looked at', async () => {
      const row = await world.db
        .selectFrom('provider_callbacks')
        .select('state')
        .where('payment_id', '=', paymentIdOf(waiting))
        .executeTakeFirst();
      return row?.state === 'ignored';
    });
    expect((await visitor.open(waiting.url)).heading).toBe(APPROVAL);
    world.books.pretend(reference, 'success');
    await waitFor(visitor, waiting, SUCCESS);
  });

  it('0016 pays, then takes the money back', async () => {
    const visitor = await member('+2250707340016');
    const waiting = await topUp(visitor, { phone: '+2250707340016', method: 'wave', amount: '10000' });
    await waitFor(visitor, waiting, SUCCESS);
    world.books.reverse(await referenceOf(waiting));
    await waitFor(visitor, waiting, 'Recharge annulée');
    expect(await balanceOf(visitor)).toContain('Disponible 0 F CFA');
  });
});

describe('when nobody ever answers', () => {
  it('0004 keeps silent: after a quarter of an hour the page says so, and nothing was credited', async () => {
    const visitor = await member('+2250707340004');
    const waiting = await topUp(visitor, { phone: '+2250707340004', method: 'wave', amount: '10000' });
    await waitFor(visitor, waiting, APPROVAL);
    await world.letPass(16 * MINUTE_MS);
    const late = await waitFor(visitor, waiting, TOO_LATE);
    expect(late.text).toContain('Si vous avez été débité, le montant arrivera ici tout seul.');
  });

  it('0020 lost the request behind a gateway: in doubt for a day, never "failed" before', async () => {
    const visitor = await member('+2250707340020');
    const waiting = await topUp(visitor, { phone: '+2250707340020', method: 'wave', amount: '10000' });
    const doubt = await waitFor(visitor, waiting, DOUBT);
    expect(doubt.text).toContain('Ne payez pas une deuxième fois.');
    await world.letPass(HOUR_MS);
    expect((await paymentOf(waiting)).state).toBe('unknown');
    await world.letPass(DAY_MS);
    await until('the doubt has ended', async () => (await paymentOf(waiting)).state === 'expired');
  });

  it('closes the books: ours and the provider’s agree to the franc', async () => {
    await closeBooks(world.db, world.books);
  });
});
