/**
 * Opens the list of notes that leave a box, and takes a keeper's word that they gave notes to another keeper.
 *
 * The id of what they gave is made when the form is drawn: a second click is the same handover.
 */

import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { type Money, money } from '../../../../ground/money/money.ts';
import { parseAmount } from '../../../../ground/money/parse-amount.ts';
import type { Refusal } from '../../../../ground/refusal.ts';
import { FORM_TOO_OLD } from '../../../../rails/payments/collect.ts';
import { type GroupBooks, readBooks } from '../../../../tontine/groups/read-books.ts';
import { seesAllAmounts } from '../../../../tontine/groups/veil.ts';
import { mayDo } from '../../../../tontine/members/permission.ts';
import type { Handout } from '../../../../tontine/rounds/cash-box.rows.ts';
import type { Handover } from '../../../../tontine/rounds/cash-handover.rows.ts';
import { giveNotes } from '../../../../tontine/rounds/give-notes.ts';
import { readNotes } from '../../../../tontine/rounds/read-notes.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { nameOf } from '../group-view.ts';
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
import { rolesOf } from '../members/form.tsx';
import type { GiveField, GivingBox } from './give-form.tsx';
import { type NoteLine, type NotesBox, NotesPage, type NotesPageProps } from './page.tsx';
import {
  mayHandOver,
  type NotesView,
  seesHandout,
  seesHandover,
  stepOfHandout,
  stepOfHandover,
} from './seen-notes.ts';

interface Typed {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly amount?: string | undefined;
  readonly formId?: string | undefined;
}

/** With all books, to name the round of a pot. */
interface WholeView extends NotesView {
  readonly books: GroupBooks;
}

export function registerNotes(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineNotes(':id'), {
    show: async (visit) => await showNotes(visit, {}, undefined),
    act: takeGiving,
  });
}

async function takeGiving(visit: Visit): Promise<FastifyReply> {
  const { form_id, pin, ...fields } = formFields(visit.request, ['from', 'to', 'amount', 'form_id', 'pin']);
  const { door, who, actor } = visit;
  const typed = { ...fields, formId: form_id };
  const amount = parseAmount(fields.amount, actor.group.currency);
  if (!amount.ok) return await showNotes(visit, typed, { field: 'amount', no: amount.refusal });
  if (!isId('hov', form_id)) return await showNotes(visit, typed, { field: 'form', no: FORM_TOO_OLD });
  const asked = {
    ...who,
    handoverId: form_id,
    fromId: fields.from,
    toId: fields.to ?? '',
    amount: amount.value.amount,
  };
  const answer = await actWithPin(visit, pin, async (tx) => await giveNotes(tx, door.ground, asked));
  if (answer.ok) return await done(visit, wordsOf(visit).notes.given, paths.tontineNotes(who.groupId));
  const field = fieldOf(answer.refusal, fields.from);
  return await showNotes(visit, typed, { field, no: answer.refusal });
}

/** Which box is only asked where there is a choice: its refusal is the whole form's elsewhere. */
function fieldOf(no: Refusal, from: string | undefined): GiveField {
  switch (no.code) {
    case 'cash-box-short':
      return 'amount';
    case 'keeper-can-answer':
      return from === undefined ? 'form' : 'from';
    case 'member-absent':
    case 'group-role-missing':
    case 'cash-same-person':
      return 'to';
    default: {
      const usual = usualField(no);
      return usual === 'reason' ? 'form' : usual;
    }
  }
}

export async function readView(visit: Visit): Promise<WholeView> {
  const { door, actor } = visit;
  const { id: groupId, currency } = actor.group;
  const books = await readBooks(door.db, groupId);
  return { actor, books, notes: await readNotes(door.db, { groupId, currency }, books.people) };
}

async function showNotes(visit: Visit, typed: Typed, no: No<GiveField> | undefined): Promise<FastifyReply> {
  const view = await readView(visit);
  const { notes } = view;
  const give = giveOf(visit, view, typed, no);
  // A refusal under a field that is not drawn would not be read.
  const shown = no !== undefined && (give === undefined || give.to.length === 0) ? wholeForm(no) : no;
  const page = (
    <NotesPage
      frame={frameOfVisit(visit)}
      group={visit.actor.group}
      toMembers={notes.handouts
        .filter((one) => seesHandout(view, one))
        .map((one) => lineOfHandout(visit, view, one))}
      between={notes.handovers
        .filter((one) => seesHandover(view, one))
        .map((one) => lineOfHandover(visit, view, one))}
      boxes={boxesOf(view)}
      {...given({ give, refusals: refusalsOf(visit, shown) })}
    />
  );
  return await sendPage(visit.reply, page, statusOfNo(no));
}

function wholeForm({ no }: No<GiveField>): No<GiveField> {
  return { field: 'form', no };
}

function lineOfHandout(visit: Visit, view: WholeView, handout: Handout): NoteLine {
  const words = wordsOf(visit).notes;
  const state =
    handout.keeperId === null ? words.waiting : words.declared(nameOf(view.books, handout.keeperId));
  return {
    id: handout.id,
    who: nameOf(view.books, handout.membershipId),
    about: `${purposeOf(visit, view.books, handout)} · ${state}`,
    amount: money(handout.amount, handout.currency),
    ...given({ step: stepOfHandout(view, handout) }),
  };
}

/** What notes are for; of a pot of this cycle also which round. */
export function purposeOf(visit: Visit, books: GroupBooks, { purpose, subjectId }: Handout): string {
  const words = wordsOf(visit).notes;
  const name = words.purposes[purpose];
  const payout = books.payouts.find((one) => one.id === subjectId);
  const round = books.rounds.find((one) => one.id === payout?.roundId);
  return round === undefined ? name : words.ofRound(name, round.number);
}

function lineOfHandover(visit: Visit, view: WholeView, handover: Handover): NoteLine {
  const to = nameOf(view.books, handover.toId);
  const step = stepOfHandover(view, handover);
  return {
    id: handover.id,
    who: `${nameOf(view.books, handover.fromId)} → ${to}`,
    amount: money(handover.amount, handover.currency),
    ...given({ step, about: step === undefined ? wordsOf(visit).notes.awaits(to) : undefined }),
  };
}

function boxesOf(view: WholeView): readonly NotesBox[] {
  const { actor, books, notes } = view;
  const shown = (amount: bigint): Money => money(amount, actor.group.currency);
  const sees = seesAllAmounts(actor);
  return notes.boxes
    .filter((box) => box.holds !== 0n && (sees || box.keeperId === actor.membership.id))
    .map(({ keeperId, holds, free }) => {
      const state = books.people.find((one) => one.id === keeperId)?.state;
      return {
        keeperId,
        keeper: nameOf(books, keeperId),
        holds: shown(holds),
        ...given({
          free: free === holds ? undefined : shown(free),
          gone: state === 'active' ? undefined : state,
        }),
      };
    });
}

function giveOf(
  visit: Visit,
  view: WholeView,
  typed: Typed,
  no: No<GiveField> | undefined,
): NotesPageProps['give'] {
  const { actor, person, door } = visit;
  const own = actor.membership.id;
  const from = givingBoxes(view);
  if (from.length === 0 || actor.membership.state !== 'active') return undefined;
  const keepsId = no !== undefined && no.field !== 'form' && isId('hov', typed.formId);
  return {
    formId: keepsId && typed.formId ? typed.formId : door.ground.ids.next('hov'),
    from,
    to: view.books.people
      .filter((one) => one.state === 'active' && one.personId !== null && one.id !== own)
      .filter((one) => mayDo(rolesOf(view.books, one.id), 'hand-over-cash'))
      .map((one) => ({ id: one.id, name: one.displayName })),
    values: given({ from: typed.from, to: typed.to, amount: typed.amount }),
    hasPin: person.hasPin,
  };
}

/** One's own box, and those whose keepers cannot give any more. */
function givingBoxes({ actor, books, notes }: WholeView): readonly GivingBox[] {
  const own = actor.membership.id;
  const isGone = (keeperId: string): boolean =>
    books.people.find((one) => one.id === keeperId)?.state !== 'active';
  return notes.boxes
    .filter((box) => box.free > 0n)
    .filter(({ keeperId }) => keeperId === own || (mayHandOver(actor) && isGone(keeperId)))
    .map(({ keeperId, free }) => ({
      keeperId,
      keeper: nameOf(books, keeperId),
      isOwn: keeperId === own,
      free: money(free, actor.group.currency),
    }))
    .sort((one, other) => Number(other.isOwn) - Number(one.isOwn));
}
