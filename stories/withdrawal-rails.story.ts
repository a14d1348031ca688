/**
 * Tells what a member sees of a withdrawal while a real rail does everything wrong: a wrong word here makes somebody pay
 * twice.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callbackBody } from '../src/rails/simulator/status-word.ts';
import { closeBooks } from './world/close-books.ts';
import type { Page } from './world/page.ts';
import { readCode, waitFor } from './world/people.ts';
import { until } from './world/until.ts';
import type { Visitor } from './world/visitor.ts';
import {
  fillWithdrawal,
  memberWithMoney,
  PIN,
  provePin,
  referenceOf,
  resolve,
  tell,
  withdraw,
  withdrawalIdOf,
  withdrawalsTo,
} from './world/withdrawals.ts';
import { openWorld, type World } from './world/world.ts';

const ARRIVED = 'Retrait arrivé';
const AWAITED = 'Envoyé à l’opérateur, confirmation attendue';
const FAILED = 'Retrait non abouti';
const QUEUED = 'En file, votre argent est réservé';
const CANCELLED = 'Retrait annulé';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => await world.close());

async function walletOf(visitor: Visitor): Promise<string> {
  return (await visitor.open('/wallet/')).text;
}

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
        const [row] = await withdrawalsTo(world, `+225070747${ending}`);
        return row?.state === 'review';
      });
      expect((await visitor.open(page.url)).text).toContain('une personne la cherche auprès de l’opérateur');
      await resolve(world, page, outcome);
      const over = await waitFor(visitor, page, outcome === 'paid' ? ARRIVED : FAILED);
      const left = outcome === 'paid' ? '14 650 F CFA' : '19 700 F CFA';
      expect(over.text).toContain(`Disponible maintenant ${left}`);
    },
  );

  it('0016 pays, then sends it back: amount and fee return', async () => {
    const { visitor, page } = await leave('0016');
    await waitFor(visitor, page, ARRIVED);
    const reversed = world.books.reverse(await referenceOf(world, page));
    if (!reversed.ok) throw new Error(reversed.refusal.en);
    await tell(world, callbackBody(reversed.value));
    await waitFor(visitor, page, 'Retrait revenu');
    expect(await walletOf(visitor)).toContain('Disponible 19 700 F CFA');
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
    world.books.approve(await referenceOf(world, first));
    await waitFor(visitor, first, ARRIVED);
  });
});

describe('at the end', () => {
  it('closes the books: ours and the provider’s agree to the franc', async () => {
    await closeBooks(world.db, world.books);
  });
});
