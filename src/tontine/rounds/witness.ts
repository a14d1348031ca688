/**
 * Says who may confirm notes that somebody else declared: whoever gave or received them, or another officer where
 * these cannot answer.
 */
import type { Refusal } from '../../ground/refusal.ts';
import type { Actor } from '../groups/group.ts';
import type { Membership } from '../members/membership.ts';
import { isOfficer } from '../members/permission.ts';
import { WITNESS_IS_DECLARER, WITNESS_IS_NOT_CONCERNED } from './cash-handout.ts';

export interface Testimony {
  /** The membership that declared. */
  readonly declaredBy: string;
  /** Those who gave or received. */
  readonly concerned: readonly Membership[];
}

export function whyNotWitness(actor: Actor, { declaredBy, concerned }: Testimony): Refusal | undefined {
  const { membership, roles } = actor;
  if (membership.id === declaredBy) return WITNESS_IS_DECLARER;
  if (concerned.some((one) => one.id === membership.id)) return undefined;
  // Nobody of them can answer: no phone, or it was they who declared.
  const canAnswer = concerned.some(
    (one) => one.personId !== null && one.id !== declaredBy && one.state !== 'deceased',
  );
  if (canAnswer || membership.state !== 'active') return WITNESS_IS_NOT_CONCERNED;
  return isOfficer(roles) || roles.includes('auditor') ? undefined : WITNESS_IS_NOT_CONCERNED;
}
