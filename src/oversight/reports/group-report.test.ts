import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { after, DAY_MS } from '../../ground/clock.ts';
import { depositStage, paidDeposit } from '../../rails/testing/deposit-stage.ts';
import { USUAL_RULES } from '../../tontine/groups/rules.ts';
import { confirmCash } from '../../tontine/rounds/confirm-cash.ts';
import { declareCash } from '../../tontine/rounds/declare-cash.ts';
import { listPayouts } from '../../tontine/rounds/payout.rows.ts';
import { FRIENDS, fourFriends, playRound } from '../../tontine/testing/four-friends.ts';
import { buildGroup, type SampleGroup } from '../../tontine/testing/sample-group.ts';
import { searchPayments } from '../payments/payment-search.rows.ts';
import { listGroupSlice } from './group-report.rows.ts';
import { readGroupReport } from './read-group-report.ts';

/** What the journal says of all transfers whose two accounts are called like this. */
async function journalSum(group: SampleGroup, debit: string, credit: string): Promise<bigint> {
  const found = await sql<{ total: bigint }>`select coalesce(sum(t.amount), 0)::bigint as total
    from transfers t join accounts d on d.key = t.debit join accounts c on c.key = t.credit
    where t.kind in ('single', 'post') and d.id like ${debit} and c.id like ${credit}`.execute(group.db);
  return found.rows[0]?.total ?? 0n;
}

async function payInNotes(group: SampleGroup, name: string): Promise<void> {
  const { ground } = group;
  const contributionId = ground.ids.next('ctr');
  const { membershipId } = group.of(name);
  const notes = { ...group.who('Mariam'), contributionId, membershipId, amount: 25_000n };
  await group.must(async (tx) => await declareCash(tx, ground, notes));
  await group.must(async (tx) => await confirmCash(tx, ground, { ...group.who(name), contributionId }));
}

test('by group: the figures of the ledger, and nothing of the group beside', async () => {
  const group = await fourFriends();
  const other = await buildGroup(
    group.db,
    group.ground,
    { names: FRIENDS, rules: USUAL_RULES, startsOn: '2026-01-05', groupName: 'Les Voisins' },
    20,
  );
  await other.give('Awa', 60_000n);
  const started = group.ground.clock.now();
  group.at('2026-01-05T08:00:00Z');
  await other.must(async () => await other.pay('Awa', 25_000n));
  await payInNotes(group, 'Fatou');
  await playRound(group, 1, ['Awa', 'Yao', 'Mariam']);

  const now = group.ground.clock.now();
  const all = { from: started, until: after(now, DAY_MS) };
  const { lines, next } = await readGroupReport(group.db, { period: all, limit: 50 });
  const [line, beside] = [group, other].map((one) => lines.find(({ groupId }) => groupId === one.groupId));
  expect(lines).toHaveLength(2);
  if (line === undefined || beside === undefined) return;
  expect(line.inCash).toBe(25_000n);
  expect(line.inCash).toBe(await journalSum(group, `cash:${group.groupId}:%`, '%:cash:XOF'));
  expect(line.inWallet + beside.inWallet).toBe(
    (await journalSum(group, 'member:%', 'pot:%')) +
      (await journalSum(group, 'member:%', 'guarantee:%')) +
      (await journalSum(group, 'member:%', 'solidarity:%')) +
      (await journalSum(group, 'member:%', 'fines:%')) +
      (await journalSum(group, 'member:%', 'prepaid:%')),
  );
  expect(line.outWallet).toBe(await journalSum(group, 'pot:%', 'member:%'));
  expect(line.inWallet - line.outWallet).toBe(line.heldWallet);
  expect(line.inCash - line.outCash).toBe(line.heldCash);
  const pots = (await listPayouts(group.db, group.cycleId)).reduce(
    (sum, pot) => sum + pot.walletPaid + pot.cashPaid,
    0n,
  );
  expect(line.pots).toBe(pots);
  expect(pots).toBeGreaterThan(0n);
  expect(beside).toMatchObject({ inWallet: 25_000n, heldWallet: 25_000n, outWallet: 0n, pots: 0n });
  expect(next).toBeUndefined();
  const later = { from: after(now, DAY_MS), until: after(now, 2 * DAY_MS) };
  expect(await readGroupReport(group.db, { period: later, limit: 50 })).toEqual({ lines: [] });

  const first = await readGroupReport(group.db, { period: all, limit: 1 });
  const second = await readGroupReport(group.db, { period: all, limit: 1, after: first.next });
  expect([...first.lines, ...second.lines]).toEqual(lines);
  expect(second.next).toBeUndefined();
});

const FUND = '^(pot|guarantee|solidarity|fines|prepaid|interest):';

/** How much went into funds of any group and left them within a stretch, read row by row. */
async function movedWithin(group: SampleGroup, fromSeq: bigint, untilSeq: bigint): Promise<bigint[]> {
  const found = await sql<{ moved: string[] }>`select array[count(*)::text,
      coalesce(sum(t.amount) filter (where c.id ~ ${FUND}), 0)::text,
      coalesce(sum(t.amount) filter (where d.id ~ ${FUND}), 0)::text] as moved
    from transfers t join accounts d on d.key = t.debit join accounts c on c.key = t.credit
    where t.kind in ('single', 'post') and (d.id ~ ${FUND}) <> (c.id ~ ${FUND})
      and t.seq >= ${fromSeq}::bigint and t.seq < ${untilSeq}::bigint`.execute(group.db);
  return (found.rows[0]?.moved ?? []).map(BigInt);
}

test('by group: wherever a period begins and ends, its movements and no others', async () => {
  const group = await fourFriends();
  const started = group.ground.clock.now();
  group.at('2026-01-05T08:00:00Z');
  await payInNotes(group, 'Fatou');
  await playRound(group, 1, ['Awa', 'Yao', 'Mariam']);
  const period = { from: after(started, -DAY_MS), until: after(group.ground.clock.now(), DAY_MS) };
  const { rows } = await sql<{ seq: bigint }>`select seq from fences`.execute(group.db);
  const last = rows[0]?.seq ?? 0n;
  expect((await movedWithin(group, 1n, last + 1n))[0]).toBeGreaterThan(4n);
  for (let fromSeq = 1n; fromSeq <= last; fromSeq += 3n) {
    for (let untilSeq = fromSeq; untilSeq <= last + 1n; untilSeq += 2n) {
      const stretch = { fromSeq, untilSeq };
      const lines = await listGroupSlice(group.db, { period, stretch, after: undefined, limit: 50 });
      const sum = (of: (line: (typeof lines)[number]) => bigint): bigint =>
        lines.reduce((total, line) => total + of(line), 0n);
      expect(
        [
          sum((line) => line.movements),
          sum((l) => l.inWallet + l.inCash),
          sum((l) => l.outWallet + l.outCash),
        ],
        `from ${fromSeq} until ${untilSeq}`,
      ).toEqual(await movedWithin(group, fromSeq, untilSeq));
    }
  }
});

test('payments are found by the group of their owner', async () => {
  const stage = await depositStage();
  const payment = await paidDeposit(stage);
  await sql`insert into people (id, phone, phone_hash, country, locale, created_at)
    select owner_id, '+2250700000009', 'x', 'CI', 'fr', now() from payments on conflict do nothing`.execute(
    stage.db,
  );
  const groupId = stage.ground.ids.next('grp');
  await sql`insert into groups (id, name, currency, time_zone, founded_by, founded_at)
    select ${groupId}, 'A', 'XOF', 'Africa/Abidjan', owner_id, now() from payments`.execute(stage.db);
  await sql`insert into memberships (id, group_id, person_id, display_name, state, created_at, joined_at)
    select ${stage.ground.ids.next('mem')}, ${groupId}, owner_id, 'Awa', 'active', now(), now()
    from payments`.execute(stage.db);
  const find = async (value: string) =>
    (await searchPayments(stage.db, { sought: { by: 'group', value }, limit: 50 })).map(({ id }) => id);
  expect(await find(groupId)).toEqual([payment]);
  expect(await find('grp_01kx0000000000000000000000')).toEqual([]);
});
