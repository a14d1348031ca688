/**
 * Counts a vote on who takes a pot.
 *
 * Whoever asks for the pot has no voice, in their own matter or against a rival. One pot has one decision, kept with its
 * count, so that nobody has to remember what was decided.
 */
import { invariant } from '../../ground/refusal.ts';
import { drawOrder } from './draw.ts';

/** How many voices a person has. */
export type VotingWeight =
  | 'member' // one, whatever they hold
  | 'share'; // one for each of their shares

/** What decides when the best have equally many voices. */
export type TieBreak =
  | 'earliest' // whoever asked first
  | 'lot'; // the lot that was sealed when the ballot opened

export interface BallotRules {
  readonly weight: VotingWeight;
  readonly tieBreak: TieBreak;
  /** How many voices must be given; never more than there are. */
  readonly quorum: number;
}

export interface Candidate {
  readonly shareId: string;
  readonly memberId: string;
}

export interface Voter {
  readonly memberId: string;
  readonly shares: number;
}

export interface Vote {
  readonly memberId: string;
  /** Nothing: none of the candidates. */
  readonly forShareId: string | null;
}

/** How a ballot ended. */
export type BallotVerdict =
  | 'decided' // one candidate has the pot
  | 'no-quorum' // too few voices: the group's fallback order decides
  | 'rejected'; // more voices for none of them than for any

export interface BallotCount {
  readonly verdict: BallotVerdict;
  readonly winnerShareId: string | undefined;
  /** Voices that could be given, that had to be, and that were. */
  readonly entitled: number;
  readonly needed: number;
  readonly given: number;
  /** In the order of the candidates. */
  readonly voices: readonly { readonly shareId: string; readonly voices: number }[];
  readonly voicesForNone: number;
  readonly byTieBreak: boolean;
}

/** Those whose voice counts: everybody but the candidates. */
export function entitledVoters(voters: readonly Voter[], candidates: readonly Candidate[]): Voter[] {
  return voters.filter((voter) => candidates.every((candidate) => candidate.memberId !== voter.memberId));
}

/** The count. Candidates stand in the order in which they asked; only the last vote of a person counts. */
export function countBallot(
  rules: BallotRules,
  candidates: readonly Candidate[],
  voters: readonly Voter[],
  votes: readonly Vote[],
  seed: string,
): BallotCount {
  const entitled = entitledVoters(voters, candidates);
  const weightOf = (voter: Voter): number => (rules.weight === 'member' ? 1 : voter.shares);
  const last = new Map(votes.map((vote) => [vote.memberId, vote.forShareId]));
  const voicesFor = (shareId: string | null): number =>
    entitled
      .filter((voter) => last.has(voter.memberId) && last.get(voter.memberId) === shareId)
      .reduce((sum, voter) => sum + weightOf(voter), 0);
  const voices = candidates.map(({ shareId }) => ({ shareId, voices: voicesFor(shareId) }));
  const voicesForNone = voicesFor(null);
  const given = voices.reduce((sum, each) => sum + each.voices, voicesForNone);
  const possible = entitled.reduce((sum, voter) => sum + weightOf(voter), 0);
  const needed = Math.min(rules.quorum, possible);
  const most = Math.max(0, ...voices.map((each) => each.voices));
  const best = voices.filter((each) => each.voices === most).map((each) => each.shareId);
  const counted = { entitled: possible, needed, given, voices, voicesForNone };
  const without = (verdict: BallotVerdict): BallotCount => ({
    ...counted,
    verdict,
    winnerShareId: undefined,
    byTieBreak: false,
  });
  if (given < needed || given === 0) return without('no-quorum');
  if (most <= voicesForNone) return without('rejected');
  const winnerShareId = best.length === 1 ? best[0] : brokenTie(rules.tieBreak, best, seed);
  invariant(winnerShareId !== undefined, 'a ballot lost its candidates');
  return { ...counted, verdict: 'decided', winnerShareId, byTieBreak: best.length > 1 };
}

function brokenTie(tieBreak: TieBreak, best: readonly string[], seed: string): string | undefined {
  return tieBreak === 'earliest' ? best[0] : drawOrder(seed, best.toSorted(), ['ballot'])[0];
}
