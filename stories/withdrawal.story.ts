/**
 * Tells how money leaves a wallet: to one's own number, to a new one, after a change, through everything that a real
 * rail does wrong; and what each page says meanwhile, because a wrong word here makes somebody pay twice.
 *
 * All members share one product and one provider; at the end the books of both must agree.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../src/ground/clock.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import { decideResolution } from '../src/rails/payments/decide-resolution.ts';
import { proposeResolution } from '../src/rails/payments/propose-resolution.ts';
import { listOpenReviews, type ReviewOutcome } from '../src/rails/payments/review.rows.ts';
import { signCallback } from '../src/rails/simulator/signature.ts';
import { callbackBody } from '../src/rails/simulator/status-word.ts';
import { closeBooks } from './world/close-books.ts';
import type { Page } from './world/page.ts';
import { logInBySms, readCode, topUp, waitFor } from './world/people.ts';
import { until } from './world/until.ts';
import type { Visitor } from './world/visitor.ts';
import {
  choosePin,
  fillWithdrawal,
  memberWithMoney,
  PIN,
  provePin,
  withdraw,
  withdrawalIdOf,
} from './world/withdrawals.ts';
import { openWorld, WEBHOOK_SECRET, type World } from './world/world.ts';

const ARRIVED = 'Retrait arrivé';
const AWAITED = 'Envoyé à l’opérateur, confirmation attendue';
const FAILED = 'Retrait non abouti';
const QUEUED = 'En file, votre argent est réservé';
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

async function withdrawalsTo(phone: string) {
  return await world.db
    .selectFrom('payments')
    .selectAll()
    .where('direction', '=', 'out')
    .where('phone', '=', phone)
    .execute();
}

/** The provider's reference of a withdrawal, once it has given one. */
async function referenceOf(page: Page): Promise<string> {
  return await until('the provider has given its reference', async () => {
    const row = await world.db
      .selectFrom('payments')
      .select('provider_reference')
      .where('id', '=', withdrawalIdOf(page))
      .executeTakeFirst();
    return row?.provider_reference ?? undefined;
  });
}

/** Calls as the provider does, with its secret. A pay-out takes no address of its own for that. */
async function tell(body: string): Promise<void> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const answer = await world.visitor().send('/webhook/getmipay/', {
    method: 'POST',
    headers: {
      accept: '*/*',
      'content-type': 'application/json',
      'x-getmipay-signature': `sha256=${signCallback(body, timestamp, WEBHOOK_SECRET, 'timestamp.body')}`,
      'x-getmipay-timestamp': timestamp,
    },
    body,
  });
  expect(answer.status).toBe(200);
}

/** One operator proposes, another one agrees. */
async function resolve(page: Page, outcome: ReviewOutcome): Promise<void> {
  const { db, ground } = world.product;
  const paymentId = withdrawalIdOf(page);
  const reviews = await listOpenReviews(db, 100);
  const review = reviews.find((one) => one.paymentId === paymentId);
  if (review === undefined) throw new Error(`${paymentId} is not under review`);
  const decided = await inTransaction(db, async (tx) => {
    const words = { reason: 'relevé du fournisseur', evidence: 'ligne 12 du relevé' };
    const proposed = await proposeResolution(tx, ground, {
      reviewId: review.id,
      outcome,
      by: 'per_one',
      ...words,
    });
    if (!proposed.ok) return proposed;
    return await decideResolution(tx, ground, {
      proposalId: proposed.value,
      decision: 'approved',
      by: 'per_two',
    });
  });
  expect(decided).toEqual({ ok: true, value: 'approved' });
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
    expect(await withdrawalsTo('+2250707450298')).toEqual([]);
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

describe.concurrent('what is refused, and where it is said', () => {
  it.each([
    ['01', 'too much', { amount: '30000' }, 'Vous pouvez retirer au plus 19 504 F CFA.', 409],
    ['02', 'decimals', { amount: '10,5' }, 'entier', 422],
    ['03', 'a number that is none', { phone: '12' }, 'numéro', 422],
    ['04', 'no method', { method: '' }, 'Choisissez où l’argent doit arriver.', 422],
    ['05', 'a card, which nobody pays out to', { method: 'visa' }, 'n’est pas disponible', 503],
    ['06', 'another currency', { phone: '+237677450001', method: 'mtn_money' }, 'une autre monnaie', 422],
  ])('%s %s', async (ending, _what, wrong, said, status) => {
    const phone = `+22507074503${ending}`;
    const visitor = await memberWithMoney(world, phone, '20000');
    const form = await visitor.open('/wallet/withdraw/');
    expect(form.text).not.toContain('Carte Visa');
    const typed = { phone, method: 'wave', amount: '1000', ...wrong };
    const page = await visitor.submit(form, '/wallet/withdraw/', typed);
    expect(page.status).toBe(status);
    expect(page.refusals).toHaveLength(1);
    expect(page.refusals[0]).toContain(said);
    expect(page.form('/wallet/withdraw/', 'amount').fields).toMatchObject({
      phone: typed.phone,
      amount: typed.amount,
    });
  });

  it('more than a day allows: the form says how much is left', async () => {
    const phone = '+2250707450350';
    const visitor = await memberWithMoney(world, phone, '200000');
    await waitFor(visitor, await withdraw(visitor, { phone, amount: '150000' }), ARRIVED);
    const payer = { phone: '+2250748020001', method: 'wave', amount: '100000' };
    await waitFor(visitor, await topUp(visitor, payer), 'Recharge réussie');
    const page = await fillWithdrawal(visitor, { phone, amount: '60000' });
    expect(page.status).toBe(429);
    expect(page.text).toContain('Vous pouvez encore retirer 50 000 F CFA.');
  });

  it('a wrong PIN is counted, and five of them lock the way out', async () => {
    const phone = '+2250707450360';
    const visitor = await memberWithMoney(world, phone, '20000');
    const confirmation = await fillWithdrawal(visitor, { phone, amount: '1000' });
    for (const pin of ['2846', '2847', '2848', '2849', '2851']) {
      const wrong = await provePin(visitor, confirmation, pin);
      expect(wrong.status).toBe(403);
      expect(wrong.refusals).toEqual(['Ce code PIN n’est pas le bon. Après cinq erreurs, il faut attendre.']);
    }
    const locked = await provePin(visitor, confirmation, PIN);
    expect(locked.status).toBe(429);
    expect(locked.refusals[0]).toMatch(/^Trop de codes PIN faux\. Réessayez dans \d+ minutes?\.$/);
    expect(await withdrawalsTo(phone)).toEqual([]);
  });

  it('everything of somebody else is absent', async () => {
    const phone = '+2250707450370';
    const awa = await memberWithMoney(world, phone, '20000');
    const asked = await fillWithdrawal(awa, { phone, amount: '1000' });
    const thief = await memberWithMoney(world, '+2250707450371', '20000');
    const { _csrf = '' } = (await thief.open('/wallet/withdraw/')).form('/wallet/withdraw/', 'amount').fields;
    const root = `/wallet/withdraw/${withdrawalIdOf(asked)}/`;
    const tryAll = async () => {
      for (const path of [root, `${root}confirm/`]) expect((await thief.open(path)).status).toBe(404);
      for (const path of [`${root}confirm/`, `${root}code/`, `${root}cancel/`]) {
        expect((await thief.post(path, { _csrf, pin: PIN, code: '123456' })).status).toBe(404);
      }
    };
    await tryAll();
    await provePin(awa, asked, PIN);
    await tryAll();
    expect((await thief.open(`/wallet/topup/${withdrawalIdOf(asked)}/`)).status).toBe(404);
    expect((await awa.open(`/wallet/topup/${withdrawalIdOf(asked)}/`)).status).toBe(404);
  });
});

describe.concurrent('impatience', () => {
  it('the same form and the same PIN, five times at once, are one withdrawal', async () => {
    const phone = '+2250707450401';
    const visitor = await memberWithMoney(world, phone, '20000');
    const form = await visitor.open('/wallet/withdraw/');
    const wish = { phone, method: 'wave', amount: '3000' };
    const asked = await Promise.all(
      [1, 2, 3, 4, 5].map(async () => await visitor.submitOnly(form, '/wallet/withdraw/', wish)),
    );
    expect(new Set(asked.map((answer) => answer.location)).size).toBe(1);
    const confirmation = await visitor.open(asked[0]?.location ?? '');
    const proven = await Promise.all(
      [1, 2, 3, 4, 5].map(async () => await visitor.submitOnly(confirmation, '/confirm/', { pin: PIN })),
    );
    expect(proven.map((answer) => answer.status)).toEqual([303, 303, 303, 303, 303]);
    expect(new Set(proven.map((answer) => answer.location)).size).toBe(1);
    expect(await withdrawalsTo(phone)).toHaveLength(1);
    // Going back shows the withdrawal, and sends nothing.
    const back = await visitor.open(confirmation.url);
    expect(back.url).toContain(proven[0]?.location);
    await waitFor(visitor, back, ARRIVED);
    const sentAgain = await provePin(visitor, confirmation, PIN);
    expect(sentAgain.heading).toBe(ARRIVED);
    expect(await withdrawalsTo(phone)).toHaveLength(1);
  });

  it('a second click on a new number sends one code', async () => {
    const own = '+2250707450402';
    const visitor = await memberWithMoney(world, own, '20000');
    const form = await visitor.open('/wallet/withdraw/');
    const wish = { phone: '+2250707450497', method: 'wave', amount: '3000' };
    await Promise.all([1, 2, 3].map(async () => await visitor.submitOnly(form, '/wallet/withdraw/', wish)));
    const codes = await world.db
      .selectFrom('login_codes')
      .select('id')
      .where('phone', '=', own)
      .where('purpose', '=', 'destination:+2250707450497')
      .execute();
    expect(codes).toHaveLength(1);
  });

  it('an equal withdrawal waits in line, without blame, and can be called off', async () => {
    const own = '+2250707450404';
    const visitor = await memberWithMoney(world, own, '30000');
    // The first is silent for as long as nobody pushes it: an equal one may not follow.
    const silent = '+2250707460004';
    const asking = await fillWithdrawal(visitor, { phone: silent, amount: '4000' });
    const allowed = await visitor.submit(asking, '/code/', { code: await readCode(visitor, own) });
    const first = await waitFor(visitor, await provePin(visitor, allowed, PIN), AWAITED);
    expect(first.text).toContain('Ne recommencez pas.');
    expect(first.html).not.toContain('/cancel/');
    const second = await waitFor(visitor, await withdraw(visitor, { phone: silent, amount: '4000' }), QUEUED);
    expect(second.text).toContain('Vous n’avez rien à faire');
    expect(await walletOf(visitor)).toContain('Réservé 8 080 F CFA');
    const cancelled = await visitor.submit(second, '/cancel/');
    expect(cancelled.heading).toBe(CANCELLED);
    expect(await walletOf(visitor)).toContain('Réservé 4 040 F CFA');
    const { _csrf = '' } = second.form('/cancel/').fields;
    const tooLate = await visitor.follow(
      await visitor.post(`/wallet/withdraw/${withdrawalIdOf(first)}/cancel/`, { _csrf }),
    );
    expect(tooLate.heading).toBe(AWAITED);
    expect(tooLate.text).toContain('déjà parti chez l’opérateur');
    world.books.approve(await referenceOf(first));
    await waitFor(visitor, first, ARRIVED);
  });
});

describe.concurrent('what real rails do', () => {
  /** A member whose own number has this ending, so that no code is needed. */
  async function leave(ending: string): Promise<{ visitor: Visitor; page: Page }> {
    const phone = `+225070747${ending}`;
    const visitor = await memberWithMoney(world, phone, '20000');
    return { visitor, page: await withdraw(visitor, { phone, amount: '5000' }) };
  }

  it.each([
    ['0001', 'pays at once'],
    ['0005', 'tells five times at once'],
    ['0007', 'never tells'],
    ['0008', 'tells before it answers'],
    ['0017', 'is preceded by a forger'],
  ])('%s %s: paid once', async (ending) => {
    const { visitor, page } = await leave(ending);
    await waitFor(visitor, page, ARRIVED, 60_000);
    expect((await walletOf(visitor)).match(/−5 000 F CFA/g), 'one movement').toHaveLength(1);
  });

  it('0002 refuses: the money is back, with a reason', async () => {
    const { visitor, page } = await leave('0002');
    const failed = await waitFor(visitor, page, FAILED, 60_000);
    expect(failed.text).toContain('L’argent est de nouveau disponible dans votre portefeuille.');
    expect(failed.text).toContain('Raison');
    expect(failed.text).toContain('Disponible maintenant 19 700 F CFA');
    expect(await walletOf(visitor)).not.toContain('Réservé');
  });

  it('0021 does not know the number: said in words that help', async () => {
    const { visitor, page } = await leave('0021');
    const failed = await waitFor(visitor, page, FAILED);
    expect(failed.text).toContain('Ce numéro n’a pas de compte chez cet opérateur.');
  });

  it.each([
    ['0009', 'breaks the connection after acting', 'paid'],
    ['0010', 'acts and answers 500', 'paid'],
    ['0019', 'acts and answers nothing', 'paid'],
    ['0020', 'was never reached behind a gateway', 'failed'],
  ] as const)(
    '%s %s: never called a failure; two people find out that it was %s',
    async (ending, _story, outcome) => {
      const { visitor, page } = await leave(ending);
      const awaited = await waitFor(visitor, page, AWAITED);
      expect(awaited.text).toContain('Ne recommencez pas.');
      expect(awaited.text).not.toMatch(/échou|échec|abouti/i);
      expect(await walletOf(visitor)).toContain('Réservé 5 050 F CFA');
      await until('it is under review', async () => {
        const [row] = await withdrawalsTo(`+225070747${ending}`);
        return row?.state === 'review';
      });
      expect((await visitor.open(page.url)).text).toContain('une personne la cherche auprès de l’opérateur');
      await resolve(page, outcome);
      const over = await waitFor(visitor, page, outcome === 'paid' ? ARRIVED : FAILED);
      const left = outcome === 'paid' ? '14 650 F CFA' : '19 700 F CFA';
      expect(over.text).toContain(`Disponible maintenant ${left}`);
    },
  );

  it('0016 pays, then sends it back: amount and fee return', async () => {
    const { visitor, page } = await leave('0016');
    await waitFor(visitor, page, ARRIVED);
    const reversed = world.books.reverse(await referenceOf(page));
    if (!reversed.ok) throw new Error(reversed.refusal.en);
    await tell(callbackBody(reversed.value));
    await waitFor(visitor, page, 'Retrait revenu');
    expect(await walletOf(visitor)).toContain('Disponible 19 700 F CFA');
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
      .innerJoin('people', 'people.id', 'devices.person_id')
      .select('is_first')
      .where('people.phone', '=', '+2250707450504')
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
    await world.letPass(11 * 60_000);
    const late = await provePin(visitor, confirmation, PIN);
    expect(late.text).toContain('Les dix minutes pour confirmer sont passées.');
    const filled = late.form('/wallet/withdraw/', 'amount').fields;
    expect(filled).toMatchObject({ phone, method: 'wave', amount: '5000' });
    expect(await withdrawalsTo(phone)).toEqual([]);
  });

  it('closes the books: ours and the provider’s agree to the franc', async () => {
    await closeBooks(world.db, world.books);
  });
});
