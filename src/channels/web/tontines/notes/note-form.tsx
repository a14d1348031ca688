/**
 * Opens one handing over of notes, and takes the next word on it with the PIN: the keeper's, the receiver's, or that of
 * an officer who stands in for a receiver who cannot answer.
 *
 * Whoever may not see the line is told that it is absent, as for one that never was.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { money } from '../../../../ground/money/money.ts';
import type { Tx } from '../../../../ground/postgres/database.ts';
import type { Answer, Refusal } from '../../../../ground/refusal.ts';
import { findHandout, type Handout } from '../../../../tontine/rounds/cash-box.rows.ts';
import { HANDOUT_OVER } from '../../../../tontine/rounds/cash-handout.ts';
import { findHandover, type Handover } from '../../../../tontine/rounds/cash-handover.rows.ts';
import { confirmHandover } from '../../../../tontine/rounds/confirm-handover.ts';
import { handOverCash } from '../../../../tontine/rounds/hand-over-cash.ts';
import { takeBackNotes } from '../../../../tontine/rounds/take-back-notes.ts';
import { takeNotes } from '../../../../tontine/rounds/take-notes.ts';
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
  type No,
  refusalsOf,
  registerGroupPage,
  statusOfNo,
  usualField,
  type Visit,
  wordsOf,
} from '../group-visit.ts';
import { purposeOf, readView } from './form.tsx';
import { NotePage, type NotePageProps } from './note-page.tsx';
import {
  faceOfHandout,
  faceOfHandover,
  mayTakeBackHandout,
  mayTakeBackHandover,
  ownBox,
  seesHandout,
  seesHandover,
  stepOfHandout,
  stepOfHandover,
} from './seen-notes.ts';

type FieldName = 'pin' | 'form';
type NoteAct = keyof ReturnType<typeof wordsOf>['note']['done'];

const ACTS: readonly NoteAct[] = ['hand-over', 'confirm-handover', 'yes', 'no', 'take-back'];

export function registerNote(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineNote(':id', ':note'), {
    show: async (visit) => await showNote(visit, undefined),
    act: takeWord,
  });
}

async function takeWord(visit: Visit): Promise<FastifyReply> {
  const { act: asked, pin } = formFields(visit.request, ['act', 'pin']);
  const { who } = visit;
  if ((await readNote(visit)) === undefined) return await absent(visit);
  const act = ACTS.find((one) => one === asked);
  if (act === undefined) return await showNote(visit, { field: 'form', no: HANDOUT_OVER });
  const answer = await actWithPin(visit, pin, async (tx) => await perform(tx, visit, act));
  if (answer.ok) return await done(visit, wordsOf(visit).note.done[act], paths.tontineNotes(who.groupId));
  return await showNote(visit, { field: fieldOf(answer.refusal), no: answer.refusal });
}

function fieldOf(no: Refusal): FieldName {
  return usualField(no) === 'pin' ? 'pin' : 'form';
}

/** Each act looks for a row of its own kind, so that a yes to the wrong kind finds nothing. */
async function perform(tx: Tx, visit: Visit, act: NoteAct): Promise<Answer<void>> {
  const { door, who } = visit;
  const id = noteIdOf(visit);
  switch (act) {
    case 'hand-over':
      return await handOverCash(tx, door.ground, { ...who, handoutId: id });
    case 'confirm-handover':
      return await confirmHandover(tx, door.ground, { ...who, handoutId: id });
    case 'take-back':
      return await takeBackNotes(tx, door.ground, { ...who, noteId: id });
    case 'yes':
    case 'no':
      return await takeNotes(tx, door.ground, { ...who, handoverId: id, answer: act });
  }
}

function noteIdOf({ request }: Visit): string {
  const { note } = request.params as { note?: unknown };
  return typeof note === 'string' ? note : '';
}

type ShownNote = Omit<NotePageProps, 'frame' | 'group' | 'noteId' | 'hasPin' | 'refusals'>;

/** What the page shows of this line; nothing when there is none that this member may see. */
async function readNote(visit: Visit): Promise<ShownNote | undefined> {
  const { door, actor } = visit;
  const id = noteIdOf(visit);
  if (isId('hnd', id)) {
    const handout = await findHandout(door.db, id);
    return handout?.groupId === actor.group.id ? await shownHandout(visit, handout) : undefined;
  }
  if (!isId('hov', id)) return undefined;
  const handover = await findHandover(door.db, id);
  return handover?.groupId === actor.group.id ? await shownHandover(visit, handover) : undefined;
}

async function shownHandout(visit: Visit, handout: Handout): Promise<ShownNote | undefined> {
  const view = await readView(visit);
  if (!seesHandout(view, handout)) return undefined;
  const { keeperId, confirmedBy, currency } = handout;
  const face = faceOfHandout(view, handout);
  const name = (id: string | null) => (id === null ? undefined : nameOf(view.books, id));
  return {
    kind: 'handout',
    face,
    amount: money(handout.amount, currency),
    to: nameOf(view.books, handout.membershipId),
    what: purposeOf(visit, view.books, handout),
    since: handout.createdAt,
    mayTakeBack: mayTakeBackHandout(view, handout),
    ...given({
      by: name(keeperId),
      declaredAt: handout.declaredAt,
      endedAt: handout.confirmedAt,
      confirmedBy: name(confirmedBy),
      free: face === 'short' ? money(ownBox(view)?.free ?? 0n, currency) : undefined,
      step: stepOfHandout(view, handout),
    }),
  };
}

async function shownHandover(visit: Visit, handover: Handover): Promise<ShownNote | undefined> {
  const view = await readView(visit);
  if (!seesHandover(view, handover)) return undefined;
  return {
    kind: 'handover',
    face: faceOfHandover(view, handover),
    amount: money(handover.amount, handover.currency),
    to: nameOf(view.books, handover.toId),
    by: nameOf(view.books, handover.fromId),
    declaredAt: handover.declaredAt,
    mayTakeBack: mayTakeBackHandover(view, handover),
    ...given({ endedAt: handover.endedAt, step: stepOfHandover(view, handover) }),
  };
}

async function showNote(visit: Visit, no: No<FieldName> | undefined): Promise<FastifyReply> {
  const note = await readNote(visit);
  if (note === undefined) return await absent(visit);
  const page = (
    <NotePage
      frame={frameOfVisit(visit)}
      group={visit.actor.group}
      noteId={noteIdOf(visit)}
      hasPin={visit.person.hasPin}
      {...note}
      {...given({ refusals: refusalsOf(visit, no) })}
    />
  );
  return await sendPage(visit.reply, page, statusOfNo(no));
}
