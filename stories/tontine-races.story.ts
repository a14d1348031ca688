/**
 * Lets many people act on one group in the same moment, on PostgreSQL.
 */
import { expect, test } from 'vitest';
import { argonHasher, type PinHasher } from '../src/people/pin-hash.ts';
import { setPin } from '../src/people/set-pin.ts';
import { listOpenRequests } from '../src/tontine/approvals/approval-request.rows.ts';
import { giveVoice } from '../src/tontine/approvals/give-voice.ts';
import { levyPenaltiesOnce } from '../src/tontine/discipline/levy-penalties-once.ts';
import { USUAL_RULES } from '../src/tontine/groups/rules.ts';
import { closeRoundsOnce } from '../src/tontine/rounds/close-rounds-once.ts';
import { contribute } from '../src/tontine/rounds/contribute.ts';
import { openContributionLane } from '../src/tontine/rounds/contribution-lane.ts';
import { openRoundsOnce } from '../src/tontine/rounds/open-rounds-once.ts';
import { listPayouts } from '../src/tontine/rounds/payout.rows.ts';
import { findGroupFaults } from '../src/tontine/testing/group-books.rows.ts';
import { granted, outcome, type SampleGroup, sampleGroup } from '../src/tontine/testing/sample-group.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou', 'Moussa'];
const OFFICES = { Yao: 'vice-president', Mariam: 'treasurer', Fatou: 'secretary' } as const;
const RULES = {
  ...USUAL_RULES,
  solidarity: { contribution: 1_000n, events: [] },
  shortfall: 'pay-what-is-there' as const,
};

async function openGroup(): Promise<SampleGroup> {
  const group = await sampleGroup({ names: NAMES, rules: RULES, startsOn: '2026-01-05', offices: OFFICES });
  for (const name of NAMES) await group.give(name, 200_000n);
  return group;
}

function tally(outcomes: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    [...new Set(outcomes)].map((one) => [one, outcomes.filter((other) => other === one).length]),
  );
}

test('fifty contributions at once take what is in the wallets and no franc more', async () => {
  const group = await openGroup();
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, n) => outcome(await group.pay(NAMES[n % 5] ?? '', 30_000n))),
  );
  // 200 000 in each wallet: six payments of 30 000 each, and not the seventh.
  expect(tally(answers)).toEqual({ ok: 30, 'wallet-short': 20 });
  for (const name of NAMES) expect(await group.wallet(name)).toBe(20_000n);
  expect(await group.fund('pot')).toBe(125_000n);
  expect(await group.fund('solidarity')).toBe(5_000n);
  expect(await findGroupFaults(group.db, group)).toEqual([]);
});

test('one form sent fifty times at once, with the PIN, is one contribution with one answer', async () => {
  const group = await openGroup();
  const hasher: PinHasher = async (input) =>
    await argonHasher(new Uint8Array(32).fill(7))({ ...input, cost: { memory_kib: 8, passes: 1 } });
  granted(await setPin(group.db, group.ground, { personId: group.who('Awa').personId, pin: '4826', hasher }));
  const form = { ...group.who('Awa'), contributionId: group.ground.ids.next('ctr'), amount: 26_000n, hasher };
  const lane = openContributionLane(group.db, group.ground);
  const wrong = await contribute(group.db, group.ground, lane, { ...form, pin: '5937' });
  expect(outcome(wrong)).toBe('pin-wrong');
  expect(await group.fund('pot')).toBe(0n);
  const answers = await Promise.all(
    Array.from(
      { length: 50 },
      async () => await contribute(group.db, group.ground, lane, { ...form, pin: '4826' }),
    ),
  );
  for (const answer of answers)
    expect(answer).toMatchObject({ ok: true, value: { id: form.contributionId, allocated: 26_000n } });
  expect(await group.wallet('Awa')).toBe(174_000n);
  const changed = await contribute(group.db, group.ground, lane, { ...form, amount: 27_000n, pin: '4826' });
  expect(outcome(changed)).toBe('request-changed');
  expect(await findGroupFaults(group.db, group)).toEqual([]);
});

test('two officers who agree to one pot in the same moment make one payout', async () => {
  const group = await openGroup();
  for (const name of NAMES) granted(await group.pay(name, 26_000n));
  group.at('2026-01-08T09:00:00.000Z');
  await Promise.all([group.night(), group.night()]);
  const [request] = await listOpenRequests(group.db, group.groupId);
  const yes = async (name: string) =>
    await group.doing(
      async (tx) =>
        await giveVoice(tx, group.ground, { ...group.who(name), requestId: request?.id ?? '', voice: 'yes' }),
    );
  // Awa is served and has no voice; three others answer three times each.
  const answers = await Promise.all(
    ['Yao', 'Mariam', 'Fatou']
      .flatMap((name) => [name, name, name])
      .map(async (name) => outcome(await yes(name))),
  );
  expect(outcome(await yes('Awa'))).toMatch(/approval-(over|voice-excluded)/);
  expect(new Set(answers)).toEqual(new Set(['ok', 'approval-over']));
  const payouts = await listPayouts(group.db, group.cycleId);
  expect(payouts).toMatchObject([{ state: 'paid', amount: 125_000n, walletPaid: 125_000n }]);
  expect(await group.wallet('Awa')).toBe(200_000n - 26_000n + 125_000n);
  expect(await findGroupFaults(group.db, group)).toEqual([]);
});

test('three nights at once open, close and fine once', async () => {
  const group = await openGroup();
  for (const name of NAMES.slice(1)) granted(await group.pay(name, 26_000n));
  group.at('2026-02-07T19:00:00.000Z');
  const steps = [openRoundsOnce, closeRoundsOnce, levyPenaltiesOnce];
  for (const step of steps)
    await Promise.all([1, 2, 3].map(async () => await step(group.db, group.ground, 100)));
  await group.night();
  const fines = await group.db
    .selectFrom('penalties')
    .select(['amount', 'membership_id', 'after_pot'])
    .execute();
  // Awa for round 1, and everybody for round 2, which nobody has paid.
  expect(fines).toHaveLength(6);
  const dues = await group.db.selectFrom('dues').select(['kind']).where('kind', '=', 'pot').execute();
  expect(dues).toHaveLength(15);
  const requests = await listOpenRequests(group.db, group.groupId);
  expect(requests).toHaveLength(2);
  expect(await findGroupFaults(group.db, group)).toEqual([]);
});
