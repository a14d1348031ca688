/**
 * Reads who is behind a session's token in one statement, because every page of every person begins with it.
 *
 * The columns belong to `session.rows.ts`, `person.rows.ts` and `role-grant.rows.ts`.
 */
import { sql } from 'kysely';
import type { Reader } from '../ground/postgres/database.ts';
import { toPerson } from './person.rows.ts';
import type { Person } from './person.ts';
import type { Role } from './role.ts';
import { toSession } from './session.rows.ts';
import type { Session } from './session.ts';

export interface SignedInRow {
  readonly session: Session;
  readonly person: Person;
  /** What the person may do at present; always begins with `member`. */
  readonly roles: readonly Role[];
}

export async function findSignedIn(
  reader: Reader,
  tokenHash: Uint8Array,
  now: Date,
): Promise<SignedInRow | undefined> {
  const row = await reader
    .selectFrom('sessions')
    .innerJoin('people', 'people.id', 'sessions.person_id')
    .selectAll('people')
    .select([
      'sessions.id as session_id',
      'sessions.person_id',
      'sessions.level',
      'sessions.ip',
      'sessions.device',
      'sessions.created_at as opened_at',
      'sessions.last_seen_at',
      'sessions.idle_until',
      'sessions.expires_at',
      'sessions.second_factor_at',
      sql<Role[]>`array(select role from role_grants where role_grants.person_id = people.id
        and role_grants.revoked_at is null order by role)`.as('roles'),
    ])
    .where('sessions.token_hash', '=', tokenHash)
    .where('sessions.ending', 'is', null)
    .where('sessions.idle_until', '>', now)
    .where('sessions.expires_at', '>', now)
    .executeTakeFirst();
  return (
    row && {
      session: toSession({ ...row, id: row.session_id, created_at: row.opened_at }),
      person: toPerson(reader, row),
      roles: ['member', ...row.roles],
    }
  );
}
