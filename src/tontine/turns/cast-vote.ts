/**
 * Takes one member's voice in a vote on a pot.
 *
 * Whoever asks for the pot has none (the database refuses it as well), and nobody votes twice. The same voice again
 * changes nothing.
 *
 * Refuses: `group-absent`, `member-suspended`, `ballot-absent`, `ballot-over`, `ballot-candidate`, `ballot-no-such`,
 * `ballot-voted`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { BALLOT_ABSENT, BALLOT_OVER } from './ask-for-pot.ts';
import {
  type BallotVote,
  findBallot,
  insertBallotVote,
  listBallotVotes,
  listCandidates,
} from './ballot.rows.ts';

export interface CastVote extends Entering {
  readonly ballotId: string;
  readonly shareId: string;
}

export async function castVote(tx: Tx, ground: Ground, asked: CastVote): Promise<Answer<BallotVote>> {
  const actor = await enterGroup(tx, ground, asked, 'vote');
  if (!actor.ok) return actor;
  const membershipId = actor.value.membership.id;
  const ballot = await findBallot(tx, asked);
  if (ballot === undefined) return refused(BALLOT_ABSENT);
  const earlier = (await listBallotVotes(tx, ballot.id)).find((vote) => vote.membershipId === membershipId);
  if (earlier !== undefined) return earlier.shareId === asked.shareId ? accepted(earlier) : refused(VOTED);
  const at = ground.clock.now();
  if (ballot.state !== 'open' || at >= ballot.closesAt) return refused(BALLOT_OVER);
  const candidates = await listCandidates(tx, ballot.id);
  if (candidates.some((each) => each.membershipId === membershipId)) return refused(CANDIDATE);
  if (!candidates.some((each) => each.shareId === asked.shareId)) return refused(NO_SUCH);
  const vote = { membershipId, shareId: asked.shareId, at };
  await insertBallotVote(tx, asked, vote);
  return accepted(vote);
}

const VOTED = refusal(
  'ballot-voted',
  'conflict',
  'Vous avez déjà voté ; une voix ne se change pas.',
  'You have already voted; a voice is not changed.',
);
const CANDIDATE = refusal(
  'ballot-candidate',
  'denied',
  'Vous demandez cette cagnotte : votre voix ne compte pas dans ce vote.',
  'You ask for this pot: your voice does not count in this vote.',
);
const NO_SUCH = refusal(
  'ballot-no-such',
  'invalid',
  'Cette part ne demande pas la cagnotte.',
  'This share does not ask for the pot.',
);
