/**
 * Opens the receipt of one contribution, and takes the second word on cash.
 *
 * Every member may open it, because cash that only two people know of is the old way; where the by-law keeps amounts to
 * oneself, only those concerned and the officers may.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { money } from '../../../../ground/money/money.ts';
import { type GroupBooks, readBooks } from '../../../../tontine/groups/read-books.ts';
import { mayDo } from '../../../../tontine/members/permission.ts';
import { listAllocations } from '../../../../tontine/rounds/allocation.rows.ts';
import { confirmCash } from '../../../../tontine/rounds/confirm-cash.ts';
import { findContribution } from '../../../../tontine/rounds/contribution.rows.ts';
import type { Contribution } from '../../../../tontine/rounds/contribution.ts';
import { proposeCorrection } from '../../../../tontine/rounds/propose-correction.ts';
import { refuseCash } from '../../../../tontine/rounds/refuse-cash.ts';
import { whyNotWitness } from '../../../../tontine/rounds/witness.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { nameOf } from '../group-view.ts';
import {
  absent,
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
import { ContributionPage, type ContributionPageProps } from './receipt-page.tsx';

type FieldName = 'pin' | 'reason' | 'form';

export function registerContribution(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineContribution(':id', ':contribution'), {
    show: async (visit) => await showContribution(visit, undefined),
    act: takeWord,
  });
}

async function takeWord(visit: Visit): Promise<FastifyReply> {
  const { decision, reason = '', pin } = formFields(visit.request, ['decision', 'reason', 'pin']);
  const contribution = await contributionOf(visit);
  if (contribution === undefined) return await absent(visit);
  const { door, who } = visit;
  const asked = { ...who, contributionId: contribution.id };
  const answer = await actWithPin<unknown>(visit, pin, async (tx) => {
    if (decision === 'confirm') return await confirmCash(tx, door.ground, asked);
    if (decision === 'correct') return await proposeCorrection(tx, door.ground, { ...asked, reason });
    return await refuseCash(tx, door.ground, { ...asked, reason });
  });
  const words = wordsOf(visit).contribution;
  const here = paths.tontineContribution(who.groupId, contribution.id);
  const said = decision === 'confirm' ? words.confirmed : decision === 'correct' ? words.asked : words.denied;
  if (answer.ok) return await done(visit, said, here);
  const usual = usualField(answer.refusal);
  return await showContribution(visit, { field: usual === 'amount' ? 'form' : usual, no: answer.refusal });
}

async function contributionOf({ request, door, actor }: Visit): Promise<Contribution | undefined> {
  const { contribution: id } = request.params as { contribution?: unknown };
  if (!isId('ctr', id)) return undefined;
  const found = await findContribution(door.db, id);
  if (found?.groupId !== actor.group.id) return undefined;
  const isConcerned = [found.membershipId, found.payerId, found.keeperId].includes(actor.membership.id);
  const sees = actor.rules.visibility === 'all' || isConcerned || mayDo(actor.roles, 'see-amounts-of-all');
  return sees ? found : undefined;
}

async function showContribution(visit: Visit, no: No<FieldName> | undefined): Promise<FastifyReply> {
  const contribution = await contributionOf(visit);
  if (contribution === undefined) return await absent(visit);
  const { door, actor, person, reply } = visit;
  const books = await readBooks(door.db, actor.group.id);
  const { currency, keeperId, confirmedBy, membershipId, payerId } = contribution;
  const kept = contribution.amount - contribution.allocated - contribution.returned;
  const page = (
    <ContributionPage
      frame={frameOfVisit(visit)}
      group={actor.group}
      contributionId={contribution.id}
      formId={door.ground.ids.next('grj')}
      means={contribution.method}
      face={contribution.state}
      amount={money(contribution.amount, currency)}
      at={contribution.declaredAt}
      payerName={nameOf(books, payerId)}
      uses={await usesOf(visit, books, contribution)}
      mayConfirm={await mayConfirm(visit, books, contribution)}
      mayCorrect={contribution.state === 'confirmed' && may(visit, 'correct-contribution')}
      hasPin={person.hasPin}
      {...given({
        forName: membershipId === payerId ? undefined : nameOf(books, membershipId),
        keeperName: keeperId === null ? undefined : nameOf(books, keeperId),
        confirmedBy: keeperId === null || confirmedBy === null ? undefined : nameOf(books, confirmedBy),
        kept: contribution.state === 'confirmed' && kept > 0n ? money(kept, currency) : undefined,
        refusals: refusalsOf(visit, no),
      })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

async function usesOf(
  visit: Visit,
  books: GroupBooks,
  contribution: Contribution,
): Promise<ContributionPageProps['uses']> {
  const words = wordsOf(visit).pay.lines;
  const rows = await listAllocations(visit.door.db, contribution.id);
  return rows.map((row) => {
    const due = books.dues.find((one) => one.id === row.dueId);
    const round = books.rounds.find((one) => one.id === due?.roundId);
    const name = words[due?.kind ?? 'pot'];
    return {
      id: row.id,
      name: round === undefined ? name : words.ofRound(round.number, name),
      amount: money(row.amount, contribution.currency),
    };
  });
}

async function mayConfirm(
  { actor, door }: Visit,
  books: GroupBooks,
  contribution: Contribution,
): Promise<boolean> {
  const { declaredBy, membershipId, payerId } = contribution;
  if (contribution.state !== 'declared') return false;
  const concerned = books.people.filter((one) => one.id === membershipId || one.id === payerId);
  return (await whyNotWitness(door.db, actor, { declaredBy, concerned })) === undefined;
}
