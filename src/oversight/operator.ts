/**
 * Is somebody who acts in the console: who, in which roles, and from where, for the trail.
 */
import { type Refusal, refusal } from '../ground/refusal.ts';
import type { Role } from '../people/role.ts';
import { HOST } from '../people/unlink-second-factor.ts';
import { may, type Permission } from './access/permission.ts';

export interface Operator {
  readonly personId: string;
  readonly roles: readonly Role[];
  readonly ip: string;
  /** Browser and system in a few words, when they can be told. */
  readonly device: string | undefined;
}

/** Whoever runs the software, by a command on the machine itself. */
export const BY_HOST: Operator = { personId: HOST, roles: [], ip: 'host', device: undefined };

export const NOT_PERMITTED = refusal(
  'console-not-permitted',
  'denied',
  'Votre rôle ne permet pas cet acte.',
  'Your role does not allow this.',
);

export const REASON_MISSING = refusal(
  'console-reason-missing',
  'invalid',
  'Indiquez la raison, en quelques mots.',
  'Give the reason, in a few words.',
);

/** The refusal for an operator whose roles do not allow it: acts ask here, whichever door they were reached by. */
export function whyNot(operator: Operator, permission: Permission): Refusal | undefined {
  return may(operator.roles, permission) ? undefined : NOT_PERMITTED;
}
