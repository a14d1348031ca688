/**
 * Says who may confirm notes that somebody else declared: whoever gave or received them, or another officer where
 * these cannot answer; in a group that has no other officer, any other member.
 *
 * Refuses: `cash-same-person`, `cash-not-concerned`.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import type { Refusal } from '../../ground/refusal.ts';
import type { Actor } from '../groups/group.ts';
import { MEMBER_STATES, type Membership } from '../members/membership.ts';
import { listOffices } from '../members/membership-role.rows.ts';
import { WITNESS_IS_DECLARER, WITNESS_IS_NOT_CONCERNED } from './cash-handout.ts';

export interface Testimony {
  /** The membership that declared. */
  readonly declaredBy: string;
  /** Those who gave or received. */
  readonly concerned: readonly Membership[];
}

export async function whyNotWitness(
  reader: Reader,
  { membership }: Actor,
  { declaredBy, concerned }: Testimony,
): Promise<Refusal | undefined> {
  if (membership.id === declaredBy) return WITNESS_IS_DECLARER;
  if (concerned.some((one) => one.id === membership.id)) return undefined;
  // Nobody of them can answer: no phone, no longer a member, or it was they who declared.
  const canAnswer = concerned.some(
    (one) => one.personId !== null && one.id !== declaredBy && MEMBER_STATES.includes(one.state),
  );
  if (canAnswer || membership.state !== 'active') return WITNESS_IS_NOT_CONCERNED;
  const others = (await listOffices(reader, membership.groupId)).filter(
    (office) => office.membershipId !== declaredBy,
  );
  const isOfficer = others.some((office) => office.membershipId === membership.id);
  return isOfficer || others.length === 0 ? undefined : WITNESS_IS_NOT_CONCERNED;
}
