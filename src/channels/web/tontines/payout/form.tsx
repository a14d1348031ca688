/**
 * Follows the pot of the round of now: proposing it, handing its notes over, and the beneficiary's own yes.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { money } from '../../../../ground/money/money.ts';
import type { Tx } from '../../../../ground/postgres/database.ts';
import { type Answer, refused } from '../../../../ground/refusal.ts';
import type { ApprovalRequest } from '../../../../tontine/approvals/approval.ts';
import { findLastRequest } from '../../../../tontine/approvals/approval-request.rows.ts';
import { listVoices } from '../../../../tontine/approvals/approval-vote.rows.ts';
import {
  type DecidedTurn,
  decidedTurns,
  type GroupBooks,
  readBooks,
  roundToServe,
} from '../../../../tontine/groups/read-books.ts';
import { acknowledgePayout } from '../../../../tontine/rounds/acknowledge-payout.ts';
import { type Handout, listOpenHandouts } from '../../../../tontine/rounds/cash-box.rows.ts';
import { confirmHandover } from '../../../../tontine/rounds/confirm-handover.ts';
import { missingOf } from '../../../../tontine/rounds/due.ts';
import { handOverCash } from '../../../../tontine/rounds/hand-over-cash.ts';
import { PAYOUT_ABSENT, type Payout } from '../../../../tontine/rounds/payout.ts';
import { readPotSizes } from '../../../../tontine/rounds/pot-size.ts';
import { proposePayout } from '../../../../tontine/rounds/propose-payout.ts';
import type { Round } from '../../../../tontine/rounds/round.ts';
import { whyNotWitness } from '../../../../tontine/rounds/witness.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { nameOf, sum } from '../group-view.ts';
import {
  actWithPin,
  done,
  frameOfVisit,
  may,
  type No,
  refusalsOf,
  registerGroupPage,
  statusOfNo,
  usualField,
  type Visit,
  wordsOf,
} from '../group-visit.ts';
import { PayoutPage, type PayoutPageProps, type PotPayout } from './page.tsx';

type FieldName = 'pin' | 'form';

export function registerPayout(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontinePayout(':id'), {
    show: async (visit) => await showPayout(visit, undefined),
    act: takeAct,
  });
}

async function takeAct(visit: Visit): Promise<FastifyReply> {
  const { act: asked, payout_id, pin } = formFields(visit.request, ['act', 'payout_id', 'pin']);
  const answer = await actWithPin<unknown>(
    visit,
    pin,
    async (tx) => await perform(tx, visit, asked, payout_id ?? ''),
  );
  if (answer.ok) {
    return await done(visit, wordsOf(visit).payout.done, paths.tontinePayout(visit.who.groupId));
  }
  const field = usualField(answer.refusal) === 'pin' ? 'pin' : 'form';
  return await showPayout(visit, { field, no: answer.refusal });
}

/** What is proposed is a place in the order, what is acknowledged a payout, what is handed over notes of it. */
async function perform(
  tx: Tx,
  visit: Visit,
  asked: string | undefined,
  subject: string,
): Promise<Answer<unknown>> {
  const { door, who } = visit;
  switch (asked) {
    case 'propose':
      return await proposePayout(tx, door.ground, {
        ...who,
        place: /^\d{1,3}$/.test(subject) ? Number(subject) : 0,
      });
    case 'acknowledge':
      return await acknowledgePayout(tx, door.ground, { ...who, payoutId: subject });
    case 'hand-over':
      return await handOverCash(tx, door.ground, { ...who, handoutId: subject });
    case 'confirm-handover':
      return await confirmHandover(tx, door.ground, { ...who, handoutId: subject });
    default:
      return refused(PAYOUT_ABSENT);
  }
}

async function showPayout(visit: Visit, no: No<FieldName> | undefined): Promise<FastifyReply> {
  const { door, actor, person, reply } = visit;
  const { group } = actor;
  const books = await readBooks(door.db, group.id);
  const round = roundToServe(books);
  if (round === undefined) return await reply.redirect(paths.tontine(group.id), 302);
  const dues = books.dues.filter((due) => due.roundId === round.id && due.kind === 'pot');
  const expected = sum(dues.map((due) => due.amount - due.lowered - due.forgiven));
  const page = (
    <PayoutPage
      frame={frameOfVisit(visit)}
      group={group}
      formId={door.ground.ids.next('pyo')}
      round={round.number}
      collected={money(sum(dues.map((due) => due.met)), group.currency)}
      expected={money(expected, group.currency)}
      payouts={await payoutsOf(visit, books, round)}
      hasPin={person.hasPin}
      {...given({ missing: missingIn(visit, books, round), refusals: refusalsOf(visit, no) })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

function missingIn({ actor }: Visit, books: GroupBooks, round: Round): PayoutPageProps['missing'] {
  const { currency } = actor.group;
  const open = books.dues.filter(
    (due) => due.roundId === round.id && due.kind === 'pot' && missingOf(due) > 0n,
  );
  if (open.length === 0) return undefined;
  const owing = [...new Set(open.map((due) => due.membershipId))].map((id) => ({
    name: nameOf(books, id),
    amount: money(sum(open.filter((due) => due.membershipId === id).map(missingOf)), currency),
  }));
  const advanced = sum(open.filter((due) => books.covered.has(due.id)).map(missingOf));
  return {
    amount: money(sum(open.map(missingOf)), currency),
    owing,
    rule: actor.rules.shortfall,
    ...(advanced === 0n ? {} : { advance: money(advanced, currency) }),
  };
}

async function payoutsOf(visit: Visit, books: GroupBooks, round: Round): Promise<PotPayout[]> {
  const handouts = await listOpenHandouts(visit.door.db, visit.actor.group.id);
  const shown: PotPayout[] = [];
  for (const one of decidedTurns(books).filter((turn) => turn.round?.id === round.id)) {
    const payout = books.payouts.find((paid) => paid.shareId === one.share.id);
    const notes = handouts.find((handout) => handout.subjectId === payout?.id);
    const request =
      payout && (await findLastRequest(visit.door.db, { kind: 'payout', subjectId: payout.id }));
    const drawn = await potPayout(visit, books, { one, round, payout, notes, request });
    // One PIN field on a page: the first that can go on goes first.
    const { next: _, ...idle } = drawn;
    shown.push(shown.some((before) => before.next !== undefined) ? idle : drawn);
  }
  return shown;
}

interface Parts {
  readonly one: DecidedTurn;
  readonly round: Round;
  readonly payout: Payout | undefined;
  readonly notes: Handout | undefined;
  readonly request: ApprovalRequest | undefined;
}

async function potPayout(visit: Visit, books: GroupBooks, parts: Parts): Promise<PotPayout> {
  const { one, payout, notes, request } = parts;
  const { actor, door } = visit;
  const { currency } = actor.group;
  const amount = payout?.amount ?? (await willBe(visit, books, parts));
  const voices = request === undefined ? [] : await listVoices(door.db, request.id);
  const cash = payout === undefined ? 0n : payout.cashPaid + payout.cashWaiting;
  const keeper = notes?.keeperId == null ? '…' : nameOf(books, notes.keeperId);
  return {
    id: `turn-${one.turn.place}`,
    beneficiary: nameOf(books, one.share.membershipId),
    isMine: one.share.membershipId === actor.membership.id,
    face: faceOf(parts),
    amount: money(amount, currency),
    given: voices.filter((voice) => voice.voice === 'yes').length,
    needed: request?.needed ?? 0,
    ...(cash === 0n ? {} : { inCash: { amount: money(cash, currency), keeper } }),
    ...given({ approvalId: request?.id, ...(await nextOf(visit, books, parts)) }),
  };
}

/** What it will be when it is proposed. */
async function willBe(
  { door }: Visit,
  { cycle, rounds }: GroupBooks,
  { one, round }: Parts,
): Promise<bigint> {
  if (cycle === undefined) return 0n;
  return (await readPotSizes(door.db, cycle, rounds))(round) - one.turn.discount - one.turn.premium;
}

function faceOf({ payout, round }: Parts): PotPayout['face'] {
  if (payout !== undefined) return payout.state;
  return round.state === 'closed' ? 'ready' : 'collecting';
}

async function nextOf(
  visit: Visit,
  books: GroupBooks,
  { one, round, payout, notes, request }: Parts,
): Promise<Pick<PotPayout, 'next' | 'subject'>> {
  const { actor, now } = visit;
  const isAsked = request?.state === 'open' && request.expiresAt > now;
  if (payout === undefined || (payout.state === 'proposed' && !isAsked)) {
    const isWhole = missingIn(visit, books, round) === undefined;
    const isReady = round.state === 'closed' || (round.state === 'open' && isWhole);
    if (!isReady || !may(visit, 'propose-payout')) return {};
    return { next: 'propose', subject: String(one.turn.place) };
  }
  if (notes?.state === 'waiting' && may(visit, 'hand-over-cash'))
    return { next: 'hand-over', subject: notes.id };
  if (notes?.state === 'declared' && notes.keeperId !== null) {
    const concerned = books.people.filter((person) => person.id === notes.membershipId);
    const no = await whyNotWitness(visit.door.db, actor, { declaredBy: notes.keeperId, concerned });
    return no === undefined ? { next: 'confirm-handover', subject: notes.id } : {};
  }
  const isMine = payout.membershipId === actor.membership.id;
  return payout.state === 'paid' && isMine ? { next: 'acknowledge', subject: payout.id } : {};
}
