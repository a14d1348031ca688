/**
 * Shows people of several groups who pay in the same moment: who shares a transaction, and that nobody pays with it for
 * anybody else's bad luck.
 */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import type { Answer } from '../../ground/refusal.ts';
import { clonePostgres, freshDatabase, testGround } from '../../ground/testing/fresh-database.ts';
import { lockGroup } from '../groups/group.rows.ts';
import { USUAL_RULES } from '../groups/rules.ts';
import { answerInvitation } from '../members/answer-invitation.ts';
import { inviteNumber } from '../members/invite-number.ts';
import { findGroupFaults } from '../testing/group-books.rows.ts';
import { buildGroup, granted, outcome, type SampleGroup } from '../testing/sample-group.ts';
import type { Contribution } from './contribution.ts';
import { openContributionLane } from './contribution-lane.ts';
import type { PayContribution } from './pay-contribution.ts';

const NAMES = ['Awa', 'Yao', 'Mariam'];
const DUE = 25_000n;

type Town = Awaited<ReturnType<typeof openTown>>;

/** So many groups of three on one database, everybody with the money for one round, and the lane that they share. */
async function openTown(count: number, { db }: Pick<SampleGroup, 'db'>) {
  const ground = testGround();
  const groups: SampleGroup[] = [];
  for (let place = 0; place < count; place++) {
    const options = { names: NAMES, rules: USUAL_RULES, startsOn: '2026-01-05' };
    const group = await buildGroup(db, ground, options, place * 10);
    for (const name of NAMES) await group.give(name, DUE);
    groups.push(group);
  }
  const lane = openContributionLane(db, ground);
  const form = (group: SampleGroup, name: string, amount = DUE): PayContribution => ({
    ...group.who(name),
    contributionId: ground.ids.next('ctr'),
    amount,
  });
  const all = async (forms: readonly PayContribution[]): Promise<Answer<Contribution>[]> =>
    await Promise.all(forms.map(lane));
  /** How many transactions wrote contributions. */
  const transactions = async (): Promise<number> => {
    const { rows } = await sql<{ count: number }>`select count(distinct xmin::text)::int as count
      from contributions`.execute(db);
    return rows[0]?.count ?? 0;
  };
  return { db, ground, groups, lane, form, all, transactions };
}

async function expectSound({ groups, db }: Town): Promise<void> {
  for (const group of groups) expect(await findGroupFaults(db, group)).toEqual([]);
}

for (const engine of ['postgres', 'pglite'] as const) {
  test(`whoever pays while others are being served shares a transaction with them, each with their own answer (${engine})`, async () => {
    const town = await openTown(6, await freshDatabase(engine));
    const { groups, form, all, transactions } = town;
    const forms = groups.map((group) => form(group, 'Awa'));
    expect((await all(forms)).map(outcome)).toEqual(groups.map(() => 'ok'));
    // The first two went at once, and the others together behind them.
    expect(await transactions()).toBeLessThanOrEqual(3);
    const [first, ...others] = groups;
    if (first === undefined) throw new Error('no group');
    const stranger = { ...form(first, 'Yao'), personId: groups[1]?.who('Yao').personId ?? '' };
    const changed = { ...forms[1], amount: DUE + 1n } as PayContribution;
    const answers = await all([
      form(first, 'Mariam'),
      stranger,
      changed,
      forms[2] as PayContribution,
      form(groups[3] as SampleGroup, 'Yao', 0n),
      form(groups[4] as SampleGroup, 'Yao', DUE + 1n),
      form(groups[5] as SampleGroup, 'Yao'),
    ]);
    expect(answers.map(outcome)).toEqual([
      'ok',
      'group-absent',
      'request-changed',
      'ok',
      'contribution-amount',
      'wallet-short',
      'ok',
    ]);
    expect(await first.fund('pot')).toBe(2n * DUE);
    for (const group of others) expect(await group.wallet('Awa')).toBe(0n);
    expect(await groups[4]?.wallet('Yao')).toBe(DUE);
    expect(await groups[5]?.fund('pot')).toBe(2n * DUE);
    await expectSound(town);
  });
}

test('fifty people of one group, and one form sent fifty times: one after the other, each once', async () => {
  const town = await openTown(2, await clonePostgres());
  const [group, other] = town.groups;
  if (group === undefined || other === undefined) throw new Error('no groups');
  const one = town.form(group, 'Awa', 5_000n);
  const forms = Array.from({ length: 50 }, (_, place) =>
    place % 2 === 0 ? one : town.form(group, NAMES[place % 3] ?? '', 5_000n),
  );
  const answers = (await town.all([...forms, town.form(other, 'Yao')])).map(outcome);
  // 25 000 in each wallet: five payments of 5 000 each, one of which is the form that came so often.
  expect(answers.filter((answer) => answer === 'wallet-short')).toHaveLength(25 - 14);
  expect(answers.at(-1)).toBe('ok');
  for (const name of NAMES) expect(await group.wallet(name)).toBe(0n);
  await expectSound(town);
});

test('a group in which somebody else is busy keeps nobody waiting but its own', async () => {
  const town = await openTown(3, await clonePostgres());
  const [busy, second, third] = town.groups;
  if (busy === undefined || second === undefined || third === undefined) throw new Error('no groups');
  const order: string[] = [];
  let let_go: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    let_go = resolve;
  });
  let tell_locked: () => void = () => undefined;
  const locked = new Promise<void>((resolve) => {
    tell_locked = resolve;
  });
  const officer = inTransaction(town.db, async (tx) => {
    await lockGroup(tx, busy.groupId);
    tell_locked();
    await released;
    order.push('officer');
  });
  await locked;
  const waits = town.lane(town.form(busy, 'Awa')).then((answer) => order.push(`busy ${outcome(answer)}`));
  const others = await town.all([town.form(second, 'Awa'), town.form(third, 'Awa')]);
  expect(others.map(outcome)).toEqual(['ok', 'ok']);
  expect(order).toEqual([]);
  let_go();
  await Promise.all([officer, waits]);
  expect(order).toEqual(['officer', 'busy ok']);
  await expectSound(town);
});

test('who spends the same money in two groups in one moment spends it once, and the others of the set pay', async () => {
  const town = await openTown(4, await clonePostgres());
  const [first, second, ...others] = town.groups;
  if (first === undefined || second === undefined) throw new Error('no groups');
  const { person } = first.of('Awa');
  if (person === undefined) throw new Error('Awa has a phone');
  // Awa of the first group pays in the second one as well, for Yao.
  const invited = { ...second.who('Awa'), phone: person.phone, name: 'Awa K.' };
  const membershipId = await second.must(async (tx) => await inviteNumber(tx, town.ground, invited));
  await second.must(
    async (tx) => await answerInvitation(tx, town.ground, { person, membershipId, answer: 'yes' }),
  );
  const forYao = {
    ...town.form(second, 'Awa'),
    personId: person.id,
    membershipId: second.of('Yao').membershipId,
  };
  // Two lone sets go first, so that what follows stands in one.
  const answers = await town.all([
    ...others.map((group) => town.form(group, 'Yao')),
    town.form(first, 'Awa'),
    forYao,
  ]);
  expect(answers.slice(0, 2).map(outcome)).toEqual(['ok', 'ok']);
  expect(answers.slice(2).map(outcome).toSorted()).toEqual(['ok', 'wallet-short']);
  expect(await first.wallet('Awa')).toBe(0n);
  expect((await first.fund('pot')) + (await second.fund('pot'))).toBe(DUE);
  await expectSound(town);
});

test('an id that another group has taken falls alone', async () => {
  const town = await openTown(5, await clonePostgres());
  const [first, second, third, ...others] = town.groups;
  if (first === undefined || second === undefined || third === undefined) throw new Error('no groups');
  const own = town.form(first, 'Awa');
  const same = { ...town.form(second, 'Awa'), contributionId: own.contributionId };
  const answers = await town.all([
    ...others.map((group) => town.form(group, 'Yao')),
    own,
    same,
    town.form(third, 'Awa'),
  ]);
  expect(answers.map(outcome).toSorted()).toEqual(['ok', 'ok', 'ok', 'ok', 'request-changed']);
  expect((await first.fund('pot')) + (await second.fund('pot'))).toBe(DUE);
  granted(answers.at(-1) as Answer<Contribution>);
  await expectSound(town);
});
