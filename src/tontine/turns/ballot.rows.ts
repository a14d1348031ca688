/**
 * Keeps votes on whose turn it is in the tables `ballots`, `ballot_candidates` and `ballot_votes`.
 */
import { type ColumnType, sql } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';

export type BallotState =
  | 'open' // members ask for the pot and vote
  | 'decided' // one share has the turn
  | 'void'; // too few voices, or nobody asked

interface BallotTable {
  id: string;
  group_id: string;
  cycle_id: string;
  round_id: string;
  place: number;
  secret: boolean;
  quorum: number;
  closes_at: Date;
  state: BallotState;
  chosen_share: string | null;
  counts: ColumnType<Record<string, string> | null, null, string>;
  opened_by: string | null;
  opened_at: Date;
  ended_at: Date | null;
}

interface BallotCandidateTable {
  ballot_id: string;
  group_id: string;
  share_id: string;
  membership_id: string;
  reason: string;
  at: Date;
}

interface BallotVoteTable {
  ballot_id: string;
  group_id: string;
  membership_id: string;
  share_id: string;
  at: Date;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    ballots: BallotTable;
    ballot_candidates: BallotCandidateTable;
    ballot_votes: BallotVoteTable;
  }
}

export interface Ballot {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string;
  readonly roundId: string;
  /** Which pot of the cycle is decided. */
  readonly place: number;
  readonly secret: boolean;
  /** How many voices must be given. */
  readonly quorum: number;
  readonly closesAt: Date;
  readonly state: BallotState;
  readonly chosenShare: string | null;
  readonly counts: Readonly<Record<string, string>> | null;
  readonly openedBy: string | null;
  readonly openedAt: Date;
  readonly endedAt: Date | null;
}

const COLUMNS = [
  'id',
  'group_id as groupId',
  'cycle_id as cycleId',
  'round_id as roundId',
  'place',
  'secret',
  'quorum',
  'closes_at as closesAt',
  'state',
  'chosen_share as chosenShare',
  'counts',
  'opened_by as openedBy',
  'opened_at as openedAt',
  'ended_at as endedAt',
] as const;

/** False when the id was used for something else. */
export async function insertBallot(tx: Tx, ballot: Ballot): Promise<boolean> {
  const inserted = await tx
    .insertInto('ballots')
    .values({
      id: ballot.id,
      group_id: ballot.groupId,
      cycle_id: ballot.cycleId,
      round_id: ballot.roundId,
      place: ballot.place,
      secret: ballot.secret,
      quorum: ballot.quorum,
      closes_at: ballot.closesAt,
      state: ballot.state,
      chosen_share: null,
      counts: null,
      opened_by: ballot.openedBy,
      opened_at: ballot.openedAt,
      ended_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function findBallot(
  reader: Reader,
  at: { readonly groupId: string; readonly ballotId: string },
): Promise<Ballot | undefined> {
  return await reader
    .selectFrom('ballots')
    .select(COLUMNS)
    .where('id', '=', at.ballotId)
    .where('group_id', '=', at.groupId)
    .executeTakeFirst();
}

/** Ballots of a cycle, newest first. */
export async function listBallots(reader: Reader, cycleId: string): Promise<Ballot[]> {
  return await reader
    .selectFrom('ballots')
    .select(COLUMNS)
    .where('cycle_id', '=', cycleId)
    .orderBy('id', 'desc')
    .execute();
}

export async function markBallotEnded(
  tx: Tx,
  ballotId: string,
  end: {
    readonly chosenShare: string | null;
    readonly counts: Readonly<Record<string, string>>;
    readonly at: Date;
  },
): Promise<void> {
  await tx
    .updateTable('ballots')
    .set({
      state: end.chosenShare === null ? 'void' : 'decided',
      chosen_share: end.chosenShare,
      counts: JSON.stringify(end.counts),
      ended_at: end.at,
    })
    .where('id', '=', ballotId)
    .execute();
}

export interface BallotCandidate {
  readonly shareId: string;
  readonly membershipId: string;
  readonly reason: string;
  readonly at: Date;
}

/** False when this share asks already. */
export async function insertCandidate(
  tx: Tx,
  at: { readonly groupId: string; readonly ballotId: string },
  candidate: BallotCandidate,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('ballot_candidates')
    .values({
      ballot_id: at.ballotId,
      group_id: at.groupId,
      share_id: candidate.shareId,
      membership_id: candidate.membershipId,
      reason: candidate.reason,
      at: candidate.at,
    })
    .onConflict((conflict) => conflict.columns(['ballot_id', 'share_id']).doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** In the order in which they asked. */
export async function listCandidates(reader: Reader, ballotId: string): Promise<BallotCandidate[]> {
  return await reader
    .selectFrom('ballot_candidates')
    .select(['share_id as shareId', 'membership_id as membershipId', 'reason', 'at'])
    .where('ballot_id', '=', ballotId)
    .orderBy('at')
    .orderBy('share_id')
    .execute();
}

export interface BallotVote {
  readonly membershipId: string;
  readonly shareId: string;
  readonly at: Date;
}

export async function insertBallotVote(
  tx: Tx,
  at: { readonly groupId: string; readonly ballotId: string },
  vote: BallotVote,
): Promise<void> {
  await tx
    .insertInto('ballot_votes')
    .values({
      ballot_id: at.ballotId,
      group_id: at.groupId,
      membership_id: vote.membershipId,
      share_id: vote.shareId,
      at: vote.at,
    })
    .execute();
}

export async function listBallotVotes(reader: Reader, ballotId: string): Promise<BallotVote[]> {
  return await reader
    .selectFrom('ballot_votes')
    .select(['membership_id as membershipId', 'share_id as shareId', 'at'])
    .where('ballot_id', '=', ballotId)
    .orderBy('at')
    .orderBy('membership_id')
    .execute();
}

/** How many voices were given, for a ballot whose votes are secret until it ends. */
export async function countBallotVotes(reader: Reader, ballotId: string): Promise<number> {
  const row = await reader
    .selectFrom('ballot_votes')
    .select(sql<bigint>`count(*)`.as('votes'))
    .where('ballot_id', '=', ballotId)
    .executeTakeFirst();
  return Number(row?.votes ?? 0n);
}
