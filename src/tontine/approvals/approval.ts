/**
 * Is a question to which several people must say yes before something happens.
 *
 * Whoever asked and whoever gains from it have no voice. Where a group has too few officers to be asked, all its
 * active members are; a single no ends it, and it may be asked anew.
 */
import { refusal } from '../../ground/refusal.ts';

export type ApprovalKind =
  | 'payout' // hand a pot out
  | 'rules' // adopt a by-law
  | 'waiver' // forgive a fine
  | 'cash-variance' // close a meeting although a box does not agree
  | 'aid' // help from the solidarity fund
  | 'exit' // let a member leave before being served
  | 'correction' // undo a contribution
  | 'exchange' // of notes for wallet money
  | 'expulsion' // put a member out
  | 'default-cover' // cover a share that stopped paying
  | 'substitution' // let somebody take a share over
  | 'share-out'; // divide the common fund among the shares

export type ApprovalState =
  | 'open' // voices are awaited
  | 'granted' // enough yeses: it was done in the same moment
  | 'refused' // somebody said no
  | 'expired'; // nobody answered in time

export type Electorate =
  | 'officers' // whoever holds an office
  | 'members'; // every active member, because there are too few officers

export interface ApprovalRequest {
  readonly id: string;
  readonly groupId: string;
  readonly kind: ApprovalKind;
  readonly subjectId: string;
  /** Nobody, when the group's own rules ask. */
  readonly requestedBy: string | null;
  readonly beneficiaryId: string | null;
  readonly reason: string | null;
  readonly facts: Readonly<Record<string, string>>;
  readonly needed: number;
  readonly needsPresident: boolean;
  readonly electorate: Electorate;
  readonly state: ApprovalState;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly decidedAt: Date | null;
}

export interface Voice {
  readonly requestId: string;
  readonly membershipId: string;
  readonly voice: 'yes' | 'no';
  readonly isPresident: boolean;
  readonly reason: string | null;
  readonly at: Date;
}

/** True when the yeses are enough. */
export function isEnough(request: ApprovalRequest, voices: readonly Voice[]): boolean {
  const yes = voices.filter((one) => one.voice === 'yes');
  return yes.length >= request.needed && (!request.needsPresident || yes.some((one) => one.isPresident));
}

export const APPROVAL_ABSENT = refusal(
  'approval-absent',
  'absent',
  'Cette demande est introuvable.',
  'This request cannot be found.',
);
export const APPROVAL_OVER = refusal(
  'approval-over',
  'conflict',
  'Cette demande est déjà décidée ou périmée.',
  'This request is already decided, or its time is over.',
);
export const VOICE_EXCLUDED = refusal(
  'approval-voice-excluded',
  'denied',
  'Vous avez fait cette demande ou elle vous profite : votre voix ne compte pas.',
  'You made this request or gain from it: your voice does not count.',
);
export const VOICE_MISSING = refusal(
  'approval-voice-missing',
  'denied',
  'Seul le bureau est consulté pour cette demande.',
  'Only the officers are asked about this request.',
);
export const VOICE_GIVEN = refusal(
  'approval-voice-given',
  'conflict',
  'Vous avez déjà répondu autrement à cette demande.',
  'You have already answered this request otherwise.',
);
export const NOBODY_TO_ASK = refusal(
  'approval-nobody',
  'conflict',
  'Personne d’autre dans la tontine ne peut donner son accord.',
  'Nobody else in the group can agree to this.',
);
