/**
 * Tells how money leaves a wallet: to one's own number, to somebody else's, and after something about the person changed.
 *
 * All members share one product and one provider; at the end the books of both must agree.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../src/ground/clock.ts';
import { closeBooks } from './world/close-books.ts';
import { personIdOf } from './world/opened.ts';
import { logInBySms, readCode, topUp, waitFor } from './world/people.ts';
import type { Visitor } from './world/visitor.ts';
import {
  choosePin,
  fillWithdrawal,
  memberWithMoney,
  PIN,
  provePin,
  withdraw,
  withdrawalIdOf,
  withdrawalsTo,
} from './world/withdrawals.ts';
import { openWorld, type World } from './world/world.ts';

const ARRIVED = 'Retrait arrivé';
const HELD = 'Votre retrait attend';
const CANCELLED = 'Retrait annulé';
const PROVE = 'Vérifiez avant d’envoyer';

let world: World;
beforeAll(async () => {
  world = await openWorld({ variables: { HOLD_NEW_DEVICES: 'true' } });
});
afterAll(async () => await world.close());

async function walletOf(visitor: Visitor): Promise<string> {
  return (await visitor.open('/wallet/')).text;
}

describe.concurrent('to one’s own number', () => {
  it('shows every figure before the PIN, and proof of everything after', async () => {
    const phone = '+2250707450101';
    const awa = await memberWithMoney(world, phone, '20000');
    const confirmation = await fillWithdrawal(awa, { phone, amount: '5 000' });
    expect(confirmation.heading).toBe(PROVE);
    for (const said of ['+225 07 07 45 01 01', 'Le destinataire reçoit 5 000 F CFA', 'Frais 50 F CFA']) {
      expect(confirmation.text).toContain(said);
    }
    expect(confirmation.text).toContain('Pris dans le portefeuille 5 050 F CFA Il vous restera 14 650 F CFA');
    const page = await provePin(awa, confirmation, PIN);
    const arrived = await waitFor(awa, page, ARRIVED);
    expect(arrived.text).toContain('Disponible maintenant 14 650 F CFA');

    const wallet = await walletOf(awa);
    expect(wallet).toMatch(/Retrait · Wave .{10,30} −5 000 F CFA/);
    expect(wallet).toMatch(/Frais de retrait · Wave .{10,30} −50 F CFA/);
    const outgoing = await awa.open('/wallet/history/?direction=out');
    expect(outgoing.text).toMatch(/Retrait · Wave .* −5 000 F CFA/);
    expect(outgoing.text).not.toContain('Recharge ·');
    expect((await awa.open('/wallet/history/?direction=in')).text).not.toContain('Retrait ·');

    const receipt = await awa.open(`/wallet/history/${withdrawalIdOf(page)}/`);
    expect(receipt.heading).toBe('Reçu de retrait');
    expect(receipt.text).toContain('Pris dans le portefeuille 5 050 F CFA');
    const pdf = await awa.send(`/wallet/history/${withdrawalIdOf(page)}/receipt.pdf`);
    expect(pdf.html.startsWith('%PDF-')).toBe(true);
    const check = /href="([^"]+\/check\/[^"]+)"/.exec(receipt.html)?.[1] ?? '';
    const checked = await world.visitor().open(check);
    expect(checked.heading).toBe('Ce reçu est authentique');
    expect(checked.text).toContain('Nature Retrait');
    expect(checked.text).not.toContain('07 45');
  });

  it('sends whoever has no PIN to choose one, and back to the same withdrawal', async () => {
    const phone = '+2250707450102';
    const visitor = world.visitor();
    await logInBySms(visitor, phone);
    await waitFor(
      visitor,
      await topUp(visitor, { phone: '+2250748010001', method: 'wave', amount: '5000' }),
      'Recharge réussie',
    );
    const confirmation = await fillWithdrawal(visitor, { phone, amount: '1000' });
    expect(confirmation.text).toContain('Choisissez d’abord un code PIN');
    const [profile = ''] = confirmation.linksTo('Choisir mon code PIN');
    const back = await choosePin(visitor, await visitor.open(profile), PIN);
    expect(back.url).toBe(confirmation.url);
    await waitFor(visitor, await provePin(visitor, back, PIN), ARRIVED);
  });

  it('takes the PIN together with the rest from a client without our pages', async () => {
    const phone = '+2250707450103';
    const visitor = await memberWithMoney(world, phone, '5000');
    const form = (await visitor.open('/wallet/withdraw/')).form('/wallet/withdraw/', 'amount');
    const answer = await visitor.post('/wallet/withdraw/', {
      ...form.fields,
      phone,
      method: 'wave',
      amount: '1000',
      pin: PIN,
    });
    expect(answer.status).toBe(303);
    await waitFor(visitor, await visitor.follow(answer), ARRIVED);
  });

  it('a quick amount only fills the field in, on the way in as well', async () => {
    const visitor = world.visitor();
    await logInBySms(visitor, '+2250707450105');
    const form = (await visitor.open('/wallet/topup/')).form('/wallet/topup/', 'amount');
    const fields = { ...form.fields, phone: '12', amount: '777', quick: '5000' };
    const drawn = await visitor.post('/wallet/topup/', fields);
    expect(drawn.status).toBe(200);
    expect(drawn.refusals).toEqual([]);
    expect(drawn.form('/wallet/topup/', 'amount').fields).toMatchObject({ phone: '12', amount: '5000' });
  });

  it('fills the whole balance in without a script, and checks nothing yet', async () => {
    const phone = '+2250707450104';
    const visitor = await memberWithMoney(world, phone, '10000');
    const form = (await visitor.open('/wallet/withdraw/')).form('/wallet/withdraw/', 'amount');
    const drawn = await visitor.post('/wallet/withdraw/', { ...form.fields, phone: '12', quick: '9752' });
    expect(drawn.status).toBe(200);
    expect(drawn.refusals).toEqual([]);
    expect(drawn.form('/wallet/withdraw/', 'amount').fields).toMatchObject({ phone: '12', amount: '9752' });
    const all = await withdraw(visitor, { phone, amount: '9752' });
    await waitFor(visitor, all, ARRIVED);
    expect(await walletOf(visitor)).toContain('Disponible 0 F CFA');
  });
});

describe.concurrent('to somebody else', () => {
  it('asks once for a code that goes to the member’s own phone', async () => {
    const own = '+2250707450201';
    const sister = '+2250707450299';
    const awa = await memberWithMoney(world, own, '20000');
    const asking = await fillWithdrawal(awa, { phone: sister, amount: '2000' });
    expect(asking.text).toContain('Un numéro nouveau pour vous');
    expect(asking.text).toContain('Un code a été envoyé à VOTRE téléphone');
    expect(() => asking.form('/confirm/', 'pin')).toThrow('No form');
    await expect(readCode(awa, sister)).rejects.toThrow('No message');
    const code = await readCode(awa, own);
    const wrong = await awa.submit(asking, '/code/', { code: code === '111111' ? '222222' : '111111' });
    expect(wrong.status).toBe(422);
    expect(wrong.refusals).toEqual(['Ce code n’est pas le bon. Vérifiez le dernier SMS reçu.']);
    const allowed = await awa.submit(wrong, '/code/', { code });
    expect(allowed.url).toBe(asking.url);
    await waitFor(awa, await provePin(awa, allowed, PIN), ARRIVED);

    const again = await fillWithdrawal(awa, { phone: sister, amount: '2100' });
    expect(again.form('/confirm/', 'pin').fields).toHaveProperty('pin');
  });

  it('does not take the PIN before the code, whatever is posted', async () => {
    const thief = await memberWithMoney(world, '+2250707450202', '20000');
    const asking = await fillWithdrawal(thief, { phone: '+2250707450298', amount: '2000' });
    const { _csrf = '' } = asking.form('/code/', 'code').fields;
    const tried = await thief.post(`${new URL(asking.url).pathname}`, { _csrf, pin: PIN });
    expect(tried.status).toBe(403);
    expect(tried.text).toContain('Confirmez d’abord ce numéro');
    expect(await withdrawalsTo(world, '+2250707450298')).toEqual([]);
  });

  it('sends another code when asked, and the earlier one opens nothing', async () => {
    const own = '+2250707450203';
    const awa = await memberWithMoney(world, own, '20000');
    const asking = await fillWithdrawal(awa, { phone: '+2250707450297', amount: '2000' });
    const first = await readCode(awa, own);
    const { _csrf = '' } = asking.form('/code/', 'code').fields;
    const resent = await awa.follow(await awa.post(asking.form('/code/').action, { _csrf, resend: '1' }));
    expect(resent.text).toContain('Un nouveau code est parti.');
    const second = await readCode(awa, own);
    if (second !== first) {
      expect((await awa.submit(resent, '/code/', { code: first })).status).toBe(422);
    }
    expect((await awa.submit(resent, '/code/', { code: second })).text).toContain('Votre code PIN');
  });
});

describe('after a change, money waits', () => {
  it('a replaced PIN: the page says until when and why, and the person may call it off', async () => {
    const phone = '+2250707450501';
    const visitor = await memberWithMoney(world, phone, '20000');
    await choosePin(visitor, await visitor.open('/profile/'), '4826', PIN);
    const confirmation = await fillWithdrawal(visitor, { phone, amount: '5000' });
    expect(confirmation.text).toMatch(/Par sécurité, ce retrait partira le \d+ \S+ \d{4}, \d\d:\d\d\./);
    const held = await provePin(visitor, confirmation, '4826');
    expect(held.heading).toBe(HELD);
    expect(held.text).toContain('Votre code PIN a été changé il y a peu.');
    expect(await walletOf(visitor)).toContain('Réservé 5 050 F CFA');
    const cancelled = await visitor.submit(held, '/cancel/');
    expect(cancelled.heading).toBe(CANCELLED);
    expect(await walletOf(visitor)).toContain('Disponible 19 700 F CFA');
  });

  it('a browser is known again by a cookie that no script reads, also after signing out', async () => {
    const visitor = world.visitor();
    const login = await visitor.submit(await visitor.open('/login/'), '/login/', {
      phone: '+2250707450504',
      way: 'sms',
    });
    const code = await readCode(visitor, '+2250707450504');
    const entered = await visitor.submitOnly(login, '/login/code/', { code });
    const cookies = [entered.headers['set-cookie'] ?? ''].flat();
    const device = cookies.find((line) => line.startsWith('device=')) ?? '';
    for (const attribute of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Max-Age=34560000']) {
      expect(device).toContain(attribute);
    }
    const token = visitor.cookie('device');
    await visitor.submit(await visitor.open('/profile/'), '/logout/');
    await logInBySms(visitor, '+2250707450504');
    expect(visitor.cookie('device')).toBe(token);
    const devices = await world.db
      .selectFrom('devices')
      .select('is_first')
      .where('person_id', '=', await personIdOf(world.db, '+2250707450504'))
      .execute();
    expect(devices).toEqual([{ is_first: true }]);
  });

  it('a new device: what it asks for waits a day, what the first one asks for does not', async () => {
    const phone = '+2250707450502';
    const first = await memberWithMoney(world, phone, '20000');
    const second = world.visitor();
    await logInBySms(second, phone);
    const held = await withdraw(second, { phone, amount: '5000' });
    expect(held.heading).toBe(HELD);
    expect(held.text).toContain('Vous êtes sur un appareil nouveau pour votre compte.');
    await waitFor(first, await withdraw(first, { phone, amount: '6000' }), ARRIVED);
    expect((await first.open(held.url)).heading).toBe(HELD);
    await world.letPass(DAY_MS);
    await waitFor(first, held, ARRIVED);
  });

  it('ten minutes without a PIN: the form comes back filled in, and nothing was sent', async () => {
    const phone = '+2250707450503';
    const visitor = await memberWithMoney(world, phone, '20000');
    const confirmation = await fillWithdrawal(visitor, { phone, amount: '5000' });
    await world.letPass(11 * MINUTE_MS);
    const late = await provePin(visitor, confirmation, PIN);
    expect(late.text).toContain('Les dix minutes pour confirmer sont passées.');
    const filled = late.form('/wallet/withdraw/', 'amount').fields;
    expect(filled).toMatchObject({ phone, method: 'wave', amount: '5000' });
    expect(await withdrawalsTo(world, phone)).toEqual([]);
  });
});

describe('at the end', () => {
  it('closes the books: ours and the provider’s agree to the franc', async () => {
    await closeBooks(world.db, world.books);
  });
});
