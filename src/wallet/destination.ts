/**
 * Tells to which numbers a person's money may be sent.
 */
import type { Reader } from '../ground/postgres/database.ts';
import type { Person } from '../people/person.ts';
import { findDestination } from './destination.rows.ts';

/** True for the person's own login number, proven by every login, and for those confirmed by code. Takes E.164. */
export async function isConfirmedDestination(
  reader: Reader,
  person: Pick<Person, 'id' | 'phone'>,
  phone: string,
): Promise<boolean> {
  return phone === person.phone || (await findDestination(reader, person.id, phone)) !== undefined;
}
