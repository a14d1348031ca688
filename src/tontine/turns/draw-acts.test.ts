import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { changeShares } from '../cycles/change-shares.ts';
import { startCycle } from '../cycles/start-cycle.ts';
import { listTurns } from '../cycles/turn.rows.ts';
import { USUAL_RULES } from '../groups/rules.ts';
import { countTold } from '../members/member-notice.rows.ts';
import { granted, outcome, type SampleGroup, sampleGroup } from '../testing/sample-group.ts';
import { addEntropy } from './add-entropy.ts';
import { commitDraw } from './commit-draw.ts';
import { findDraw } from './draw.rows.ts';
import { mismatchIn, shareOf } from './draw.ts';
import { readDrawProof } from './read-draw-proof.ts';
import { revealDraw } from './reveal-draw.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou', 'Moussa'];

const forming = async (): Promise<SampleGroup> =>
  await sampleGroup({
    names: NAMES,
    rules: { ...USUAL_RULES, order: 'draw' },
    startsOn: '2026-02-05',
    offices: { Mariam: 'secretary', Yao: 'treasurer' },
    isStarted: false,
  });

const commit = async (group: SampleGroup, name: string, drawId: string, entropyMinutes = 60) =>
  await group.doing(
    async (tx) =>
      await commitDraw(tx, group.ground, {
        ...group.who(name),
        drawId,
        cycleId: group.cycleId,
        entropyMinutes,
      }),
  );
const words = async (group: SampleGroup, name: string, drawId: string, text: string) =>
  await group.doing(
    async (tx) => await addEntropy(tx, group.ground, { ...group.who(name), drawId, words: text }),
  );
const reveal = async (group: SampleGroup, name: string, drawId: string) =>
  await group.doing(async (tx) => await revealDraw(tx, group.ground, { ...group.who(name), drawId }));

test('the seal is public before, members add words, anybody reveals, and the order is the one that all can compute', async () => {
  const group = await forming();
  const { db, ground, groupId, cycleId } = group;
  const drawId = ground.ids.next('drw');
  const sealed = granted(await commit(group, 'Mariam', drawId));
  expect(sealed).toMatchObject({ state: 'committed', scope: 'order', result: null });
  expect(sealed.entries).toHaveLength(5);
  expect(Object.keys(sealed)).not.toContain('seed');
  expect(await countTold(db, 'draw.committed', drawId)).toBe(sealed.entries.length);
  expect(await readDrawProof(db, sealed)).toBeUndefined();
  expect(outcome(await words(group, 'Fatou', drawId, 'mon fils a 7 ans'))).toBe('ok');
  expect(outcome(await words(group, 'Fatou', drawId, 'mon fils a 7 ans'))).toBe('ok');
  expect(outcome(await words(group, 'Fatou', drawId, 'autre chose'))).toBe('draw-words-given');
  expect(outcome(await words(group, 'Awa', drawId, '   '))).toBe('draw-words-missing');
  expect(outcome(await reveal(group, 'Moussa', drawId))).toBe('draw-too-early');
  ground.clock.advance(60 * 60_000);
  expect(outcome(await words(group, 'Awa', drawId, 'trop tard'))).toBe('draw-words-over');
  const proof = granted(await reveal(group, 'Moussa', drawId));
  if (proof === undefined) throw new Error('the draw has no result');
  expect(mismatchIn(proof)).toBeUndefined();
  expect(proof.commitment).toBe(sealed.commitment);
  expect(proof.entropies).toEqual([`${group.of('Fatou').membershipId} mon fils a 7 ans`]);
  const turns = await listTurns(db, cycleId);
  expect(turns.map((turn) => turn.shareId)).toEqual(proof.order.map(shareOf));
  expect(turns.every((turn) => turn.decidedBy === 'draw' && turn.decisionId === drawId)).toBe(true);
  expect(granted(await reveal(group, 'Yao', drawId))).toEqual(proof);
  const draw = await findDraw(db, { groupId, drawId });
  expect(draw === undefined ? undefined : await readDrawProof(db, draw)).toEqual(proof);
  const own = { ...group.who('Awa'), cycleId };
  expect(outcome(await group.doing(async (tx) => await startCycle(tx, ground, own)))).toBe('ok');
});

test('a president who would rig the draw: no second seal, no other list, no earlier reveal, no look at the seed', async () => {
  const group = await forming();
  const { db, ground, cycleId } = group;
  const drawId = ground.ids.next('drw');
  granted(await commit(group, 'Awa', drawId));
  expect(outcome(await commit(group, 'Awa', drawId))).toBe('ok');
  expect(outcome(await commit(group, 'Awa', ground.ids.next('drw')))).toBe('draw-standing');
  const { membershipId } = group.of('Fatou');
  const more = { ...group.who('Awa'), cycleId, membershipId, count: 2 };
  expect(outcome(await group.doing(async (tx) => await changeShares(tx, ground, more)))).toBe(
    'shares-sealed',
  );
  const rewritten = [
    sql`update draws set seed = repeat('0', 64) where id = ${drawId}`,
    sql`update draws set entries = '["a"]' where id = ${drawId}`,
    sql`update draws set entropy_until = committed_at + interval '1 second' where id = ${drawId}`,
    sql`delete from draws where id = ${drawId}`,
    sql`delete from shares where cycle_id = ${cycleId}`,
    sql`update shares set membership_id = ${membershipId} where cycle_id = ${cycleId}`,
  ];
  for (const statement of rewritten) await expect(statement.execute(db)).rejects.toThrow();
  ground.clock.advance(61 * 60_000);
  granted(await reveal(group, 'Awa', drawId));
  expect(outcome(await commit(group, 'Awa', ground.ids.next('drw')))).toBe('draw-standing');
  expect(outcome(await group.doing(async (tx) => await changeShares(tx, ground, more)))).toBe(
    'shares-sealed',
  );
});

test('only the desk seals, nobody else’s group is seen, and ten reveals at once are one', async () => {
  const group = await forming();
  const { ground } = group;
  const drawId = ground.ids.next('drw');
  expect(outcome(await commit(group, 'Fatou', drawId))).toBe('group-role-missing');
  expect(outcome(await commit(group, 'Yao', drawId))).toBe('group-role-missing');
  expect(outcome(await commit(group, 'Awa', drawId, 4))).toBe('draw-time');
  const sealing = await Promise.all(
    ['Awa', 'Mariam', 'Awa', 'Mariam'].map(async (name) => await commit(group, name, ground.ids.next('drw'))),
  );
  expect(sealing.map(outcome).toSorted()).toEqual(['draw-standing', 'draw-standing', 'draw-standing', 'ok']);
  const sealed = sealing.find((answer) => answer.ok);
  const standing = sealed?.ok === true ? sealed.value.id : '';
  const stranger = {
    groupId: group.groupId,
    personId: 'per_00000000000000000000000000',
    drawId: standing,
    words: 'x',
  };
  expect(outcome(await group.doing(async (tx) => await addEntropy(tx, ground, stranger)))).toBe(
    'group-absent',
  );
  expect(outcome(await words(group, 'Awa', ground.ids.next('drw'), 'x'))).toBe('draw-absent');
  ground.clock.advance(61 * 60_000);
  const reveals = await Promise.all(
    [...NAMES, ...NAMES].map(async (name) => await reveal(group, name, standing)),
  );
  expect(new Set(reveals.map((answer) => JSON.stringify(granted(answer)))).size).toBe(1);
  expect(await listTurns(group.db, group.cycleId)).toHaveLength(5);
});

test('an order that is fixed is not drawn', async () => {
  const group = await sampleGroup({
    names: NAMES,
    rules: USUAL_RULES,
    startsOn: '2026-02-05',
    isStarted: false,
  });
  expect(outcome(await commit(group, 'Awa', group.ground.ids.next('drw')))).toBe('order-otherwise');
});
