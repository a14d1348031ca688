import { expect, test } from 'vitest';
import { sendCommandsOnce } from '../rails/outbox/send-commands-once.ts';
import { findPayment } from '../rails/payments/payment.rows.ts';
import { cancelWithdrawal } from './cancel-withdrawal.ts';
import { granted, outcome, type Resident, sampleTown, type Town } from './testing/sample-town.ts';

async function cancel(town: Town, resident: Resident, paymentId: string) {
  const personId = resident.person.id;
  return await town.inTx(async (tx) => await cancelWithdrawal(tx, town.ground, { paymentId, personId }));
}

test('before the PIN nothing was reserved: the request ends, and no PIN opens it again', async () => {
  const town = await sampleTown();
  await town.fund(town.awa.person, 10_000n);
  const { paymentId } = granted(await town.ask(town.awa.person, 1_000n));
  expect(await cancel(town, town.awa, paymentId)).toEqual({ ok: true, value: undefined });
  expect(await cancel(town, town.awa, paymentId)).toEqual({ ok: true, value: undefined });
  expect(outcome(await town.confirm(town.awa, paymentId))).toBe('withdrawal-request-lapsed');
});

test('after the PIN the money comes back once, also from a hold of a day', async () => {
  const town = await sampleTown();
  await town.fund(town.awa.person, 10_000n);
  for (const deviceToken of [town.awa.deviceToken, undefined]) {
    const { paymentId } = granted(await town.ask(town.awa.person, 1_000n));
    granted(await town.confirm(town.awa, paymentId, { deviceToken }));
    expect(await town.availableOf(town.awa.person)).toBe(8_990n);
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => await cancel(town, town.awa, paymentId)),
    );
    for (const answer of answers) expect(answer).toMatchObject({ ok: true, value: { state: 'cancelled' } });
    expect(await town.availableOf(town.awa.person)).toBe(10_000n);
    expect(await sendCommandsOnce(town.db, town.ground, town.rails, 10)).toBe(0);
  }
});

test('nobody calls off what is another’s, or what does not exist', async () => {
  const town = await sampleTown();
  await town.fund(town.awa.person, 10_000n);
  const { paymentId } = granted(await town.ask(town.awa.person, 1_000n));
  expect(outcome(await cancel(town, town.koffi, paymentId))).toBe('withdrawal-absent');
  granted(await town.confirm(town.awa, paymentId));
  expect(outcome(await cancel(town, town.koffi, paymentId))).toBe('withdrawal-absent');
  expect(outcome(await cancel(town, town.awa, town.ground.ids.next('pay')))).toBe('withdrawal-absent');
  expect(await town.availableOf(town.awa.person)).toBe(8_990n);
});

test('called off and confirmed at once: either the request ended or the money was set aside and came back', async () => {
  const town = await sampleTown();
  await town.fund(town.awa.person, 10_000n);
  for (let round = 0; round < 10; round++) {
    const { paymentId } = granted(await town.ask(town.awa.person, 1_000n + BigInt(round)));
    const [called, confirmed] = await Promise.all([
      cancel(town, town.awa, paymentId),
      town.confirm(town.awa, paymentId),
    ]);
    const payment = await findPayment(town.db, paymentId);
    expect(called.ok).toBe(true);
    expect(outcome(confirmed)).toBe(payment === undefined ? 'withdrawal-request-lapsed' : 'ok');
    if (payment !== undefined) expect(payment.state).toBe('cancelled');
    expect(await town.availableOf(town.awa.person)).toBe(10_000n);
  }
});

/** A provider whose answer to every pay-out is lost, and how often it was asked. */
function losingProvider(town: Town): { readonly asked: () => number } {
  let asked = 0;
  town.provider.readBalance = async () => ({
    balance: { amount: 5_000_000n, currency: 'XOF' },
    asOf: town.ground.clock.now(),
  });
  town.provider.createPayout = async () => {
    asked += 1;
    return { answer: 'unknown', phase: 'lost', evidence: 'timeout' };
  };
  return { asked: () => asked };
}

test('what was sent is not called off, even when nobody knows what became of it', async () => {
  const town = await sampleTown();
  const provider = losingProvider(town);
  await town.fund(town.awa.person, 10_000n);
  const { paymentId } = granted(await town.ask(town.awa.person, 1_000n));
  granted(await town.confirm(town.awa, paymentId));
  await sendCommandsOnce(town.db, town.ground, town.rails, 10);
  expect(provider.asked()).toBe(1);
  expect(outcome(await cancel(town, town.awa, paymentId))).toBe('withdrawal-already-sent');
  expect(await town.availableOf(town.awa.person)).toBe(8_990n);
});

test('called off and sent at once: the provider is asked or the money comes back, never both', async () => {
  const town = await sampleTown();
  const provider = losingProvider(town);
  await town.fund(town.awa.person, 10_000n);
  for (let round = 0; round < 5; round++) {
    const amount = 1_000n + BigInt(round);
    const { paymentId } = granted(await town.ask(town.awa.person, amount));
    const payment = granted(await town.confirm(town.awa, paymentId));
    const reserved = payment.amount + payment.quotedFee;
    const before = await town.availableOf(town.awa.person);
    const askedBefore = provider.asked();
    const [called] = await Promise.all([
      cancel(town, town.awa, paymentId),
      sendCommandsOnce(town.db, town.ground, town.rails, 10),
    ]);
    const gone = provider.asked() - askedBefore === 1;
    expect(outcome(called)).toBe(gone ? 'withdrawal-already-sent' : 'ok');
    expect(await town.availableOf(town.awa.person)).toBe(gone ? before : before + reserved);
  }
});
