/**
 * Finds whose wallet receives what a member has a right to: their own, or that of the next of kin of the dead.
 *
 * Where there is no such wallet it goes in notes, witnessed by an officer. Money that went to a dead person's phone would
 * be whoever's holds the phone.
 */
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { findPersonByPhone } from '../../people/person.rows.ts';
import { currencyOf } from '../../wallet/wallet.ts';
import { findMembership, listMembers } from './membership.rows.ts';
import type { Membership, MembershipState } from './membership.ts';

/** The person; nobody where only notes will do. */
export async function findPayee(
  reader: Reader,
  membershipId: string,
  currency: Currency,
): Promise<string | undefined> {
  const member = await findMembership(reader, membershipId);
  return member === undefined ? undefined : await payeeOf(reader, member, currency);
}

/** The same of everybody who was ever in a group, by membership: one question, and one for each who died. */
export async function findPayees(
  reader: Reader,
  groupId: string,
  currency: Currency,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const member of await listMembers(reader, groupId, EVERYBODY)) {
    const payee = await payeeOf(reader, member, currency);
    if (payee !== undefined) found.set(member.id, payee);
  }
  return found;
}

const EVERYBODY: readonly MembershipState[] = ['active', 'suspended', 'resigned', 'expelled', 'deceased'];

async function payeeOf(reader: Reader, member: Membership, currency: Currency): Promise<string | undefined> {
  if (member.state !== 'deceased') return member.personId ?? undefined;
  if (member.nextOfKinPhone === null) return undefined;
  const kin = await findPersonByPhone(reader, member.nextOfKinPhone);
  return kin !== undefined && currencyOf(kin.country) === currency ? kin.id : undefined;
}
