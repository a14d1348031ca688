import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededChance } from '../../ground/chance.ts';
import { type BallotRules, type Candidate, countBallot, type Vote, type Voter } from './ballot.ts';
import { newSeed } from './draw.ts';

const rules: BallotRules = { weight: 'member', tieBreak: 'earliest', quorum: 2 };
const seed = newSeed(seededChance('ballot'));
const voters: Voter[] = ['awa', 'yao', 'mariam', 'fatou', 'moussa', 'koffi'].map((memberId, place) => ({
  memberId,
  shares: place === 5 ? 3 : 1,
}));
const candidates: Candidate[] = [
  { shareId: 'shr-awa', memberId: 'awa' },
  { shareId: 'shr-yao', memberId: 'yao' },
];
/** `mariam:awa` is Mariam's voice for Awa; `fatou:-` is Fatou's for none. */
const votesOf = (text: string): Vote[] =>
  text.split(' ').flatMap((each) => {
    const [memberId = '', name = ''] = each.split(':');
    return memberId === '' ? [] : [{ memberId, forShareId: name === '-' ? null : `shr-${name}` }];
  });

test.each<[string, Partial<BallotRules>, string, string, string | undefined, number]>([
  ['a majority', {}, 'mariam:awa fatou:awa moussa:yao', 'decided', 'shr-awa', 3],
  ['too few voices', {}, 'mariam:awa', 'no-quorum', undefined, 1],
  ['no voice at all', { quorum: 0 }, '', 'no-quorum', undefined, 0],
  ['candidates have no voice', {}, 'awa:awa yao:awa mariam:awa', 'no-quorum', undefined, 1],
  ['none of them', {}, 'mariam:- fatou:- moussa:awa', 'rejected', undefined, 3],
  ['as many for none as for one', {}, 'mariam:- fatou:awa', 'rejected', undefined, 2],
  ['a tie goes to whoever asked first', {}, 'mariam:yao fatou:awa', 'decided', 'shr-awa', 2],
  ['a changed mind', {}, 'mariam:awa fatou:yao mariam:yao', 'decided', 'shr-yao', 2],
  ['strangers have no voice', {}, 'mariam:awa stranger:awa', 'no-quorum', undefined, 1],
  [
    'three shares, three voices',
    { weight: 'share' },
    'mariam:awa fatou:awa koffi:yao',
    'decided',
    'shr-yao',
    5,
  ],
])('%s', (_name, change, text, verdict, winner, given) => {
  const count = countBallot({ ...rules, ...change }, candidates, voters, votesOf(text), seed);
  expect(count).toMatchObject({ verdict, given });
  expect(count.winnerShareId).toBe(winner);
});

test('nobody has to wait for more voices than there are', () => {
  const count = countBallot({ ...rules, quorum: 7 }, candidates, voters, [], seed);
  expect(count).toMatchObject({ entitled: 4, needed: 4 });
});

test('a lot decides a tie the same way for everybody', () => {
  const count = countBallot(
    { ...rules, tieBreak: 'lot' },
    candidates,
    voters,
    votesOf('mariam:yao fatou:awa'),
    seed,
  );
  const again = countBallot(
    { ...rules, tieBreak: 'lot' },
    candidates.toReversed(),
    voters,
    votesOf('fatou:awa mariam:yao'),
    seed,
  );
  expect(count.byTieBreak).toBe(true);
  expect(count.winnerShareId).toBe(again.winnerShareId);
});

test('D1: one decision, by voices that count, never more of them than there are', () => {
  const person = fc.constantFrom(...voters.map((voter) => voter.memberId), 'stranger');
  const vote = fc.record({
    memberId: person,
    forShareId: fc.constantFrom('shr-awa', 'shr-yao', 'shr-other', null),
  });
  fc.assert(
    fc.property(
      fc.array(vote, { maxLength: 20 }),
      fc.constantFrom<BallotRules['weight']>('member', 'share'),
      fc.constantFrom<BallotRules['tieBreak']>('earliest', 'lot'),
      fc.integer({ min: 0, max: 9 }),
      (votes, weight, tieBreak, quorum) => {
        const count = countBallot({ weight, tieBreak, quorum }, candidates, voters, votes, seed);
        const sum = count.voices.reduce((total, each) => total + each.voices, count.voicesForNone);
        expect(count.given).toBe(sum);
        expect(count.given).toBeLessThanOrEqual(count.entitled);
        expect(count.verdict === 'decided').toBe(count.winnerShareId !== undefined);
        if (count.winnerShareId === undefined) return;
        const own = count.voices.find((each) => each.shareId === count.winnerShareId)?.voices ?? 0;
        expect(count.voices.every((each) => each.voices <= own)).toBe(true);
        const outside = votes.filter(({ memberId }) => !['awa', 'yao', 'stranger'].includes(memberId));
        expect(countBallot({ weight, tieBreak, quorum }, candidates, voters, outside, seed)).toEqual(count);
      },
    ),
  );
});
