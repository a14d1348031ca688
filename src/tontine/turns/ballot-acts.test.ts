import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { listTurns } from '../cycles/turn.rows.ts';
import { USUAL_RULES } from '../groups/rules.ts';
import { countTold } from '../members/member-notice.rows.ts';
import { listRounds } from '../rounds/round.rows.ts';
import { granted, outcome, type SampleGroup, sampleGroup } from '../testing/sample-group.ts';
import { askForPot } from './ask-for-pot.ts';
import { castVote } from './cast-vote.ts';
import { closeBallot } from './close-ballot.ts';
import { openBallot } from './open-ballot.ts';

const NAMES = ['Awa', 'Yao', 'Mariam', 'Fatou', 'Moussa'];

async function started(): Promise<SampleGroup> {
  return await sampleGroup({
    names: NAMES,
    rules: { ...USUAL_RULES, order: 'vote' },
    startsOn: '2026-01-06',
    offices: { Mariam: 'secretary', Yao: 'treasurer' },
  });
}
const shareOf = (group: SampleGroup, name: string): string => group.shareIds[NAMES.indexOf(name)] ?? '';

async function open(group: SampleGroup, name: string) {
  const [round] = await listRounds(group.db, group.cycleId);
  const ballotId = group.ground.ids.next('bal');
  const asked = {
    ...group.who(name),
    ballotId,
    cycleId: group.cycleId,
    roundId: round?.id ?? '',
    minutes: 60,
  };
  return await group.doing(async (tx) => await openBallot(tx, group.ground, { ...asked, secret: false }));
}
async function opened(group: SampleGroup): Promise<string> {
  const answer = granted(await open(group, 'Mariam'));
  return answer.kind === 'opened' ? answer.ballot.id : '';
}
const ask = async (
  group: SampleGroup,
  name: string,
  ballotId: string,
  reason = 'les frais d’école',
  share = name,
) => {
  const asked = { ...group.who(name), ballotId, shareId: shareOf(group, share), reason };
  return await group.doing(async (tx) => await askForPot(tx, group.ground, asked));
};
const vote = async (group: SampleGroup, name: string, ballotId: string, share: string) => {
  const asked = { ...group.who(name), ballotId, shareId: shareOf(group, share) };
  return await group.doing(async (tx) => await castVote(tx, group.ground, asked));
};
const close = async (group: SampleGroup, name: string, ballotId: string) =>
  await group.doing(async (tx) => await closeBallot(tx, group.ground, { ...group.who(name), ballotId }));

test('members ask with a reason, the others vote, and the count stays with the decision', async () => {
  const group = await started();
  const { db, ground, cycleId } = group;
  const ballotId = await opened(group);
  expect(await countTold(db, 'ballot.opened', ballotId)).toBe(NAMES.length);
  expect(outcome(await ask(group, 'Awa', ballotId, ' '))).toBe('reason-missing');
  expect(outcome(await ask(group, 'Awa', ballotId, 'loyer', 'Yao'))).toBe('share-absent');
  granted(await ask(group, 'Awa', ballotId));
  granted(await ask(group, 'Fatou', ballotId, 'hôpital'));
  expect(outcome(await ask(group, 'Fatou', ballotId, 'hôpital'))).toBe('ok');
  expect(outcome(await vote(group, 'Awa', ballotId, 'Awa'))).toBe('ballot-candidate');
  expect(outcome(await vote(group, 'Yao', ballotId, 'Moussa'))).toBe('ballot-no-such');
  granted(await vote(group, 'Yao', ballotId, 'Fatou'));
  expect(outcome(await vote(group, 'Yao', ballotId, 'Awa'))).toBe('ballot-voted');
  expect(outcome(await ask(group, 'Moussa', ballotId))).toBe('ballot-begun');
  granted(await vote(group, 'Mariam', ballotId, 'Awa'));
  expect(outcome(await close(group, 'Awa', ballotId))).toBe('ballot-running');
  granted(await vote(group, 'Moussa', ballotId, 'Fatou'));
  const closed = granted(await close(group, 'Awa', ballotId));
  expect(closed).toMatchObject({ state: 'decided', chosenShare: shareOf(group, 'Fatou') });
  expect(closed.counts).toMatchObject({ entitled: '3', given: '3', [shareOf(group, 'Fatou')]: '2' });
  expect(granted(await close(group, 'Mariam', ballotId)).chosenShare).toBe(shareOf(group, 'Fatou'));
  expect(await listTurns(db, cycleId)).toMatchObject([{ place: 1, decidedBy: 'vote', decisionId: ballotId }]);
  expect(outcome(await open(group, 'Awa'))).toBe('pot-decided');
  await expect(
    sql`update ballots set chosen_share = ${shareOf(group, 'Awa')} where id = ${ballotId}`.execute(db),
  ).rejects.toThrow();
  const late = sql`insert into ballot_votes values (${ballotId}, ${group.groupId},
    ${group.of('Awa').membershipId}, ${shareOf(group, 'Awa')}, ${ground.clock.now()})`;
  await expect(late.execute(db)).rejects.toThrow();
});

test('without a quorum it is void and may be held again; a treasurer neither opens nor closes it', async () => {
  const group = await started();
  expect(outcome(await open(group, 'Yao'))).toBe('group-role-missing');
  const ballotId = await opened(group);
  granted(await ask(group, 'Fatou', ballotId));
  granted(await vote(group, 'Yao', ballotId, 'Fatou'));
  group.ground.clock.advance(61 * 60_000);
  expect(outcome(await vote(group, 'Moussa', ballotId, 'Fatou'))).toBe('ballot-over');
  expect(granted(await close(group, 'Awa', ballotId))).toMatchObject({ state: 'void', chosenShare: null });
  expect(await listTurns(group.db, group.cycleId)).toEqual([]);
  expect(outcome(await open(group, 'Awa'))).toBe('ok');
});

test('one pot has one decision, however many officers act at once', async () => {
  const group = await started();
  const opening = await Promise.all(
    ['Awa', 'Mariam', 'Awa', 'Mariam'].map(async (name) => await open(group, name)),
  );
  expect(opening.map(outcome).filter((code) => code === 'ok')).toHaveLength(1);
  const one = opening.find((answer) => answer.ok);
  const ballotId = one?.ok === true && one.value.kind === 'opened' ? one.value.ballot.id : '';
  granted(await ask(group, 'Fatou', ballotId));
  await Promise.all(
    ['Awa', 'Yao', 'Mariam', 'Moussa'].map(async (name) => await vote(group, name, ballotId, 'Fatou')),
  );
  const closing = await Promise.all(
    ['Awa', 'Mariam', 'Awa'].map(async (name) => await close(group, name, ballotId)),
  );
  expect(closing.map(outcome)).toEqual(['ok', 'ok', 'ok']);
  expect(await listTurns(group.db, group.cycleId)).toHaveLength(1);
});
