/**
 * Tells what happens when everything comes at once to one wallet: fifty withdrawals, fifty copies of one form, money in
 * and out and called off in the same instant, two people who send to each other.
 *
 * All of it goes through HTTP, with every worker of the product running, on a real PostgreSQL. Who wins a race is
 * nobody's business; that it has one winner, that the loser is told so in words, and that the books agree, is.
 */
import { setTimeout as moment } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededChance } from '../src/ground/chance.ts';
import { HOUR_MS, MINUTE_MS } from '../src/ground/clock.ts';
import { freePort } from '../src/ground/testing/postgres-server.ts';
import { closeBooks } from './world/close-books.ts';
import { knowNumber } from './world/known-number.ts';
import { expectSetAside } from './world/last-word.ts';
import { balanceOf, francs, sentTo, withdrawalsEnded } from './world/money-of.ts';
import type { Page } from './world/page.ts';
import { topUp, waitFor } from './world/people.ts';
import { until } from './world/until.ts';
import type { Visitor } from './world/visitor.ts';
import { choosePin, fillWithdrawal, memberWithMoney, PIN, withdrawalIdOf } from './world/withdrawals.ts';
import { openWorld, type World } from './world/world.ts';

const FIFTY = Array.from({ length: 50 }, (_, index) => index);
/** How long a changed PIN makes withdrawals wait here: less than the ten minutes that a PIN's page lasts. */
const HOLD_MS = 6 * MINUTE_MS;
/** Within this time workers see what is due: people who call it off come before, with and after them. */
const RACE_MS = 1200;
const PATIENCE_MS = 120_000;
const TOO_LITTLE = 'Votre solde disponible ne suffit pas pour ce montant et ses frais.';
const HELD = 'Votre retrait attend';
const CANCELLED = 'Retrait annulé';

let world: World;
beforeAll(async () => {
  world = await openWorld({
    variables: {
      // Known beforehand, so that the provider calls about withdrawals as well.
      PORT: String(await freePort()),
      WITHDRAWAL_HOLD_HOURS: String(HOLD_MS / HOUR_MS),
      REQUESTS_PER_MINUTE: '100000',
    },
  });
});
afterAll(async () => await world.close());

/** Presses the button. A product that is too busy says 503 and means "again": then the same button is pressed again. */
async function press(
  visitor: Visitor,
  page: Page,
  part: string,
  fields: Record<string, string> = {},
): Promise<Page> {
  return await until(
    'the button is answered',
    async () => {
      const answer = await visitor.submitOnly(page, part, fields);
      return answer.status === 503 ? undefined : answer;
    },
    { within_ms: PATIENCE_MS },
  );
}

async function prove(visitor: Visitor, confirmation: Page, pin = PIN): Promise<Page> {
  return await press(visitor, confirmation, '/confirm/', { pin });
}

/** Numbers that a member has sent to before; ordinary ones for the provider. */
async function knownNumbers(member: string, series: string, count: number): Promise<string[]> {
  const phones = Array.from(
    { length: count },
    (_, index) => `+22505${series}${String(index).padStart(2, '0')}1234`,
  );
  for (const phone of phones) await knowNumber(world.db, member, phone);
  return phones;
}

it('fifty withdrawals at once on one balance: as many as it covers, and the others are told why not', async () => {
  const own = '+2250707520101';
  const awa = await memberWithMoney(world, own, '20000');
  const start = await balanceOf(world.db, own);
  const phones = await knownNumbers(own, '61', 10);
  // Five to each number, no two alike: an equal one would wait in line instead of racing.
  const wishes = FIFTY.map((index) => ({
    phone: phones[index % 10] ?? '',
    amount: String(1000 + Math.floor(index / 10)),
  }));
  const pages = await Promise.all(wishes.map(async (wish) => await fillWithdrawal(awa, wish)));
  expect(new Set(pages.map(withdrawalIdOf)).size, 'fifty pages that ask for a PIN').toBe(50);

  const answers = await Promise.all(pages.map(async (page) => await prove(awa, page)));
  const accepted = answers.filter(({ status }) => status === 303);
  const refused = answers.filter(({ status }) => status !== 303);
  // Nineteen of the dearest still fit; twenty of the cheapest do not.
  expect(accepted).toHaveLength(19);
  for (const page of refused) {
    expect(page.status).toBe(409);
    expect(page.text).toContain(TOO_LITTLE);
  }

  const withdrawals = await withdrawalsEnded(world, own);
  expect(withdrawals.map(({ state }) => state)).toEqual(accepted.map(() => 'succeeded'));
  const spent = withdrawals.reduce((sum, { amount, quoted_fee }) => sum + amount + quoted_fee, 0n);
  expect(spent).toBeLessThanOrEqual(start);
  expect(await balanceOf(world.db, own)).toBe(start - spent);
  expect(
    phones.flatMap((phone) => sentTo(world.books, phone)),
    'the provider paid each of them once',
  ).toHaveLength(19);
  // Whoever was refused may recharge and press the same button again.
  const paid = await topUp(awa, { phone: '+2250747990001', method: 'wave', amount: '5000' });
  await waitFor(awa, paid, 'Recharge réussie', PATIENCE_MS);
  const late = pages.find((_, index) => answers[index]?.status !== 303);
  if (late === undefined) throw new Error('nobody was refused');
  expect((await prove(awa, late)).status).toBe(303);
  expect(await withdrawalsEnded(world, own)).toHaveLength(20);
});

it('one form fifty times, and its PIN fifty times: one withdrawal, one answer', async () => {
  const own = '+2250707520102';
  const awa = await memberWithMoney(world, own, '20000');
  const form = await awa.open('/wallet/withdraw/');
  const wish = { phone: own, method: 'wave', amount: '3000' };
  const asked = await Promise.all(FIFTY.map(async () => await press(awa, form, '/wallet/withdraw/', wish)));
  const [address = ''] = asked.map(({ location }) => location);
  expect(new Set(asked.map(({ status, location }) => `${status} ${location}`))).toEqual(
    new Set([`303 ${address}`]),
  );

  const confirmation = await awa.open(address);
  const proven = await Promise.all(FIFTY.map(async () => await prove(awa, confirmation)));
  const answer = `303 /wallet/withdraw/${withdrawalIdOf(confirmation)}/`;
  expect(new Set(proven.map(({ status, location }) => `${status} ${location}`))).toEqual(new Set([answer]));
  expect(await withdrawalsEnded(world, own)).toHaveLength(1);
  expect(sentTo(world.books, own)).toHaveLength(1);
  expect(await balanceOf(world.db, own)).toBe(19_700n - 3030n);
});

it('money comes in, goes out, is freed and called off in the same instant: each once, and the wallet agrees', async () => {
  const own = '+2250707520103';
  const awa = await memberWithMoney(world, own, '40000');
  const start = await balanceOf(world.db, own);
  const chance = seededChance('one instant');
  const phones = await knownNumbers(own, '62', 16);
  const [held, sent] = [phones.slice(0, 8), phones.slice(8)];
  await choosePin(awa, await awa.open('/profile/'), '4826', PIN);
  const waiting: Page[] = [];
  for (const phone of held) {
    const answer = await awa.follow(
      await prove(awa, await fillWithdrawal(awa, { phone, amount: '1500' }), '4826'),
    );
    expect(answer.heading).toBe(HELD);
    waiting.push(answer);
  }
  const confirmations = await Promise.all(
    sent.map(async (phone) => await fillWithdrawal(awa, { phone, amount: '2000' })),
  );
  const payers = held.map((_, index) => `+22505630${index}1234`);
  const deposits = await Promise.all(
    payers.map(async (phone) => await topUp(awa, { phone, method: 'wave', amount: '1000' })),
  );
  const requests = await until(
    'eight phones ring',
    () => {
      const ringing = world.books.list().filter(({ wallet }) => payers.includes(`+${wallet}`));
      return ringing.length === payers.length ? ringing : undefined;
    },
    { within_ms: PATIENCE_MS },
  );

  // The hour comes that frees what was held, and everything else with it.
  const [called] = await Promise.all([
    Promise.all(
      waiting.map(async (page) => {
        await moment(chance.below(RACE_MS));
        return await press(awa, page, '/cancel/');
      }),
    ),
    world.letPass(HOLD_MS),
    Promise.all(
      confirmations.map(async (page) => {
        expect((await prove(awa, page, '4826')).status).toBe(303);
      }),
    ),
    ...requests.map(async ({ reference }) => {
      const approved = world.books.approve(reference);
      if (!approved.ok) throw new Error(approved.refusal.en);
    }),
  ]);
  expect(called.map(({ status }) => status)).toEqual(held.map(() => 303));
  for (const page of deposits) await waitFor(awa, page, 'Recharge réussie', PATIENCE_MS);

  const ended = await withdrawalsEnded(world, own);
  expect(ended).toHaveLength(phones.length);
  for (const { state, phone } of ended) {
    expect(sentTo(world.books, phone).length, `${phone} is ${state}`).toBe(state === 'cancelled' ? 0 : 1);
    if (sent.includes(phone)) expect(state).toBe('succeeded');
  }
  const out = ended
    .filter(({ state }) => state === 'succeeded')
    .reduce((sum, { amount, quoted_fee }) => sum + amount + quoted_fee, 0n);
  const left = start + 985n * BigInt(deposits.length) - out;
  expect(await balanceOf(world.db, own)).toBe(left);
  expect((await awa.open('/wallet/')).text).toContain(`Disponible ${francs(left)}`);
});

it('called off before, while and after it is sent: either nothing left, or the person is told that it had gone', async () => {
  const own = '+2250707520104';
  const awa = await memberWithMoney(world, own, '60000');
  const start = await balanceOf(world.db, own);
  const phones = await knownNumbers(own, '64', 24);
  const pages = await Promise.all(
    phones.map(async (phone) => await fillWithdrawal(awa, { phone, amount: '1000' })),
  );
  const { _csrf = '' } = pages[0]?.form('/confirm/', 'pin').fields ?? {};
  const told = await Promise.all(
    pages.map(async (page, index) => {
      const path = `/wallet/withdraw/${withdrawalIdOf(page)}/`;
      const callOff = async () => await awa.post(`${path}cancel/`, { _csrf });
      if (index % 3 === 0) {
        // In the same instant as the PIN.
        await Promise.all([prove(awa, page), callOff()]);
      } else {
        expect((await prove(awa, page)).location).toBe(path);
        if (index % 3 === 1)
          await until('it has left', () => sentTo(world.books, phones[index] ?? '').length > 0);
        // Two at once, as an impatient thumb does.
        await Promise.all([callOff(), callOff()]);
      }
      return (await awa.open(path)).heading;
    }),
  );
  const ended = await withdrawalsEnded(world, own);
  for (const [index, phone] of phones.entries()) {
    const state = ended.find((one) => one.phone === phone)?.state;
    // Without a payment the request was called off before its PIN had been computed, and the form is shown again.
    expect(told[index] === CANCELLED, `${phone} is ${state}, and told “${told[index]}”`).toBe(
      state === 'cancelled',
    );
    expect(sentTo(world.books, phone), `${phone} is ${state}`).toHaveLength(state === 'succeeded' ? 1 : 0);
    if (index % 3 === 1) expect(state).toBe('succeeded');
  }
  const sent = ended.filter(({ state }) => state === 'succeeded').length;
  expect(sent, 'somebody was in time to call it off').toBeLessThan(phones.length);
  expect(await balanceOf(world.db, own)).toBe(start - BigInt(sent) * 1010n);
});

it('two people who send to each other at the same time: nobody waits for ever', async () => {
  const [left, right] = ['+2250707520105', '+2250707520106'];
  const people = [
    { own: left, other: right, visitor: await memberWithMoney(world, left, '20000') },
    { own: right, other: left, visitor: await memberWithMoney(world, right, '20000') },
  ];
  await knowNumber(world.db, left, right);
  await knowNumber(world.db, right, left);
  const answers = await Promise.all(
    people.flatMap(({ visitor, other, own }) =>
      ['1100', '1200', '1300', '1400'].map(async (amount, index) => {
        // To the other one, and to oneself: both locks, in both orders.
        const page = await fillWithdrawal(visitor, { phone: index % 2 === 0 ? other : own, amount });
        return (await prove(visitor, page)).status;
      }),
    ),
  );
  expect(answers).toEqual(answers.map(() => 303));
  for (const { own } of people) {
    const ended = await withdrawalsEnded(world, own);
    expect(ended.map(({ state }) => state)).toEqual(['succeeded', 'succeeded', 'succeeded', 'succeeded']);
    expect(await balanceOf(world.db, own)).toBe(19_700n - 5000n - 50n);
  }
});

it('closes the books: nothing is set aside, and the provider’s agree to the franc', async () => {
  await expectSetAside(world.db);
  await closeBooks(world.db, world.books);
});
