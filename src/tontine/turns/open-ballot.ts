/**
 * Opens a vote on who takes one pot, with a quorum and an hour at which it ends.
 *
 * The quorum is half of the active members: an officer who chose it could choose one that is met by their friends. The
 * last pot of a cycle is not voted on: it goes to the share that is left.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `ballot-time`, `request-changed`, and the
 * refusals of `open-place.ts`.
 */
import { after, MINUTE_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import { REQUEST_CHANGED } from '../../ground/idempotency/remember-answer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { listMembers } from '../members/membership.rows.ts';
import { tellGroup } from '../members/tell-members.ts';
import { type Ballot, findBallot, insertBallot } from './ballot.rows.ts';
import { findLastTurn, giveLastTurn } from './give-last-turn.ts';
import { findPlaceToDecide } from './open-place.ts';

const SHORTEST_MINUTES = 5;
const LONGEST_MINUTES = 7 * 24 * 60;

export interface OpenBallot extends Entering {
  /** Made when the form was drawn. */
  readonly ballotId: string;
  readonly cycleId: string;
  readonly roundId: string;
  readonly minutes: number;
  /** When true, only counts are shown, and only at the end. */
  readonly secret: boolean;
}

/** The vote, or the share to which the last pot went without one. */
export type OpenedBallot =
  | { readonly kind: 'opened'; readonly ballot: Ballot }
  | { readonly kind: 'last'; readonly shareId: string };

export async function openBallot(tx: Tx, ground: Ground, asked: OpenBallot): Promise<Answer<OpenedBallot>> {
  const actor = await enterGroup(tx, ground, asked, 'open-ballot');
  if (!actor.ok) return actor;
  const earlier = await findBallot(tx, asked);
  if (earlier !== undefined) return accepted({ kind: 'opened', ballot: earlier });
  const { minutes } = asked;
  if (!Number.isInteger(minutes) || minutes < SHORTEST_MINUTES || minutes > LONGEST_MINUTES) {
    return refused(BALLOT_TIME);
  }
  const given = await findLastTurn(tx, asked.cycleId, asked.ballotId);
  if (given !== undefined) return accepted({ kind: 'last', shareId: given });
  const open = await findPlaceToDecide(tx, { ...asked, orders: ['vote'] });
  if (!open.ok) return open;
  const { cycle, round, places } = open.value;
  const by = actor.value.membership.id;
  const last = await giveLastTurn(tx, ground, open.value, { by, formId: asked.ballotId });
  if (last !== undefined) return accepted({ kind: 'last', shareId: last });
  const members = await listMembers(tx, asked.groupId, ['active']);
  const now = ground.clock.now();
  const ballot: Ballot = {
    id: asked.ballotId,
    groupId: asked.groupId,
    cycleId: cycle.id,
    roundId: round.id,
    place: places[0],
    secret: asked.secret,
    quorum: Math.max(1, Math.ceil(members.length / 2)),
    closesAt: after(now, minutes * MINUTE_MS),
    state: 'open',
    chosenShare: null,
    counts: null,
    openedBy: by,
    openedAt: now,
    endedAt: null,
  };
  if (!(await insertBallot(tx, ballot))) return refused(REQUEST_CHANGED);
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: 'ballot.opened',
    actorId: by,
    subjectId: ballot.id,
    facts: { round: String(round.number), quorum: String(ballot.quorum) },
  });
  await tellGroup(tx, ground, { groupId: ballot.groupId, kind: 'ballot.opened', subjectId: ballot.id });
  return accepted({ kind: 'opened', ballot });
}

const BALLOT_TIME = refusal(
  'ballot-time',
  'invalid',
  'Un vote dure entre 5 minutes et 7 jours.',
  'A vote lasts between 5 minutes and 7 days.',
);
