import { expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../ground/clock.ts';
import { lapseWithdrawalRequestsOnce } from './lapse-withdrawal-requests-once.ts';
import { granted, KOFFI, outcome, sampleTown, tally } from './testing/sample-town.ts';
import { CHALLENGE_MS } from './withdrawal-request.ts';

test('the same form is one request, also fifty times at once; another wish with it is refused', async () => {
  const { db, ground, fund, ask, confirm, awa } = await sampleTown();
  await fund(awa.person, 50_000n);
  const paymentId = ground.ids.next('pay');
  const answers = await Promise.all(
    Array.from({ length: 50 }, async () => await ask(awa.person, 1_000n, { paymentId })),
  );
  expect(tally(answers)).toEqual({ ok: 50 });
  expect(await db.selectFrom('withdrawal_requests').select('payment_id').execute()).toHaveLength(1);
  expect(outcome(await ask(awa.person, 1_001n, { paymentId }))).toBe('request-changed');
  expect(outcome(await ask(awa.person, 1_000n, { paymentId, phone: KOFFI }))).toBe('request-changed');
  ground.clock.advance(MINUTE_MS);
  expect(granted(await ask(awa.person, 1_000n, { paymentId }))).toEqual(answers[0]?.ok && answers[0].value);
  granted(await confirm(awa, paymentId));
  expect(granted(await ask(awa.person, 1_000n, { paymentId })).state).toBe('confirmed');
});

test('somebody else’s id is no form of mine', async () => {
  const { fund, ask, awa, koffi } = await sampleTown();
  await fund(awa.person, 50_000n);
  await fund(koffi.person, 50_000n);
  const { paymentId } = granted(await ask(awa.person, 1_000n));
  expect(outcome(await ask(koffi.person, 1_000n, { paymentId }))).toBe('withdrawal-absent');
});

test('a form of yesterday, or of tomorrow, is too old', async () => {
  const { ground, fund, ask, awa } = await sampleTown();
  await fund(awa.person, 50_000n);
  const paymentId = ground.ids.next('pay');
  ground.clock.advance(DAY_MS + 1);
  expect(outcome(await ask(awa.person, 1_000n, { paymentId }))).toBe('payment-form-too-old');
  const future = ground.ids.next('pay');
  ground.clock.advance(-MINUTE_MS - 1);
  expect(outcome(await ask(awa.person, 1_000n, { paymentId: future }))).toBe('payment-form-too-old');
});

test('requests without a PIN end after ten minutes, in bounded steps, and nothing else does', async () => {
  const { db, ground, fund, availableOf, ask, confirm, awa } = await sampleTown();
  await fund(awa.person, 50_000n);
  const paid = granted(await ask(awa.person, 1_000n));
  granted(await confirm(awa, paid.paymentId));
  const open = [];
  for (let n = 0; n < 3; n++) open.push(granted(await ask(awa.person, 1_000n)));
  const available = await availableOf(awa.person);
  ground.clock.advance(CHALLENGE_MS - 1);
  expect(await lapseWithdrawalRequestsOnce(db, ground, 10)).toBe(0);
  ground.clock.advance(1);
  const fresh = granted(await ask(awa.person, 1_000n));
  expect(await lapseWithdrawalRequestsOnce(db, ground, 2)).toBe(2);
  expect(await lapseWithdrawalRequestsOnce(db, ground, 2)).toBe(1);
  expect(await lapseWithdrawalRequestsOnce(db, ground, 2)).toBe(0);
  const rows = await db.selectFrom('withdrawal_requests').select(['payment_id', 'state']).execute();
  const states = Object.fromEntries(rows.map((row) => [row.payment_id, row.state]));
  expect(states).toEqual({
    [paid.paymentId]: 'confirmed',
    ...Object.fromEntries(open.map((request) => [request.paymentId, 'lapsed'])),
    [fresh.paymentId]: 'requested',
  });
  expect(await availableOf(awa.person)).toBe(available);
  const [first] = open;
  expect(outcome(await ask(awa.person, 1_000n, { paymentId: first?.paymentId ?? '' }))).toBe(
    'withdrawal-request-lapsed',
  );
});
