/**
 * Lists who works in the console: roles, sessions, authenticator.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import { findPeople } from '../../people/person.rows.ts';
import type { Person } from '../../people/person.ts';
import type { GrantedRole } from '../../people/role.ts';
import { listRoleGrants } from '../../people/role-grant.rows.ts';
import { listProvenFactors } from '../../people/second-factor.rows.ts';
import { listLiveSessionsOf } from '../../people/session.rows.ts';
import type { Session } from '../../people/session.ts';

export interface TeamMember {
  readonly person: Person;
  readonly roles: readonly GrantedRole[];
  readonly sessions: readonly Session[];
  /** A code of the authenticator was accepted at least once. */
  readonly hasFactor: boolean;
}

/** By the age of their first role, in a fixed number of queries. */
export async function listTeam(reader: Reader, now: Date): Promise<TeamMember[]> {
  const grants = await listRoleGrants(reader);
  const ids = [...new Set(grants.map((grant) => grant.personId))];
  const people = await findPeople(reader, ids);
  const proven = await listProvenFactors(reader, ids);
  const sessions = await listLiveSessionsOf(reader, ids, now);
  return ids.flatMap((id) => {
    const person = people.get(id);
    if (person === undefined) return [];
    return [
      {
        person,
        roles: grants.filter((grant) => grant.personId === id).map((grant) => grant.role),
        sessions: sessions.filter((session) => session.personId === id),
        hasFactor: proven.has(id),
      },
    ];
  });
}
