/**
 * Opens the vote on the next turn that is nobody's: asking for it, voting, counting.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import type { Tx } from '../../../../ground/postgres/database.ts';
import { type Answer, type Refusal, refused } from '../../../../ground/refusal.ts';
import { FORM_TOO_OLD } from '../../../../rails/payments/collect.ts';
import { type GroupBooks, readBooks } from '../../../../tontine/groups/read-books.ts';
import type { Round } from '../../../../tontine/rounds/round.ts';
import { askForPot, BALLOT_ABSENT } from '../../../../tontine/turns/ask-for-pot.ts';
import {
  type Ballot,
  type BallotCandidate,
  type BallotVote,
  listBallots,
  listBallotVotes,
  listCandidates,
} from '../../../../tontine/turns/ballot.rows.ts';
import { castVote } from '../../../../tontine/turns/cast-vote.ts';
import { closeBallot } from '../../../../tontine/turns/close-ballot.ts';
import { listStandings } from '../../../../tontine/turns/eligible-shares.ts';
import { openBallot } from '../../../../tontine/turns/open-ballot.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { nameOf } from '../group-view.ts';
import {
  absent,
  act,
  done,
  frameOfVisit,
  may,
  type No,
  refusalsOf,
  registerGroupPage,
  statusOfNo,
  type Visit,
  wordsOf,
} from '../group-visit.ts';
import { readMinutes, USUAL_MINUTES } from '../typed-minutes.ts';
import { undecidedRound } from '../undecided-round.ts';
import { VotePage, type VotePageProps } from './page.tsx';

type FieldName = 'choice' | 'reason' | 'minutes' | 'form';

export function registerVote(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineVote(':id'), {
    show: async (visit) => await showVote(visit, USUAL_MINUTES, undefined),
    act: takeAct,
  });
}

/** The newest vote, and the round that it is, or the next one would be, about. */
interface Poll {
  readonly books: GroupBooks;
  readonly ballot: Ballot | undefined;
  readonly round: Round;
  readonly candidates: readonly BallotCandidate[];
  readonly votes: readonly BallotVote[];
}

async function pollOf({ door, who }: Visit): Promise<Poll | undefined> {
  const { db } = door;
  const books = await readBooks(db, who.groupId);
  const { cycle } = books;
  if (cycle?.state !== 'running' || cycle.orderKind !== 'vote') return undefined;
  const [newest] = (await listBallots(db, cycle.id)).toSorted(
    (left, right) => Number(right.openedAt) - Number(left.openedAt),
  );
  const next = undecidedRound(books);
  const isLatest =
    newest !== undefined && (newest.state === 'open' || next === undefined || newest.roundId === next.id);
  const ballot = isLatest ? newest : undefined;
  const round = books.rounds.find((one) => one.id === ballot?.roundId) ?? next;
  if (round === undefined) return undefined;
  if (ballot === undefined) return { books, ballot, round, candidates: [], votes: [] };
  const candidates = await listCandidates(db, ballot.id);
  return { books, ballot, round, candidates, votes: await listBallotVotes(db, ballot.id) };
}

interface Fields {
  readonly act: string | undefined;
  readonly form_id: string | undefined;
  readonly choice: string | undefined;
  readonly reason: string | undefined;
  readonly minutes: string | undefined;
}

async function takeAct(visit: Visit): Promise<FastifyReply> {
  const fields = formFields(visit.request, ['act', 'form_id', 'choice', 'reason', 'minutes']);
  const poll = await pollOf(visit);
  if (poll === undefined) return await absent(visit);
  const answer = await act(visit, async (tx) => await perform(tx, visit, poll, fields));
  if (answer.ok) return await done(visit, wordsOf(visit).vote.done, paths.tontineVote(visit.who.groupId));
  const no = answer.refusal;
  return await showVote(visit, fields.minutes ?? USUAL_MINUTES, { field: fieldOf(no), no });
}

async function perform(tx: Tx, visit: Visit, poll: Poll, fields: Fields): Promise<Answer<unknown>> {
  const { door, who } = visit;
  const { ground } = door;
  const { ballot, round } = poll;
  if (fields.act === 'open') {
    if (!isId('bal', fields.form_id)) return refused(FORM_TOO_OLD);
    const minutes = readMinutes(fields.minutes);
    const asked = { ...who, ballotId: fields.form_id, cycleId: round.cycleId, roundId: round.id, minutes };
    return await openBallot(tx, ground, { ...asked, secret: true });
  }
  if (ballot === undefined) return refused(BALLOT_ABSENT);
  const asked = { ...who, ballotId: ballot.id };
  switch (fields.act) {
    case 'ask': {
      const shareId = (await ownShare(visit, poll)) ?? '';
      return await askForPot(tx, ground, { ...asked, shareId, reason: fields.reason ?? '' });
    }
    case 'vote':
      return await castVote(tx, ground, { ...asked, shareId: fields.choice ?? '' });
    case 'count':
      return await closeBallot(tx, ground, asked);
    default:
      return refused(BALLOT_ABSENT);
  }
}

function fieldOf(no: Refusal): FieldName {
  if (no.code === 'ballot-time') return 'minutes';
  if (no.code === 'reason-missing') return 'reason';
  return no.code === 'ballot-no-such' ? 'choice' : 'form';
}

/** One of my shares that may take a pot. */
async function ownShare({ door, actor }: Visit, { round }: Poll): Promise<string | undefined> {
  const standings = await listStandings(door.db, round);
  return standings.find(({ share, why }) => share.membershipId === actor.membership.id && why === undefined)
    ?.share.id;
}

async function showVote(visit: Visit, minutes: string, no: No<FieldName> | undefined): Promise<FastifyReply> {
  const { door, actor, reply, now } = visit;
  const poll = await pollOf(visit);
  if (poll === undefined) return await reply.redirect(paths.tontine(actor.group.id), 302);
  const { ballot, round, votes, books, candidates } = poll;
  const isOpen = ballot?.state === 'open' && now < ballot.closesAt;
  const own = votes.find((vote) => vote.membershipId === actor.membership.id);
  const asks = candidates.some((one) => one.membershipId === actor.membership.id);
  const ownerOf = (shareId: string | null | undefined) =>
    nameOf(books, books.shares.find((share) => share.id === shareId)?.membershipId ?? null);
  const mayAsk = isOpen && !asks && votes.length === 0 && (await ownShare(visit, poll)) !== undefined;
  const page = (
    <VotePage
      frame={frameOfVisit(visit)}
      group={actor.group}
      formId={door.ground.ids.next('bal')}
      round={round.number}
      face={faceOf(ballot)}
      candidates={candidates.map((one) => ({
        id: one.shareId,
        name: nameOf(books, one.membershipId),
        reason: one.reason,
        ...given({ votes: votesOf(ballot, one.shareId) }),
      }))}
      given={votes.length}
      quorum={ballot?.quorum ?? 1}
      mayVote={isOpen && !asks && own === undefined && candidates.length > 0 && may(visit, 'vote')}
      mayAsk={mayAsk}
      minutes={minutes}
      {...given({
        deadline: ballot?.closesAt,
        chosenName: own && ownerOf(own.shareId),
        winner: ballot?.state === 'decided' ? ownerOf(ballot.chosenShare) : undefined,
        next: nextOf(visit, poll),
        refusals: refusalsOf(visit, no),
      })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

function faceOf(ballot: Ballot | undefined): VotePageProps['face'] {
  if (ballot === undefined) return 'none';
  return ballot.state === 'void' ? 'no-quorum' : ballot.state;
}

/** Counts are kept until the end, so that nobody follows the crowd. */
function votesOf(ballot: Ballot | undefined, shareId: string): number | undefined {
  const count = ballot?.state === 'open' ? undefined : ballot?.counts?.[shareId];
  return count === undefined ? undefined : Number(count);
}

function nextOf(visit: Visit, { ballot }: Poll): VotePageProps['next'] {
  if (ballot?.state === 'open') return may(visit, 'close-ballot') ? 'count' : undefined;
  return ballot?.state !== 'decided' && may(visit, 'open-ballot') ? 'open' : undefined;
}
