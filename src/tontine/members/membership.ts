/**
 * Is a person in a group, from the invitation or the wish to join until the end.
 *
 * Whoever has no phone is a membership without a person: the officers act for them, and they are paid in notes.
 */
import { refusal } from '../../ground/refusal.ts';

export type MembershipState =
  | 'invited' // the group wants them; they have not answered
  | 'asked' // they want to join; the group has not answered
  | 'active' // a member
  | 'suspended' // a member who may only pay what they owe
  | 'declined' // one of the two said no
  | 'resigned' // left by their own will
  | 'expelled' // put out, with a reason
  | 'deceased'; // died

/** States of somebody whose money and debts are in the group. */
export const MEMBER_STATES: readonly MembershipState[] = ['active', 'suspended'];

export interface Membership {
  readonly id: string;
  readonly groupId: string;
  /** Nobody, for a member without a phone and for a number that has not answered. */
  readonly personId: string | null;
  readonly phone: string | null;
  readonly displayName: string;
  readonly state: MembershipState;
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly joinedAt: Date | null;
  readonly endedAt: Date | null;
  readonly nextOfKinName: string | null;
  readonly nextOfKinPhone: string | null;
}

export const MEMBER_ABSENT = refusal(
  'member-absent',
  'absent',
  'Ce membre est introuvable dans la tontine.',
  'This member cannot be found in the group.',
);
export const MEMBER_HAS_CHANGED = refusal(
  'member-has-changed',
  'conflict',
  'Ce membre n’est plus dans cet état. Rechargez la page.',
  'This member is no longer in this state. Reload the page.',
);
export const REASON_MISSING = refusal(
  'reason-missing',
  'invalid',
  'Donnez la raison en quelques mots : tous les membres la liront.',
  'Give the reason in a few words: all members will read it.',
);

/** A reason that says something: at least three letters. Refuses: reason-missing. */
export function hasReason(text: string | undefined): text is string {
  return text !== undefined && text.trim().length >= 3;
}
