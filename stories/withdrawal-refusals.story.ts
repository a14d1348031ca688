/**
 * Tells what a withdrawal is refused for and where it is said, and that an impatient finger never sends money twice.
 */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashedTexts } from '../src/ground/seal/sealing.rows.ts';
import { closeBooks } from './world/close-books.ts';
import { topUp, waitFor } from './world/people.ts';
import {
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

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => await world.close());

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
    expect(await withdrawalsTo(world, phone)).toEqual([]);
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
    const sent = await provePin(awa, asked, PIN);
    await tryAll();
    expect((await thief.open(`/wallet/topup/${withdrawalIdOf(asked)}/`)).status).toBe(404);
    expect((await awa.open(`/wallet/topup/${withdrawalIdOf(asked)}/`)).status).toBe(404);
    await waitFor(awa, sent, ARRIVED);
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
    expect(await withdrawalsTo(world, phone)).toHaveLength(1);
    // Going back shows the withdrawal, and sends nothing.
    const back = await visitor.open(confirmation.url);
    expect(back.url).toContain(proven[0]?.location);
    await waitFor(visitor, back, ARRIVED);
    const sentAgain = await provePin(visitor, confirmation, PIN);
    expect(sentAgain.heading).toBe(ARRIVED);
    expect(await withdrawalsTo(world, phone)).toHaveLength(1);
  });

  it('a second click on a new number sends one code', async () => {
    const own = '+2250707450402';
    const visitor = await memberWithMoney(world, own, '20000');
    const form = await visitor.open('/wallet/withdraw/');
    const wish = { phone: '+2250707450497', method: 'wave', amount: '3000' };
    await Promise.all([1, 2, 3].map(async () => await visitor.submitOnly(form, '/wallet/withdraw/', wish)));
    const numbers = hashedTexts(world.db, { kind: 'phone', text: '+2250707450497' });
    const purposes = numbers.map((number) => `destination:${number}`);
    const codes = await world.db
      .selectFrom('login_codes')
      .select('id')
      .where('purpose', 'in', purposes)
      .execute();
    expect(codes).toHaveLength(1);
  });
});

describe('at the end', () => {
  it('closes the books: ours and the provider’s agree to the franc', async () => {
    await closeBooks(world.db, world.books);
  });
});
