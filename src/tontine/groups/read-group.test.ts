import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { granted, outcome, sampleGroup } from '../testing/sample-group.ts';
import { listMyGroups } from './list-my-groups.ts';
import { decidedTurns } from './read-books.ts';
import { readGroup } from './read-group.ts';
import { readJournal } from './read-journal.ts';
import { USUAL_RULES } from './rules.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou'];
const RULES = { ...USUAL_RULES, solidarity: { contribution: 1_000n, events: [] } };

async function openGroup(rules = RULES) {
  const group = await sampleGroup({
    names: NAMES,
    rules,
    startsOn: '2026-01-05',
    offices: { Yao: 'treasurer' },
  });
  for (const name of NAMES) await group.give(name, 100_000n);
  return group;
}

test('my groups: the round, how many paid, what I owe, by when', async () => {
  const group = await openGroup();
  granted(await group.pay('Yao', 26_000n));
  granted(await group.pay('Awa', 10_000n));
  const { person } = group.of('Awa');
  const mine = await listMyGroups(group.db, group.ground, {
    id: person?.id ?? '',
    phone: person?.phone ?? '',
  });
  expect(mine.invitations).toEqual([]);
  expect(mine.groups).toMatchObject([
    {
      name: 'Les Étoiles',
      members: 4,
      cycleState: 'running',
      round: 1,
      rounds: 4,
      paid: 1,
      payers: 4,
      owed: 16_000n,
      dueAt: new Date('2026-01-05T18:00:00.000Z'),
      toDecide: 0,
    },
  ]);
});

test('the page of a group: people, rounds, turns, dues, funds, the journal in pages', async () => {
  const group = await openGroup();
  granted(await group.pay('Fatou', 26_000n));
  const view = granted(await readGroup(group.db, group.ground, group.who('Fatou')));
  const { books } = view;
  const nameOf = (id: string) => books.people.find((one) => one.id === id)?.displayName;
  expect(books.rounds.map((round) => [round.number, round.dueOn])).toEqual([
    [1, '2026-01-05'],
    [2, '2026-02-05'],
    [3, '2026-03-05'],
    [4, '2026-04-05'],
  ]);
  expect(
    decidedTurns(books).map(({ turn, share, round }) => [
      turn.place,
      nameOf(share.membershipId),
      round?.number,
    ]),
  ).toEqual(NAMES.map((name, place) => [place + 1, name, place + 1]));
  const pots = books.dues.filter((due) => due.kind === 'pot');
  expect(new Map(pots.map((due) => [nameOf(due.membershipId), due.met]))).toEqual(
    new Map(NAMES.map((name) => [name, name === 'Fatou' ? 25_000n : 0n])),
  );
  expect(books.covered).toEqual(new Set());
  expect(books.offices.map(({ membershipId, role }) => [nameOf(membershipId), role])).toEqual([
    ['Awa', 'president'],
    ['Yao', 'treasurer'],
  ]);
  expect(view.funds.funds.find((one) => one.fund === 'solidarity')).toEqual({
    fund: 'solidarity',
    wallet: 1_000n,
    cash: 0n,
  });
  const first = granted(await readJournal(group.db, group.ground, group.who('Fatou'), { limit: 5 }));
  const before = first.at(-1)?.id;
  const second = granted(
    await readJournal(group.db, group.ground, group.who('Fatou'), { limit: 50, before }),
  );
  expect(first[0]).toMatchObject({ act: 'contribution.received', actorName: 'Fatou' });
  expect(second.at(-1)).toMatchObject({ act: 'group.founded', actorName: 'Awa' });
  expect(new Set([...first, ...second].map((line) => line.id)).size).toBe(first.length + second.length);
});

test('where only one’s own amounts are shown, the officers read those of others and the members do not', async () => {
  const group = await openGroup({ ...RULES, visibility: 'own-and-totals' as const });
  granted(await group.pay('Yao', 26_000n));
  granted(await group.pay('Mariam', 5_000n));
  const [line] = granted(await readJournal(group.db, group.ground, group.who('Fatou'), { limit: 1 }));
  expect(line?.facts.amount).toBeUndefined();
  const toMembers = granted(await readGroup(group.db, group.ground, group.who('Fatou'))).journal;
  const toOfficers = granted(await readGroup(group.db, group.ground, group.who('Awa'))).journal;
  expect(toMembers[0]?.facts.amount).toBeUndefined();
  expect(toOfficers[0]?.facts.amount).toBe('5000');
});

test('a stranger finds no group', async () => {
  const group = await openGroup();
  const stranger = { groupId: group.groupId, personId: 'per_00000000000000000000000000' };
  expect(outcome(await readGroup(group.db, group.ground, stranger))).toBe('group-absent');
  expect(outcome(await readJournal(group.db, group.ground, stranger, { limit: 5 }))).toBe('group-absent');
});

test('a journal is never rewritten, and its pages walk an index', async () => {
  const group = await openGroup();
  for (const change of [
    sql`update group_journal set reason = 'no'`,
    sql`delete from group_journal`,
    sql`truncate group_journal`,
  ])
    await expect(change.execute(group.db)).rejects.toThrow(/history|never changed/);
});
