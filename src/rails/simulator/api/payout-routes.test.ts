import { expect, test } from 'vitest';
import { SECOND_MS } from '../../../ground/clock.ts';
import { PAYIN_HEADERS, PAYOUT_HEADERS, payinBody, testSimulator } from '../testing/test-simulator.ts';

interface Created {
  readonly data: { readonly transaction_reference: string; readonly soleaspay_reference: string };
}

test('a pay-out answers as documented and leaves the balance at once', async () => {
  const simulator = await testSimulator();
  await simulator.call('/payins', payinBody('0001', { amount: 10_000 }), PAYIN_HEADERS);
  const answer = await simulator.callJwt('/payouts', payinBody(), PAYOUT_HEADERS);
  expect(await answer.json()).toEqual({
    success: true,
    message: expect.any(String),
    data: {
      transaction_reference: expect.stringMatching(/^MPAYOUT_[A-Z0-9]{12}$/),
      soleaspay_reference: expect.stringMatching(/^MLS/),
      amount: 5_000,
      currency: 'XOF',
      status: 'pending',
    },
  });
  const balance = await simulator.callJwt('/balance');
  expect(await balance.json()).toMatchObject({ data: { balance: 4_830, currency: 'XOF' } });
});

test('a pay-out is processing, then paid by itself', async () => {
  const simulator = await testSimulator();
  await simulator.call('/payins', payinBody('0001', { amount: 10_000 }), PAYIN_HEADERS);
  const answer = await simulator.callJwt('/payouts', payinBody(), PAYOUT_HEADERS);
  const { data } = (await answer.json()) as Created;
  const question = {
    order_id: data.transaction_reference,
    pay_id: data.soleaspay_reference,
    operation: '4',
  };
  const word = async () => await (await simulator.callJwt('/transaction-check', question)).json();
  expect(await word()).toMatchObject({ data: { status: 'processing' } });
  simulator.clock.advance(2 * SECOND_MS);
  expect(await word()).toMatchObject({ data: { status: 'success' } });
});

test('a pay-out tells its fee, where one is taken', async () => {
  const simulator = await testSimulator({ openingFloat: { XOF: 10_000n }, payoutFees: { '30': 100n } });
  const answer = await simulator.callJwt('/payouts', payinBody(), PAYOUT_HEADERS);
  expect(await answer.json()).toMatchObject({ data: { amount: 5_000, fee_amount: 50 } });
  const balance = await simulator.callJwt('/balance');
  expect(await balance.json()).toMatchObject({ data: { balance: 4_950 } });
});

test('a pay-out above the balance is refused with an HTTP 200 that says no', async () => {
  const simulator = await testSimulator();
  const answer = await simulator.callJwt('/payouts', payinBody(), PAYOUT_HEADERS);
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { success: false, message: expect.any(String), error_code: 'INSUFFICIENT_BALANCE' },
  ]);
});
