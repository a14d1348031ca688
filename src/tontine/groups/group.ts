/**
 * Is a group: the association behind one or more cycles, and what every act in it needs to know of whoever acts.
 */
import type { Currency } from '../../ground/money/currency.ts';
import { refusal } from '../../ground/refusal.ts';
import type { Membership } from '../members/membership.ts';
import type { GroupRole } from '../members/permission.ts';
import type { Rules } from './rules.ts';

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly currency: Currency;
  /** Such as `Africa/Abidjan`: deadlines are hours there. */
  readonly timeZone: string;
  readonly foundedBy: string;
  readonly foundedAt: Date;
}

/** A member who wants to do something, with all that decides whether they may. */
export interface Actor {
  readonly group: Group;
  readonly membership: Membership;
  readonly roles: readonly GroupRole[];
  /** In effect now. */
  readonly rules: Rules;
  readonly rulesVersion: number;
}

/** Said to strangers and about groups that are not: the two are never told apart. */
export const GROUP_ABSENT = refusal(
  'group-absent',
  'absent',
  'Cette tontine est introuvable.',
  'This group cannot be found.',
);
export const MEMBER_SUSPENDED = refusal(
  'member-suspended',
  'denied',
  'Votre adhésion est suspendue. Vous pouvez encore payer ce que vous devez ; pour le reste, parlez au bureau.',
  'Your membership is suspended. You can still pay what you owe; for the rest, talk to the officers.',
);
