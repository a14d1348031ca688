/**
 * Tells a person how each of their groups stands, in figures that make one sentence each, and who invites them.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import type { Person } from '../../people/person.ts';
import { type GroupStanding, listStandings } from './my-groups.rows.ts';
import { listInvitations, type NumberInvitation } from './number-invitations.rows.ts';

export interface MyGroups {
  /** What is due soonest comes first. */
  readonly groups: readonly GroupStanding[];
  /** Groups that invited the person's number and wait for an answer. */
  readonly invitations: readonly NumberInvitation[];
}

export async function listMyGroups(
  reader: Reader,
  ground: Ground,
  person: Pick<Person, 'id' | 'phone'>,
): Promise<MyGroups> {
  const groups = await listStandings(reader, person.id, ground.clock.now());
  return { groups, invitations: await listInvitations(reader, person.phone) };
}
