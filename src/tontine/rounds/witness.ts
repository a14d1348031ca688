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
import { type HeldOffice, listOffices } from '../members/membership-role.rows.ts';
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
  testimony: Testimony,
): Promise<Refusal | undefined> {
  // Whose word is waited for is known without the offices, most of the time.
  const offices = canAnswer(testimony) ? [] : await listOffices(reader, membership.groupId);
  return whyNotAmong(offices, membership, testimony);
}

/** False where nobody of them can: no phone, no longer a member, or it was they who declared. */
export function canAnswer({ declaredBy, concerned }: Testimony): boolean {
  return concerned.some(
    (one) => one.personId !== null && one.id !== declaredBy && MEMBER_STATES.includes(one.state),
  );
}

/** The same where the offices of the group are known already. */
export function whyNotAmong(
  offices: readonly HeldOffice[],
  membership: Membership,
  testimony: Testimony,
): Refusal | undefined {
  const { declaredBy, concerned } = testimony;
  if (membership.id === declaredBy) return WITNESS_IS_DECLARER;
  if (concerned.some((one) => one.id === membership.id)) return undefined;
  if (canAnswer(testimony) || membership.state !== 'active') return WITNESS_IS_NOT_CONCERNED;
  const others = offices.filter((office) => office.membershipId !== declaredBy);
  const isOfficer = others.some((office) => office.membershipId === membership.id);
  return isOfficer || others.length === 0 ? undefined : WITNESS_IS_NOT_CONCERNED;
}
