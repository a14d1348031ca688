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
import { findMembership } from './membership.rows.ts';

/** The person; nobody where only notes will do. */
export async function findPayee(
  reader: Reader,
  membershipId: string,
  currency: Currency,
): Promise<string | undefined> {
  const member = await findMembership(reader, membershipId);
  if (member === undefined) return undefined;
  if (member.state !== 'deceased') return member.personId ?? undefined;
  if (member.nextOfKinPhone === null) return undefined;
  const kin = await findPersonByPhone(reader, member.nextOfKinPhone);
  return kin !== undefined && currencyOf(kin.country) === currency ? kin.id : undefined;
}
