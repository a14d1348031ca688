/**
 * Says which notes on their way one member sees, and which of them wait for their own act.
 *
 * Pure, so that the list, the page of one line and the figure on the group's page count the same. Acts decide by
 * themselves under the group's lock; this only spares people a button that would be refused.
 */
import type { Actor } from '../../../../tontine/groups/group.ts';
import type { GroupBooks } from '../../../../tontine/groups/read-books.ts';
import { seesAllAmounts } from '../../../../tontine/groups/veil.ts';
import { mayDo } from '../../../../tontine/members/permission.ts';
import type { Handout } from '../../../../tontine/rounds/cash-box.rows.ts';
import type { Handover } from '../../../../tontine/rounds/cash-handover.rows.ts';
import type { BoxOfNotes, NotesOfGroup } from '../../../../tontine/rounds/read-notes.ts';
import { canAnswer, type Testimony, whyNotAmong } from '../../../../tontine/rounds/witness.ts';

export interface NotesView {
  /** Whoever looks. */
  readonly actor: Actor;
  readonly books: Pick<GroupBooks, 'people' | 'offices'>;
  readonly notes: NotesOfGroup;
}

/** What this member can do about a line now. */
export type NoteStep =
  | 'hand-over' // their box has enough
  | 'confirm-handover' // they received it, or stand in for whoever cannot answer
  | 'answer'; // notes for their own box

/** Where a line stands, as the one who looks is told. */
export type NoteFace =
  | 'hand-over'
  | 'short' // one keeps a box, and it has not enough
  | 'keeper' // a keeper is waited for
  | 'confirm-own'
  | 'confirm-other'
  | 'receiver' // whoever receives is waited for
  | 'officer' // a second officer is waited for
  | 'answer'
  | 'confirmed'
  | 'refused'
  | 'cancelled';

export function mayHandOver({ membership, roles }: Actor): boolean {
  return membership.state === 'active' && mayDo(roles, 'hand-over-cash');
}

/** What waits for one's own word is seen in any case. */
export function seesHandout(view: NotesView, handout: Handout): boolean {
  const { actor } = view;
  const { membershipId, keeperId, confirmedBy } = handout;
  const isConcerned = [membershipId, keeperId, confirmedBy].includes(actor.membership.id);
  return seesAllAmounts(actor) || isConcerned || stepOfHandout(view, handout) !== undefined;
}

export function seesHandover({ actor }: NotesView, handover: Handover): boolean {
  return seesAllAmounts(actor) || [handover.fromId, handover.toId].includes(actor.membership.id);
}

export function ownBox({ actor, notes }: NotesView): BoxOfNotes | undefined {
  return notes.boxes.find((box) => box.keeperId === actor.membership.id);
}

export function faceOfHandout(view: NotesView, handout: Handout): NoteFace {
  const { actor, books } = view;
  const { state, keeperId, membershipId } = handout;
  if (state === 'confirmed' || state === 'cancelled') return state;
  if (state === 'waiting' || keeperId === null) {
    if (!mayHandOver(actor)) return 'keeper';
    return (ownBox(view)?.free ?? 0n) >= handout.amount ? 'hand-over' : 'short';
  }
  const testimony: Testimony = {
    declaredBy: keeperId,
    concerned: books.people.filter((one) => one.id === membershipId),
  };
  if (whyNotAmong(books.offices, actor.membership, testimony) === undefined)
    return membershipId === actor.membership.id ? 'confirm-own' : 'confirm-other';
  return canAnswer(testimony) ? 'receiver' : 'officer';
}

export function stepOfHandout(view: NotesView, handout: Handout): NoteStep | undefined {
  const face = faceOfHandout(view, handout);
  if (face === 'hand-over') return 'hand-over';
  return face === 'confirm-own' || face === 'confirm-other' ? 'confirm-handover' : undefined;
}

export function faceOfHandover({ actor }: NotesView, { state, toId }: Handover): NoteFace {
  if (state !== 'declared') return state;
  return toId === actor.membership.id ? 'answer' : 'receiver';
}

export function stepOfHandover(view: NotesView, handover: Handover): NoteStep | undefined {
  return faceOfHandover(view, handover) === 'answer' ? 'answer' : undefined;
}

/** Whether this member may take the word back that these notes left their box, or say that they never came. */
export function mayTakeBackHandout(view: NotesView, handout: Handout): boolean {
  if (handout.state !== 'declared') return false;
  return handout.keeperId === view.actor.membership.id || stepOfHandout(view, handout) === 'confirm-handover';
}

/** The receiver says no by an answer; others may where one of the two is gone. */
export function mayTakeBackHandover({ actor, books }: NotesView, handover: Handover): boolean {
  const { state, fromId, toId } = handover;
  if (state !== 'declared' || toId === actor.membership.id) return false;
  if (fromId === actor.membership.id) return true;
  const isHere = (id: string): boolean => books.people.some((one) => one.id === id && one.state === 'active');
  return mayHandOver(actor) && !(isHere(fromId) && isHere(toId));
}

/** How many lines wait for this member, and how many they see. */
export function countNotes(view: NotesView): { readonly waiting: number; readonly seen: number } {
  const steps = [
    ...view.notes.handouts.filter((one) => seesHandout(view, one)).map((one) => stepOfHandout(view, one)),
    ...view.notes.handovers.filter((one) => seesHandover(view, one)).map((one) => stepOfHandover(view, one)),
  ];
  return { waiting: steps.filter((step) => step !== undefined).length, seen: steps.length };
}
