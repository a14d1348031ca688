/**
 * Prepares a cycle and starts it: shares, first day, order, then the PIN.
 *
 * What is typed is kept with "save and see", so that the preview is read from what is written and not from a form; the
 * start writes the same again before it starts, in one transaction.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { money } from '../../../../ground/money/money.ts';
import type { Tx } from '../../../../ground/postgres/database.ts';
import {
  type Answer,
  accepted,
  invariant,
  type Refusal,
  refusal,
  refused,
} from '../../../../ground/refusal.ts';
import { type CalendarDay, isCalendarDay } from '../../../../tontine/cycles/calendar-day.ts';
import { changeShares } from '../../../../tontine/cycles/change-shares.ts';
import { changeStart } from '../../../../tontine/cycles/change-start.ts';
import { type Cycle, isOrderedAtStart } from '../../../../tontine/cycles/cycle.ts';
import { fixOrder, ORDER_INCOMPLETE } from '../../../../tontine/cycles/fix-order.ts';
import { planCycle } from '../../../../tontine/cycles/plan-cycle.ts';
import { listShares } from '../../../../tontine/cycles/share.rows.ts';
import { startCycle } from '../../../../tontine/cycles/start-cycle.ts';
import { findRulesVersion } from '../../../../tontine/groups/group-rules.rows.ts';
import { type GroupBooks, readBooks } from '../../../../tontine/groups/read-books.ts';
import type { Assets } from '../../assets.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { membersOf, nameOf } from '../group-view.ts';
import {
  absent,
  act,
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
import type { PotDate } from '../parts/pot-dates.tsx';
import { StartPage } from './page.tsx';
import { START_DAY } from './start-day.ts';

type FieldName = 'shares' | 'first_day' | 'order' | 'pin' | 'form';

type Typed = Readonly<Record<string, string | undefined>>;

export function registerStart(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineStart(':id'), {
    show: async (visit) => await showStart(visit, {}, undefined),
    act: takeStart,
  });
}

async function takeStart(visit: Visit): Promise<FastifyReply> {
  const typed = typedOf(visit);
  const { actor, door } = visit;
  const { cycle } = await readBooks(door.db, actor.group.id);
  if (cycle?.state === 'running') return await visit.reply.redirect(paths.tontine(actor.group.id), 303);
  if (cycle === undefined || !may(visit, 'start-cycle')) return await absent(visit);
  const words = wordsOf(visit).start;
  if (typed.start === undefined) {
    const saved = await act(visit, async (tx) => await prepare(tx, visit, cycle, typed));
    if (saved.ok) return await done(visit, words.saved, paths.tontineStart(actor.group.id));
    return await showStart(visit, typed, { field: fieldOf(saved.refusal), no: saved.refusal });
  }
  const started = await actWithPin(visit, typed.pin, async (tx): Promise<Answer<unknown>> => {
    const prepared = await prepare(tx, visit, cycle, typed);
    if (!prepared.ok) return prepared;
    return await startCycle(tx, door.ground, { ...visit.who, cycleId: cycle.id });
  });
  if (started.ok) return await done(visit, words.started, paths.tontine(actor.group.id));
  return await showStart(visit, typed, { field: fieldOf(started.refusal), no: started.refusal });
}

function typedOf({ request }: Visit): Typed {
  const short = z.string().max(1000).optional().catch(undefined);
  return z
    .record(z.string(), short)
    .catch({})
    .parse(request.body ?? {});
}

function fieldOf(no: Refusal): FieldName {
  if (no.code === 'share-count' || no.code === 'cycle-too-small') return 'shares';
  if (no.code === 'cycle-in-the-past' || no.code === 'start-day') return 'first_day';
  if (no.code === 'order-incomplete' || no.code === 'start-order') return 'order';
  return usualField(no) === 'pin' ? 'pin' : 'form';
}

async function prepare(tx: Tx, visit: Visit, cycle: Cycle, typed: Typed): Promise<Answer<void>> {
  const { door, who } = visit;
  const { ground } = door;
  const startsOn = typed.first_day ?? cycle.startsOn;
  if (!isCalendarDay(startsOn)) return refused(START_DAY);
  if (startsOn !== cycle.startsOn) {
    const moved = await changeStart(tx, ground, { ...who, cycleId: cycle.id, startsOn });
    if (!moved.ok) return moved;
  }
  const held = await listShares(tx, cycle.id);
  for (const [name, text] of Object.entries(typed)) {
    if (!name.startsWith('shares_')) continue;
    const count = /^\d{1,2}$/.test(text?.trim() ?? '') ? Number(text) : Number.NaN;
    const membershipId = name.slice('shares_'.length);
    // What stays as it is may stay also after a draw was sealed over it.
    if (held.filter((share) => share.membershipId === membershipId).length === count) continue;
    const asked = { ...who, cycleId: cycle.id, membershipId, count };
    const changed = await changeShares(tx, ground, asked);
    if (!changed.ok) return changed;
  }
  return cycle.orderKind === 'fixed' ? await order(tx, visit, cycle, typed) : accepted(undefined);
}

/** Puts shares in the order of the numbers typed; a share whose owner just got it comes last. */
async function order(tx: Tx, visit: Visit, cycle: Cycle, typed: Typed): Promise<Answer<void>> {
  const places = Object.entries(typed).filter(([name]) => name.startsWith('place_'));
  const numbers = places.map(([, text]) => Number(text));
  const isWhole = numbers.every((number) => Number.isInteger(number) && number > 0);
  if (!isWhole || new Set(numbers).size !== numbers.length) return refused(START_ORDER);
  const placeOf = new Map(places.map(([name], index) => [name.slice('place_'.length), numbers[index] ?? 0]));
  const shares = await listShares(tx, cycle.id);
  const last = Number.MAX_SAFE_INTEGER;
  const shareIds = shares
    .toSorted(
      (left, right) =>
        (placeOf.get(left.id) ?? last) - (placeOf.get(right.id) ?? last) || left.number - right.number,
    )
    .map((share) => share.id);
  if (shareIds.length === 0) return refused(ORDER_INCOMPLETE);
  return await fixOrder(tx, visit.door.ground, { ...visit.who, cycleId: cycle.id, shareIds });
}

async function showStart(visit: Visit, typed: Typed, no: No<FieldName> | undefined): Promise<FastifyReply> {
  const { door, actor, reply, person } = visit;
  const books = await readBooks(door.db, actor.group.id);
  const { cycle } = books;
  if (cycle?.state !== 'forming' || !may(visit, 'plan-cycle')) return await absent(visit);
  const members = membersOf(books);
  const held = (id: string) => books.shares.filter((share) => share.membershipId === id).length;
  // Whoever joined after the cycle was prepared holds nothing yet: one share is proposed.
  const isNew = (id: string) =>
    members.some((one) => one.id === id && (one.joinedAt ?? cycle.formedAt) > cycle.formedAt);
  const counts = members.map((member) => ({
    id: member.id,
    name: member.displayName,
    count: typed[`shares_${member.id}`] ?? String(held(member.id) || (isNew(member.id) ? 1 : 0)),
  }));
  const wanted = counts.reduce((total, one) => total + (Number(one.count) || 0), 0);
  const page = (
    <StartPage
      frame={frameOfVisit(visit)}
      group={actor.group}
      formId={door.ground.ids.next('cyc')}
      holders={counts}
      startsOn={typed.first_day ?? cycle.startsOn}
      shares={(wanted === books.shares.length ? inOrder(books) : []).map((share, place) => ({
        id: share.id,
        name: nameOf(books, share.membershipId),
        place: typed[`place_${share.id}`] ?? String(place + 1),
      }))}
      decidedBy={decisionOf(books, cycle)}
      dates={await plannedDates(visit, books, cycle, wanted)}
      hasPin={person.hasPin}
      {...given({ refusals: refusalsOf(visit, no) })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

function inOrder({ shares, turns }: GroupBooks) {
  const place = (id: string) => turns.find((turn) => turn.shareId === id)?.place ?? Number.MAX_SAFE_INTEGER;
  return shares.toSorted((left, right) => place(left.id) - place(right.id) || left.number - right.number);
}

function decisionOf({ turns, shares }: GroupBooks, cycle: Cycle): 'typed' | 'draw' | 'drawn' | 'later' {
  if (cycle.orderKind === 'fixed') return 'typed';
  if (!isOrderedAtStart(cycle.orderKind)) return 'later';
  return shares.length > 0 && turns.length === shares.length ? 'drawn' : 'draw';
}

/** What the start would write: the same computation, from the by-law that the cycle was prepared under. */
async function plannedDates(
  { actor, door }: Visit,
  books: GroupBooks,
  cycle: Cycle,
  shareCount: number,
): Promise<readonly PotDate[]> {
  const { group, membership } = actor;
  const version = await findRulesVersion(door.db, { groupId: group.id, version: cycle.rulesVersion });
  invariant(version !== undefined, `cycle ${cycle.id} has no by-law`);
  const { rules } = version;
  const startsOn: CalendarDay = cycle.startsOn;
  const plan = planCycle({ rules, timeZone: group.timeZone, startsOn, shareCount });
  if (!plan.ok) return [];
  const isSaved = shareCount === books.shares.length;
  const isKnown = isSaved && (cycle.orderKind === 'fixed' || books.turns.length > 0);
  const order = isKnown ? inOrder(books) : [];
  let next = 0;
  return plan.value.rounds.map((round) => {
    const own = order.slice(next, next + round.payouts);
    next += round.payouts;
    return {
      number: round.number,
      day: round.heldOn,
      pot: money(plan.value.payout * BigInt(round.payouts), group.currency),
      is: 'coming',
      mine: own.some((share) => share.membershipId === membership.id),
      ...(isKnown ? { recipients: own.map((share) => nameOf(books, share.membershipId)) } : {}),
    };
  });
}

const START_ORDER = refusal(
  'start-order',
  'invalid',
  'Donnez à chaque part une place différente : 1, 2, 3…',
  'Give each share a different place: 1, 2, 3…',
);
