/**
 * Names a member's own share as a candidate for a pot that is voted on, with the reason that all will read.
 *
 * Only until the first voice is given: whoever voted must have seen everybody they could vote for.
 *
 * Refuses: `group-absent`, `member-suspended`, `ballot-absent`, `ballot-over`, `ballot-begun`, `share-absent`,
 * `reason-missing`, and the refusals of `eligibility.ts`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { hasReason, REASON_MISSING } from '../members/membership.ts';
import {
  type BallotCandidate,
  countBallotVotes,
  findBallot,
  insertCandidate,
  listCandidates,
} from './ballot.rows.ts';
import { listStandings } from './eligible-shares.ts';
import { SHARE_ABSENT } from './place-bid.ts';

export interface AskForPot extends Entering {
  readonly ballotId: string;
  readonly shareId: string;
  readonly reason: string;
}

export async function askForPot(tx: Tx, ground: Ground, asked: AskForPot): Promise<Answer<BallotCandidate>> {
  const actor = await enterGroup(tx, ground, asked, 'ask-for-pot');
  if (!actor.ok) return actor;
  const membershipId = actor.value.membership.id;
  const ballot = await findBallot(tx, asked);
  if (ballot === undefined) return refused(BALLOT_ABSENT);
  const standing = (await listStandings(tx, ballot)).find(
    ({ share }) => share.id === asked.shareId && share.membershipId === membershipId,
  );
  if (standing === undefined) return refused(SHARE_ABSENT);
  const earlier = (await listCandidates(tx, ballot.id)).find((each) => each.shareId === asked.shareId);
  if (earlier !== undefined) return accepted(earlier);
  const at = ground.clock.now();
  if (ballot.state !== 'open' || at >= ballot.closesAt) return refused(BALLOT_OVER);
  if (!hasReason(asked.reason)) return refused(REASON_MISSING);
  if (standing.why !== undefined) return refused(standing.why);
  if ((await countBallotVotes(tx, ballot.id)) > 0) return refused(BALLOT_BEGUN);
  const candidate = { shareId: asked.shareId, membershipId, reason: asked.reason.trim(), at };
  await insertCandidate(tx, asked, candidate);
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: 'ballot.asked',
    actorId: membershipId,
    subjectId: ballot.id,
    reason: asked.reason,
    facts: { share: asked.shareId },
  });
  return accepted(candidate);
}

export const BALLOT_ABSENT = refusal(
  'ballot-absent',
  'absent',
  'Ce vote est introuvable.',
  'This vote cannot be found.',
);
export const BALLOT_OVER = refusal('ballot-over', 'conflict', 'Ce vote est terminé.', 'This vote is over.');
const BALLOT_BEGUN = refusal(
  'ballot-begun',
  'conflict',
  'Des voix sont déjà données : la liste des demandes est close.',
  'Voices have already been given: the list of requests is closed.',
);
