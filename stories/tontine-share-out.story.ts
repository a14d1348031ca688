/**
 * Tells over HTTP how a group shares its fines out at the end of a cycle: what each would receive is seen before anybody
 * agrees, it happens once, and everybody finds their part in the wallet.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { after, DAY_MS } from '../src/ground/clock.ts';
import { findLastCycle } from '../src/tontine/cycles/cycle.rows.ts';
import { listPayouts } from '../src/tontine/rounds/payout.rows.ts';
import { listRounds } from '../src/tontine/rounds/round.rows.ts';
import { findGroupFaults } from '../src/tontine/testing/group-books.rows.ts';
import { closeBooks } from './world/close-books.ts';
import { foundTontine, giveOffice, groupIdOf, invitationCodeOf, joinTontine } from './world/tontines.ts';
import { until } from './world/until.ts';
import type { Visitor } from './world/visitor.ts';
import { memberWithMoney, PIN } from './world/withdrawals.ts';
import { openWorld, type World } from './world/world.ts';

let world: World;
let awa: Visitor;
let yao: Visitor;
let mariam: Visitor;
let groupId: string;

const path = (place: string): string => `/tontines/${groupId}/${place}`;

async function named(phone: string, name: string): Promise<Visitor> {
  const visitor = await memberWithMoney(world, phone, '100000');
  await visitor.submit(await visitor.open('/profile/'), '/profile/name/', { name });
  return visitor;
}

/** What is due for a round that a job has opened; nothing for whoever paid it with what was late. */
async function pay(round: number, visitor: Visitor): Promise<void> {
  await until(`round ${round} is open`, async () => {
    const cycle = await findLastCycle(world.db, groupId);
    const rounds = await listRounds(world.db, cycle?.id ?? '');
    return rounds[round - 1]?.state !== 'scheduled';
  });
  const form = await visitor.open(path('pay/'));
  if ((form.form('/pay/').fields.amount ?? '') === '') return;
  expect((await visitor.submit(form, '/pay/', { pin: PIN })).heading).toBe('Reçu de cotisation');
}

/** Day by day, as people look in: who stays away for long has to log in again. */
async function pass(days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    await world.letPass(DAY_MS);
    for (const one of [awa, yao, mariam]) await one.open('/profile/');
  }
}

/** Everybody says yes to whatever waits for them. */
async function agree(): Promise<void> {
  for (const one of [awa, yao, mariam]) {
    for (const href of (await one.open(path('approvals/'))).linksTo('la vôtre est attendue')) {
      const answered = await one.submit(await one.open(href), '/approvals/', {
        decision: 'approve',
        pin: PIN,
      });
      expect(answered.refusals).toEqual([]);
    }
  }
}

/** The pot of a round is asked for by the by-law when its grace is over. */
async function serve(round: number): Promise<void> {
  await until(
    `the pot of round ${round} waits for voices`,
    async () => {
      await agree();
      const cycle = await findLastCycle(world.db, groupId);
      const paid = (await listPayouts(world.db, cycle?.id ?? '')).filter((one) => one.walletPaid > 0n);
      return paid.length === round ? paid : undefined;
    },
    { within_ms: 5000, pace_ms: 100, seen: () => 'no voice was asked for' },
  );
}

const balance = async (visitor: Visitor): Promise<string> => (await visitor.open('/wallet/')).text;

beforeAll(async () => {
  world = await openWorld();
  awa = await named('+2250708150001', 'Awa');
  yao = await named('+2250708150002', 'Yao');
  mariam = await named('+2250708150003', 'Mariam');
  const firstDay = after(world.product.ground.clock.now(), 2 * DAY_MS)
    .toISOString()
    .slice(0, 10);
  const group = await foundTontine(awa, { firstDay, more: { rhythm: 'weekly' } });
  groupId = groupIdOf(group);
  const code = invitationCodeOf(group);
  for (const one of [yao, mariam]) await joinTontine(one, code, awa, groupId);
  await giveOffice(awa, groupId, 'Mariam', 'treasurer');
  const saved = await awa.submit(await awa.open(path('start/')), '/start/', { look: '1' });
  await awa.submit(saved, '/start/', { start: '1', pin: PIN });
}, 120_000);
afterAll(async () => {
  await world.close();
});

describe('the fines of a cycle', () => {
  it('wait for its end: the page says what the fund holds and why it is not shared yet', async () => {
    for (const one of [awa, yao]) await pay(1, one);
    // Its grace has ended, at whatever hour of the day this is told.
    await pass(5);
    // Mariam was late: the due and its fine.
    await pay(1, mariam);
    await serve(1);
    const page = await mariam.open(path('share-out/'));
    expect(page.text).toContain('Toutes les cagnottes ne sont pas encore remises.');
    expect(page.html).not.toContain('name="pin"');
  });

  it('are divided among the shares, to the franc, once three pots were handed out', async () => {
    for (const round of [2, 3]) {
      // Its own day: nobody is late before two more.
      await pass(4);
      for (const one of [awa, yao, mariam]) await pay(round, one);
      await pass(3);
      await serve(round);
    }
    const form = await mariam.open(path('share-out/'));
    expect(form.text).toContain('À partager 500 F CFA');
    expect(form.text).toContain('Awa 1 part 167 F CFA');
    expect(form.text).toContain('Mariam 1 part 166 F CFA');
    // Whoever handles no money looks, and cannot ask.
    expect((await yao.open(path('share-out/'))).html).not.toContain('name="pin"');
    const wrong = await mariam.submit(form, '/share-out/', { pin: '9999' });
    expect([wrong.status, wrong.refusals.length]).toEqual([403, 1]);
    const asked = await mariam.submit(form, '/share-out/', { pin: PIN });
    expect(asked.text).toContain('Le partage est demandé.');
    // The same form once more asks nothing new.
    await mariam.submit(form, '/share-out/', { pin: PIN });
    expect((await awa.open(path('approvals/'))).linksTo('Partager le fonds commun')).toHaveLength(1);
    await agree();
    const shared = await yao.open(path('share-out/'));
    expect(shared.text).toContain('Ce que chacun a reçu');
    expect(shared.text).toContain('Partagé 500 F CFA');
    for (const one of [awa, yao, mariam]) expect(await balance(one)).toContain('Part du fonds commun');
    expect(await balance(awa)).toContain('167 F CFA');
    expect((await awa.open(path('journal/'))).text).toContain('Fonds commun partagé');
  });

  it('are shared out in English as well, and not a second time', async () => {
    const again = await mariam.open(path('share-out/?lang=en'));
    expect(again.text).toContain('What each received');
    expect(again.html).not.toContain('name="pin"');
  });
});

it('keeps the books equal', async () => {
  const cycle = await findLastCycle(world.db, groupId);
  expect(await findGroupFaults(world.db, { groupId, cycleId: cycle?.id ?? '' })).toEqual([]);
  await closeBooks(world.db, world.books);
});
