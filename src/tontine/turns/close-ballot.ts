/**
 * Counts a vote and gives the pot to the share with the most voices, with the count kept for ever.
 *
 * Not before its hour, unless everybody who has a voice has given it: whoever could end it earlier would end it at the
 * right moment. Without a quorum it is void, and another vote or a draw decides.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `ballot-absent`, `ballot-running`, and the refusals
 * of `open-place.ts`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { insertTurns } from '../cycles/turn.rows.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { listMembers } from '../members/membership.rows.ts';
import { BALLOT_ABSENT } from './ask-for-pot.ts';
import { type Ballot, findBallot, listBallotVotes, listCandidates, markBallotEnded } from './ballot.rows.ts';
import { type BallotCount, countBallot } from './ballot.ts';
import { listStandings } from './eligible-shares.ts';
import { findOpenPlace } from './open-place.ts';

export interface CloseBallot extends Entering {
  readonly ballotId: string;
}

export async function closeBallot(tx: Tx, ground: Ground, asked: CloseBallot): Promise<Answer<Ballot>> {
  const actor = await enterGroup(tx, ground, asked, 'close-ballot');
  if (!actor.ok) return actor;
  const ballot = await findBallot(tx, asked);
  if (ballot === undefined) return refused(BALLOT_ABSENT);
  if (ballot.state !== 'open') return accepted(ballot);
  const count = await countVoices(tx, ballot);
  const at = ground.clock.now();
  if (at < ballot.closesAt && count.given < count.entitled) return refused(BALLOT_RUNNING);
  const place = await findOpenPlace(tx, { ...ballot, orders: ['vote'] });
  if (!place.ok) return place;
  const chosenShare = count.winnerShareId ?? null;
  const counts = countsText(count);
  if (chosenShare !== null) {
    const { cycleId, place: pot, id: decisionId } = ballot;
    await insertTurns(tx, [{ cycleId, shareId: chosenShare, place: pot, decidedBy: 'vote', decisionId, at }]);
  }
  await markBallotEnded(tx, ballot.id, { chosenShare, counts, at });
  await writeJournal(tx, ground, {
    groupId: ballot.groupId,
    act: chosenShare === null ? 'ballot.voided' : 'ballot.decided',
    actorId: actor.value.membership.id,
    subjectId: ballot.id,
    facts: counts,
  });
  if (chosenShare !== null) {
    await recordEvent(tx, ground, { name: 'ballot.decided', subjectId: ballot.id, facts: counts });
  }
  const state = chosenShare === null ? 'void' : 'decided';
  return accepted({ ...ballot, state, chosenShare, counts, endedAt: at });
}

/** The voices of all active members, for candidates whose share may still take the pot. */
async function countVoices(tx: Tx, ballot: Ballot): Promise<BallotCount> {
  const standings = await listStandings(tx, ballot);
  const may = new Set(standings.flatMap(({ share, why }) => (why === undefined ? [share.id] : [])));
  const candidates = (await listCandidates(tx, ballot.id)).filter((each) => may.has(each.shareId));
  const voters = (await listMembers(tx, ballot.groupId, ['active'])).map(({ id }) => ({
    memberId: id,
    shares: standings.filter(({ share }) => share.membershipId === id).length,
  }));
  const votes = (await listBallotVotes(tx, ballot.id)).map(({ membershipId, shareId }) => ({
    memberId: membershipId,
    forShareId: shareId,
  }));
  const rules = { weight: 'member', tieBreak: 'earliest', quorum: ballot.quorum } as const;
  const asking = candidates.map(({ shareId, membershipId }) => ({ shareId, memberId: membershipId }));
  return countBallot(rules, asking, voters, votes, '');
}

function countsText(count: BallotCount): Record<string, string> {
  return {
    verdict: count.verdict,
    entitled: String(count.entitled),
    needed: String(count.needed),
    given: String(count.given),
    ...(count.byTieBreak ? { tie: 'earliest' } : {}),
    ...Object.fromEntries(count.voices.map(({ shareId, voices }) => [shareId, String(voices)])),
  };
}

const BALLOT_RUNNING = refusal(
  'ballot-running',
  'unavailable',
  'Le vote n’est pas terminé : des membres peuvent encore donner leur voix.',
  'The vote is not over: members may still give their voice.',
);
