import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { after, DAY_MS, HOUR_MS, MINUTE_MS } from '../ground/clock.ts';
import { recordDevice } from '../people/record-device.ts';
import { setPin } from '../people/set-pin.ts';
import { insertFreeze } from '../rails/payments/freeze.rows.ts';
import { insertDestination } from './destination.rows.ts';
import { granted, KOFFI, outcome, PIN, quickHasher, sampleTown, tally } from './testing/sample-town.ts';
import { CHALLENGE_MS } from './withdrawal-request.ts';

test.each(['postgres', 'pglite'] as const)(
  'on %s a right PIN sets the money aside and writes the payment with the id of the form',
  async (engine) => {
    const { ground, fund, availableOf, ask, confirm, awa } = await sampleTown({ engine });
    await fund(awa.person, 20_000n);
    const request = granted(await ask(awa.person, 10_000n));
    expect(await availableOf(awa.person)).toBe(20_000n);
    const payment = granted(await confirm(awa, request.paymentId));
    expect(payment).toMatchObject({
      id: request.paymentId,
      ownerId: awa.person.id,
      direction: 'out',
      state: 'created',
      phone: awa.person.phone,
      amount: 10_000n,
      quotedFee: 100n,
      createdAt: ground.clock.now(),
    });
    expect(await availableOf(awa.person)).toBe(9_900n);
  },
);

test('fifty forms confirmed at once on one balance take what is there and no franc more', async () => {
  // Five to one number: more would meet the number's own limit before the balance's.
  const { db, inTx, ground, fund, availableOf, ask, confirm, awa } = await sampleTown();
  await fund(awa.person, 7_500n);
  const requests = [];
  for (let n = 0; n < 50; n++) {
    const phone = `+22505000001${10 + (n % 20)}`;
    const destination = { personId: awa.person.id, phone, confirmedAt: ground.clock.now() };
    await inTx(async (tx) => await insertDestination(tx, destination));
    requests.push(granted(await ask(awa.person, 1_000n, { phone })));
  }
  const answers = await Promise.all(requests.map(async ({ paymentId }) => await confirm(awa, paymentId)));
  expect(tally(answers)).toEqual({ ok: 7, 'withdrawal-balance-insufficient': 43 });
  expect(await availableOf(awa.person)).toBe(7_500n - 7n * 1_010n);
  const counted = await sql<{ payments: bigint; commands: bigint; confirmed: bigint }>`
    select (select count(*) from payments) as payments, (select count(*) from provider_commands) as commands,
      (select count(*) from withdrawal_requests where state = 'confirmed') as confirmed`.execute(db);
  expect(counted.rows).toEqual([{ payments: 7n, commands: 7n, confirmed: 7n }]);
});

test('one form sent fifty times at once is one withdrawal with one answer', async () => {
  const { db, fund, availableOf, ask, confirm, awa } = await sampleTown();
  await fund(awa.person, 100_000n);
  const { paymentId } = granted(await ask(awa.person, 1_000n));
  const answers = await Promise.all(Array.from({ length: 50 }, async () => await confirm(awa, paymentId)));
  const [first] = answers;
  expect(first).toMatchObject({ ok: true, value: { id: paymentId } });
  for (const answer of answers) expect(answer).toEqual(first);
  expect(await availableOf(awa.person)).toBe(98_990n);
  expect(await db.selectFrom('payments').select('id').execute()).toHaveLength(1);
  expect(await db.selectFrom('provider_commands').select('id').execute()).toHaveLength(1);
  expect(outcome(await confirm(awa, paymentId))).toBe('ok');
  expect(await availableOf(awa.person)).toBe(98_990n);
});

test('a wrong PIN moves nothing, counts on every form, and the fifth locks the right one too', async () => {
  const { ground, fund, availableOf, ask, confirm, awa } = await sampleTown();
  await fund(awa.person, 10_000n);
  const forms = [granted(await ask(awa.person, 1_000n)), granted(await ask(awa.person, 2_000n))];
  const outcomes = [];
  for (let miss = 0; miss < 5; miss++) {
    const form = forms[miss % 2]?.paymentId ?? '';
    outcomes.push(outcome(await confirm(awa, form, { pin: '5937' })));
  }
  expect(outcomes).toEqual(Array(5).fill('pin-wrong'));
  const form = forms[0]?.paymentId ?? '';
  expect(outcome(await confirm(awa, form))).toBe('pin-locked');
  expect(await availableOf(awa.person)).toBe(10_000n);
  ground.clock.advance(MINUTE_MS);
  expect(outcome(await confirm(awa, form))).toBe('ok');
  // Knowing the form of a withdrawal that was made does not replace the PIN.
  expect(outcome(await confirm(awa, form, { pin: '5937' }))).toBe('pin-wrong');
});

test('another person’s form is no form, and their PIN is not tried', async () => {
  const { fund, availableOf, ask, confirm, awa, koffi } = await sampleTown();
  await fund(awa.person, 10_000n);
  const { paymentId } = granted(await ask(awa.person, 1_000n));
  for (let n = 0; n < 7; n++) {
    expect(outcome(await confirm(koffi, paymentId, { pin: '5937' }))).toBe('withdrawal-absent');
  }
  expect(await availableOf(awa.person)).toBe(10_000n);
  expect(outcome(await confirm(awa, paymentId))).toBe('ok');
});

test('the challenge dies after ten minutes, and the database itself takes no later PIN', async () => {
  const { db, ground, fund, ask, confirm, awa } = await sampleTown();
  await fund(awa.person, 10_000n);
  const early = granted(await ask(awa.person, 1_000n));
  const late = granted(await ask(awa.person, 1_000n));
  ground.clock.advance(CHALLENGE_MS - 1);
  expect(outcome(await confirm(awa, early.paymentId))).toBe('ok');
  ground.clock.advance(1);
  expect(outcome(await confirm(awa, late.paymentId))).toBe('withdrawal-request-lapsed');
  const forced = sql`update withdrawal_requests set state = 'confirmed', confirmed_at = ${ground.clock.now()}
    where payment_id = ${late.paymentId}`.execute(db);
  await expect(forced).rejects.toThrow(/check constraint/);
});

test.each([
  ['the amount', sql`amount = 9000`],
  ['the fee', sql`fee = 0`],
  ['the number', sql`phone = '+2250505050505'`],
  ['the method', sql`method = 'wave'`],
  ['the service', sql`service_id = '99'`],
  ['the currency', sql`currency = 'GNF'`],
  ['the end', sql`expires_at = expires_at + interval '1 day'`],
  ['the id', sql`payment_id = 'pay_00000000000000000000000000'`],
])('the database refuses to change %s of a request', async (_what, change) => {
  const { db, fund, ask, awa } = await sampleTown();
  await fund(awa.person, 10_000n);
  granted(await ask(awa.person, 1_000n));
  await expect(sql`update withdrawal_requests set ${change}`.execute(db)).rejects.toThrow(
    /bound to what was asked/,
  );
  await expect(sql`delete from withdrawal_requests`.execute(db)).rejects.toThrow(/are kept/);
});

test('a used or ended request cannot be opened again', async () => {
  const { db, fund, ask, confirm, awa } = await sampleTown();
  await fund(awa.person, 10_000n);
  const { paymentId } = granted(await ask(awa.person, 1_000n));
  granted(await confirm(awa, paymentId));
  const reopened = sql`update withdrawal_requests set state = 'requested', confirmed_at = null`.execute(db);
  await expect(reopened).rejects.toThrow(/used once/);
});

test('a refusal leaves no trace: after a recharge the same request can be confirmed', async () => {
  const { db, fund, ask, confirm, awa } = await sampleTown();
  await fund(awa.person, 3_000n);
  const first = granted(await ask(awa.person, 2_000n));
  const second = granted(await ask(awa.person, 2_000n));
  granted(await confirm(awa, first.paymentId));
  expect(outcome(await confirm(awa, second.paymentId))).toBe('withdrawal-balance-insufficient');
  expect(await db.selectFrom('payments').select('id').execute()).toHaveLength(1);
  await fund(awa.person, 3_000n);
  expect(outcome(await confirm(awa, second.paymentId))).toBe('ok');
});

test('a number that was never confirmed receives nothing, and moves on once it is', async () => {
  const { inTx, ground, fund, ask, confirm, awa } = await sampleTown();
  await fund(awa.person, 10_000n);
  const { paymentId } = granted(await ask(awa.person, 1_000n, { phone: KOFFI }));
  expect(outcome(await confirm(awa, paymentId))).toBe('withdrawal-destination-unconfirmed');
  const destination = { personId: awa.person.id, phone: KOFFI, confirmedAt: ground.clock.now() };
  await inTx(async (tx) => await insertDestination(tx, destination));
  expect(outcome(await confirm(awa, paymentId))).toBe('ok');
});

test('a freeze that came after the request stops the confirmation', async () => {
  const { inTx, ground, fund, availableOf, ask, confirm, awa } = await sampleTown();
  await fund(awa.person, 10_000n);
  const { paymentId } = granted(await ask(awa.person, 1_000n));
  const id = ground.ids.next('frz');
  const freeze = { id, scope: 'owner', subject: awa.person.id, direction: 'out', reason: 'a test' } as const;
  await inTx(
    async (tx) =>
      await insertFreeze(tx, { ...freeze, createdBy: 'per_operator', createdAt: ground.clock.now() }),
  );
  expect(outcome(await confirm(awa, paymentId))).toBe('withdrawal-frozen');
  expect(await availableOf(awa.person)).toBe(10_000n);
  expect(outcome(await ask(awa.person, 1_000n))).toBe('withdrawal-frozen');
});

test('a service that the provider withdrew meanwhile sends nothing', async () => {
  const { provider, ground, fund, availableOf, ask, confirm, awa } = await sampleTown();
  await fund(awa.person, 10_000n);
  const { paymentId } = granted(await ask(awa.person, 1_000n));
  const { services } = await provider.listServices();
  const listed = (change: object) => async () => ({
    services: services.map((service) => ({ ...service, ...change })),
    fetchedAt: ground.clock.now(),
  });
  for (const change of [{ active: false }, { withdrawals: false }, { id: '99' }, { maxAmount: 999n }]) {
    provider.listServices = listed(change);
    expect(outcome(await confirm(awa, paymentId))).toBe('withdrawal-method-unavailable');
  }
  expect(await availableOf(awa.person)).toBe(10_000n);
  provider.listServices = listed({});
  granted(await confirm(awa, paymentId));
  provider.listServices = listed({ active: false });
  expect(outcome(await confirm(awa, paymentId))).toBe('ok');
});

test('from a new device, without one, or after a replaced PIN the money waits a day, set aside', async () => {
  const { db, inTx, ground, fund, availableOf, ask, confirm, awa, koffi } = await sampleTown();
  await fund(awa.person, 10_000n);
  const stranger = await inTx(async (tx) => await recordDevice(tx, ground, { personId: awa.person.id }));
  const held = async (deviceToken: unknown) => {
    const { paymentId } = granted(await ask(awa.person, 1_000n));
    const { state, nextActionAt } = granted(await confirm(awa, paymentId, { deviceToken }));
    return { state, nextActionAt };
  };
  const tomorrow = after(ground.clock.now(), DAY_MS);
  expect(await held(stranger.token)).toEqual({ state: 'risk-hold', nextActionAt: tomorrow });
  expect(await held(undefined)).toEqual({ state: 'risk-hold', nextActionAt: tomorrow });
  expect(await held(koffi.deviceToken)).toEqual({ state: 'risk-hold', nextActionAt: tomorrow });
  expect(await held(awa.deviceToken)).toMatchObject({ state: 'created' });
  expect(await availableOf(awa.person)).toBe(10_000n - 4n * 1_010n);
  expect(await db.selectFrom('provider_commands').select('id').execute()).toHaveLength(1);

  ground.clock.advance(HOUR_MS);
  const proof = { kind: 'present-pin', pin: PIN } as const;
  granted(await setPin(db, ground, { personId: awa.person.id, pin: '7391', proof, hasher: quickHasher }));
  const { paymentId } = granted(await ask(awa.person, 1_000n));
  expect(granted(await confirm(awa, paymentId, { pin: '7391' }))).toMatchObject({
    state: 'risk-hold',
    nextActionAt: after(ground.clock.now(), DAY_MS),
  });
});
