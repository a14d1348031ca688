import { expect, test } from 'vitest';
import { DAY_MS } from '../ground/clock.ts';
import { cancelWithdrawal } from './cancel-withdrawal.ts';
import { insertDestination } from './destination.rows.ts';
import { granted, outcome, type Resident, sampleTown, type Town, tally } from './testing/sample-town.ts';
import { WITHDRAWAL_LIMITS } from './withdrawal-limits.ts';

const SISTER = '+2250101010105';

async function allow(town: Town, resident: Resident, phone: string): Promise<void> {
  const confirmedAt = town.ground.clock.now();
  await town.inTx(
    async (tx) => await insertDestination(tx, { personId: resident.person.id, phone, confirmedAt }),
  );
}

/** Requests and confirms; the outcome of whichever said no. */
async function withdraw(town: Town, resident: Resident, amount: bigint, phone?: string): Promise<string> {
  const asked = await town.ask(resident.person, amount, phone === undefined ? {} : { phone });
  return asked.ok ? outcome(await town.confirm(resident, asked.value.paymentId)) : outcome(asked);
}

test('every limit names its source and the date at which it was read or chosen', () => {
  for (const limits of Object.values(WITHDRAWAL_LIMITS)) {
    const { none, verified } = limits.ceilings;
    for (const { source } of [...none, ...verified, limits.destination])
      expect(source).toMatch(/20\d\d-\d\d$/);
    expect(none.map((ceiling) => ceiling.window)).toEqual(['day', 'week', 'month']);
    for (const [place, ceiling] of none.entries()) {
      expect(verified[place]?.window).toBe(ceiling.window);
      expect(verified[place]?.most).toBeGreaterThan(ceiling.most);
    }
  }
});

test('whoever is not identified withdraws 200 000 in a day, 500 000 in a week, 1 000 000 in a month', async () => {
  const town = await sampleTown({ identification: 'none' });
  const { ground, awa, fund } = town;
  await fund(awa.person, 1_900_000n);
  const story: string[] = [];
  const day = async (...amounts: bigint[]) => {
    for (const amount of amounts) story.push(await withdraw(town, awa, amount));
    ground.clock.advance(DAY_MS + 1);
  };
  await day(150_000n, 50_001n, 50_000n, 100n);
  expect(story.splice(0)).toEqual(['ok', 'withdrawal-day-exceeded', 'ok', 'withdrawal-day-exceeded']);
  await day(200_000n);
  await day(100_001n, 100_000n);
  await day(100n);
  expect(story.splice(0)).toEqual(['ok', 'withdrawal-week-exceeded', 'ok', 'withdrawal-week-exceeded']);
  ground.clock.advance(7 * DAY_MS);
  await day(200_000n);
  await day(200_000n);
  await day(100_000n);
  ground.clock.advance(7 * DAY_MS);
  await day(100n);
  expect(story.splice(0)).toEqual(['ok', 'ok', 'ok', 'withdrawal-month-exceeded']);
  ground.clock.advance(30 * DAY_MS);
  await day(200_000n);
  expect(story).toEqual(['ok']);
});

test('the refusal says what is still possible', async () => {
  const town = await sampleTown({ identification: 'none' });
  await town.fund(town.awa.person, 400_000n);
  granted(await town.confirm(town.awa, granted(await town.ask(town.awa.person, 150_000n)).paymentId));
  expect(await town.ask(town.awa.person, 60_000n)).toMatchObject({
    refusal: {
      fr: 'Vos retraits sont limités à 200\u00a0000\u00a0F\u00a0CFA en 24 heures. Vous pouvez encore retirer 50\u00a0000\u00a0F\u00a0CFA.',
      en: 'Your withdrawals are limited to 200,000\u00a0F\u00a0CFA in 24 hours. You can still withdraw 50,000\u00a0F\u00a0CFA.',
    },
  });
});

test('a withdrawal that was called off no longer counts', async () => {
  const town = await sampleTown({ identification: 'none' });
  const { inTx, ground, awa } = town;
  await town.fund(awa.person, 900_000n);
  const { paymentId } = granted(await town.ask(awa.person, 200_000n));
  granted(await town.confirm(awa, paymentId));
  expect(await withdraw(town, awa, 100n)).toBe('withdrawal-day-exceeded');
  const personId = awa.person.id;
  granted(await inTx(async (tx) => await cancelWithdrawal(tx, ground, { paymentId, personId })));
  expect(await withdraw(town, awa, 200_000n)).toBe('ok');
});

test('thirty forms confirmed at once never pass the day’s ceiling together', async () => {
  const town = await sampleTown({ identification: 'none' });
  await town.fund(town.awa.person, 2_000_000n);
  const requests = [];
  for (let n = 0; n < 30; n++) {
    const phone = `+22505000001${10 + n}`;
    await allow(town, town.awa, phone);
    requests.push(granted(await town.ask(town.awa.person, 30_000n, { phone })));
  }
  const answers = await Promise.all(
    requests.map(async ({ paymentId }) => await town.confirm(town.awa, paymentId)),
  );
  expect(tally(answers)).toEqual({ ok: 6, 'withdrawal-day-exceeded': 24 });
});

test('one number receives five withdrawals a day, whoever sends them and however parallel', async () => {
  const town = await sampleTown();
  const { awa, koffi, ground } = town;
  const requests: { resident: Resident; paymentId: string }[] = [];
  for (const resident of [awa, koffi]) {
    await town.fund(resident.person, 100_000n);
    await allow(town, resident, SISTER);
    for (let n = 0; n < 10; n++) {
      const { paymentId } = granted(await town.ask(resident.person, 1_000n + BigInt(n), { phone: SISTER }));
      requests.push({ resident, paymentId });
    }
  }
  const answers = await Promise.all(
    requests.map(async ({ resident, paymentId }) => await town.confirm(resident, paymentId)),
  );
  expect(tally(answers)).toEqual({ ok: 5, 'withdrawal-destination-too-often': 15 });
  ground.clock.advance(DAY_MS);
  expect(await withdraw(town, koffi, 1_000n, SISTER)).toBe('withdrawal-destination-too-often');
  ground.clock.advance(1);
  expect(await withdraw(town, koffi, 1_000n, SISTER)).toBe('ok');
});

test('one number receives two millions a day, and a stranger is not told how much it has', async () => {
  const town = await sampleTown();
  const { awa, koffi } = town;
  for (const resident of [awa, koffi]) {
    await town.fund(resident.person, 2_000_000n);
    await allow(town, resident, SISTER);
  }
  expect(await withdraw(town, awa, 1_500_000n, SISTER)).toBe('ok');
  expect(await withdraw(town, koffi, 500_001n, SISTER)).toBe('withdrawal-destination-exceeded');
  expect(await withdraw(town, koffi, 500_000n, SISTER)).toBe('ok');
  expect(await withdraw(town, awa, 100n, SISTER)).toBe('withdrawal-destination-exceeded');
  // A request alone does not tell: it is accepted, and only a right PIN gets the answer.
  expect((await town.ask(awa.person, 100n, { phone: SISTER })).ok).toBe(true);
});
