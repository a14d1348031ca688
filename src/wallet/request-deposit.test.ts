import { expect, test } from 'vitest';
import { quoteDeposit } from './quote-deposit.ts';
import { requestDeposit } from './request-deposit.ts';
import { AWA, granted, outcome, sampleTown, type Town } from './testing/sample-town.ts';

async function recharge(town: Town, amount: bigint): Promise<string> {
  const { ground, rails, awa } = town;
  const quote = granted(
    await quoteDeposit(rails, {
      owner: awa.person,
      payerCountry: 'CI',
      method: 'mtn_money',
      amount: String(amount),
    }),
  );
  const asked = { owner: awa.person, paymentId: ground.ids.next('pay'), phone: AWA, quote };
  return outcome(await town.inTx(async (tx) => await requestDeposit(tx, ground, rails, asked)));
}

test.each([
  ['none', 200_000n],
  ['verified', 2_000_000n],
] as const)('with the identification %s a wallet holds %s at most', async (identification, most) => {
  const town = await sampleTown({ identification, service: { feeBasisPoints: 0 } });
  await town.fund(town.awa.person, most - 10_000n);
  expect(await recharge(town, 10_001n)).toBe('deposit-holding-exceeded');
  expect(await recharge(town, 10_000n)).toBe('ok');
  // What is on its way fills the wallet too.
  expect(await recharge(town, 100n)).toBe('deposit-holding-exceeded');
});
