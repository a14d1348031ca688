/**
 * Opens the departure of a member: what it means in francs, and the request to the officers.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { money } from '../../../../ground/money/money.ts';
import { FORM_TOO_OLD } from '../../../../rails/payments/collect.ts';
import { runningCycle } from '../../../../tontine/cycles/running-cycle.ts';
import {
  decidedTurns,
  type GroupBooks,
  presentRound,
  readBooks,
} from '../../../../tontine/groups/read-books.ts';
import { missingAfter, planDefault } from '../../../../tontine/members/default.ts';
import { findOpenExit } from '../../../../tontine/members/exit.rows.ts';
import { EXIT_AFTER_POT } from '../../../../tontine/members/exit.ts';
import { readExitPlan } from '../../../../tontine/members/read-exit-plan.ts';
import { requestExit } from '../../../../tontine/members/request-exit.ts';
import { resign } from '../../../../tontine/members/resign.ts';
import { missingOf } from '../../../../tontine/rounds/due.ts';
import { roundsHeld } from '../../../../tontine/rounds/round.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import { refusalText } from '../../visitor.ts';
import type { WebDoor } from '../../web-door.ts';
import { nameOf, openDuesOf, sum } from '../group-view.ts';
import {
  actWithPin,
  done,
  frameOfVisit,
  type No,
  refusalsOf,
  registerGroupPage,
  statusOfNo,
  usualField,
  type Visit,
  wordsOf,
} from '../group-visit.ts';
import { ExitPage, type ExitPageProps } from './page.tsx';

type FieldName = 'reason' | 'pin' | 'form';

export function registerExit(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineExit(':id'), {
    show: async (visit) => await showExit(visit, undefined),
    act: takeRequest,
  });
}

async function takeRequest(visit: Visit): Promise<FastifyReply> {
  const { form_id, reason = '', pin } = formFields(visit.request, ['form_id', 'reason', 'pin']);
  const { door, who, actor } = visit;
  if (!isId('exi', form_id)) return await showExit(visit, { field: 'form', no: FORM_TOO_OLD });
  const books = await readBooks(door.db, who.groupId);
  const holds = books.cycle?.state === 'running' && holdsShare(books, actor.membership.id);
  const asked = await actWithPin<unknown>(visit, pin, async (tx) =>
    holds
      ? await requestExit(tx, door.ground, { ...who, exitId: form_id, reason })
      : await resign(tx, door.ground, { ...who, reason }),
  );
  if (asked.ok) {
    return await done(
      visit,
      wordsOf(visit).exit.done,
      holds ? paths.tontineExit(who.groupId) : paths.tontines,
    );
  }
  const usual = usualField(asked.refusal);
  return await showExit(visit, { field: usual === 'amount' ? 'form' : usual, no: asked.refusal });
}

function holdsShare(books: GroupBooks, membershipId: string): boolean {
  return books.shares.some((share) => share.membershipId === membershipId && share.state === 'active');
}

async function showExit(visit: Visit, no: No<FieldName> | undefined): Promise<FastifyReply> {
  const { door, actor, person, reply } = visit;
  const books = await readBooks(door.db, actor.group.id);
  const { why, ...sums } = await sumsOf(visit, books);
  const page = (
    <ExitPage
      frame={frameOfVisit(visit)}
      group={actor.group}
      formId={door.ground.ids.next('exi')}
      {...sums}
      hasPin={person.hasPin}
      {...given({ refusals: refusalsOf(visit, no) ?? why })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

type Sums = Pick<ExitPageProps, 'situation' | 'paid' | 'received' | 'sum' | 'parts' | 'potAfter'> & {
  /** Why it cannot be worked out now. */
  readonly why?: ExitPageProps['refusals'];
};

async function sumsOf(visit: Visit, books: GroupBooks): Promise<Sums> {
  const { door, actor, now, request } = visit;
  const { currency } = actor.group;
  const me = actor.membership.id;
  const figures = {
    paid: money(
      sum(books.dues.filter((due) => due.membershipId === me && due.kind === 'pot').map((due) => due.met)),
      currency,
    ),
    received: money(
      sum(books.payouts.filter((one) => one.membershipId === me).map((one) => one.walletPaid + one.cashPaid)),
      currency,
    ),
  };
  const nothing = { ...figures, sum: money(0n, currency), parts: [] };
  const running = await runningCycle(door.db, actor);
  if (!running.ok || !holdsShare(books, me)) return { ...nothing, situation: 'free' };
  const open = await findOpenExit(door.db, { cycleId: running.value.cycle.id, membershipId: me });
  const read = await readExitPlan(door.db, running.value, me, now);
  if (open !== undefined) return { ...nothing, sum: money(open.refund, currency), situation: 'asked' };
  if (!read.ok && read.refusal.code === EXIT_AFTER_POT.code) {
    return { ...figures, ...debtOf(visit, books), situation: 'after' };
  }
  if (!read.ok)
    return { ...nothing, situation: 'unclear', why: { form: refusalText(request, read.refusal) } };
  const { plan } = read.value;
  return {
    situation: 'before',
    paid: money(plan.paid, currency),
    received: figures.received,
    sum: money(plan.refund, currency),
    potAfter: money(plan.laterPayout, currency),
    parts: plan.owed.map(({ shareId, amount }) => partOf(books, shareId, money(amount, currency))),
  };
}

function partOf(
  books: GroupBooks,
  shareId: string,
  amount: ExitPageProps['sum'],
): ExitPageProps['parts'][number] {
  const owner = books.shares.find((share) => share.id === shareId)?.membershipId ?? null;
  return { id: shareId, name: nameOf(books, owner), amount };
}

/** What those who come after would miss, if nothing more were paid from the next round on; and what is open today. */
function debtOf({ actor }: Visit, books: GroupBooks): Pick<Sums, 'sum' | 'parts'> {
  const { currency } = actor.group;
  const { cycle } = books;
  const me = actor.membership.id;
  const open = sum(openDuesOf(books, me).map(missingOf));
  const now = presentRound(books)?.number ?? 0;
  const turns = decidedTurns(books);
  const own = books.shares.filter((share) => share.membershipId === me && share.servedAt !== null);
  const order = turns
    .toSorted((left, right) => left.turn.place - right.turn.place)
    .map((one) => one.share.id);
  const whole = order.length === books.shares.length;
  if (cycle === undefined || !whole) return { sum: money(open, currency), parts: [] };
  const rotation = {
    shares: books.shares.length,
    rounds: roundsHeld(books.rounds),
    contribution: cycle.contribution,
  };
  const served = own.map((share) => share.id);
  const plan = planDefault(missingAfter(rotation, order, served, now), [], currency);
  return {
    sum: money(plan.debt + open, currency),
    parts: plan.claims.map(({ shareId, amount }) => partOf(books, shareId, money(amount, currency))),
  };
}
