/**
 * Keeps logins in the table `sessions`. A live session is one that was not ended, was used lately, and is not old.
 */
import { type Generated, type Selectable, sql } from 'kysely';
import type { Reader, Tx } from '../ground/postgres/database.ts';
import { keptQuery } from '../ground/postgres/kept-query.ts';
import { PERSON_COLUMNS, toPerson } from './person.rows.ts';
import type { Person } from './person.ts';
import type { Role, SessionLevel } from './role.ts';
import type { Session, SessionEnding } from './session.ts';

interface SessionTable {
  id: string;
  person_id: string;
  token_hash: Uint8Array;
  level: SessionLevel;
  ip: string;
  device: string | null;
  created_at: Date;
  last_seen_at: Date;
  idle_until: Date;
  expires_at: Date;
  ending: SessionEnding | null;
  ended_at: Date | null;
  second_factor_at: Generated<Date | null>;
}

declare module '../ground/postgres/database.ts' {
  interface Database {
    sessions: SessionTable;
  }
}

export async function insertSession(tx: Tx, session: Session, tokenHash: Uint8Array): Promise<void> {
  await tx
    .insertInto('sessions')
    .values({
      id: session.id,
      person_id: session.personId,
      token_hash: tokenHash,
      level: session.level,
      ip: session.ip,
      device: session.device ?? null,
      created_at: session.createdAt,
      last_seen_at: session.lastSeenAt,
      idle_until: session.idleUntil,
      expires_at: session.expiresAt,
      ending: null,
      ended_at: null,
    })
    .execute();
}

export interface SignedInRow {
  readonly session: Session;
  readonly person: Person;
  /** What the person may do at present; always begins with `member`. */
  readonly roles: readonly Role[];
}

/** Who is behind a live session's token, in one statement, because every page of every person begins with it. */
export async function findSignedIn(
  reader: Reader,
  tokenHash: Uint8Array,
  now: Date,
): Promise<SignedInRow | undefined> {
  const [row] = await askSignedIn(reader, { tokenHash, now });
  return (
    row && {
      session: toSession({ ...row, id: row.session_id, created_at: row.opened_at }),
      person: toPerson(reader, row),
      roles: ['member', ...row.roles],
    }
  );
}

const askSignedIn = keptQuery(
  'signed-in',
  (reader, { tokenHash, now }: { readonly tokenHash: Uint8Array; readonly now: Date }) =>
    reader
      .selectFrom('sessions')
      .innerJoin('people', 'people.id', 'sessions.person_id')
      .select(PERSON_COLUMNS.map((column) => `people.${column}` as const))
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
      .where('sessions.expires_at', '>', now),
);

/** The person's live sessions, the last used first. */
export async function listLiveSessions(reader: Reader, personId: string, now: Date): Promise<Session[]> {
  const rows = await reader
    .selectFrom('sessions')
    .selectAll()
    .where('person_id', '=', personId)
    .where('ending', 'is', null)
    .where('idle_until', '>', now)
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  return rows.map(toSession);
}

/** The same of several people, who are few. */
export async function listLiveSessionsOf(
  reader: Reader,
  personIds: readonly string[],
  now: Date,
): Promise<Session[]> {
  if (personIds.length === 0) return [];
  const rows = await reader
    .selectFrom('sessions')
    .selectAll()
    .where('person_id', 'in', personIds)
    .where('ending', 'is', null)
    .where('idle_until', '>', now)
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(5_000)
    .execute();
  return rows.map(toSession);
}

/** Moves the idle end forward; `unless` seen since then, so that parallel pages write once. */
export async function markSessionSeen(
  reader: Reader,
  seen: { sessionId: string; at: Date; idleUntil: Date; unlessSince: Date },
): Promise<void> {
  await reader
    .updateTable('sessions')
    .set({ last_seen_at: seen.at, idle_until: seen.idleUntil })
    .where('id', '=', seen.sessionId)
    .where('ending', 'is', null)
    .where('last_seen_at', '<=', seen.unlessSince)
    .execute();
}

/** The session may enter the console from now on. */
export async function markSecondFactorProven(tx: Tx, sessionId: string, at: Date): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ second_factor_at: at })
    .where('id', '=', sessionId)
    .where('ending', 'is', null)
    .execute();
}

/** Ends the session that has this token, whoever's it is; false when none was open. */
export async function markSessionEndedByToken(
  tx: Tx,
  end: { tokenHash: Uint8Array; ending: SessionEnding; at: Date },
): Promise<boolean> {
  const ended = await tx
    .updateTable('sessions')
    .set({ ending: end.ending, ended_at: end.at })
    .where('token_hash', '=', end.tokenHash)
    .where('ending', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
}

export interface SessionsEnd {
  readonly personId: string;
  /** Only this one; absent means all. */
  readonly only?: string;
  /** All but this one. */
  readonly except?: string;
  readonly ending: SessionEnding;
  readonly at: Date;
}

/** Ends open sessions of one person; returns how many. */
export async function markSessionsEnded(tx: Tx, end: SessionsEnd): Promise<number> {
  let query = tx
    .updateTable('sessions')
    .set({ ending: end.ending, ended_at: end.at })
    .where('person_id', '=', end.personId)
    .where('ending', 'is', null);
  if (end.only !== undefined) query = query.where('id', '=', end.only);
  if (end.except !== undefined) query = query.where('id', '<>', end.except);
  const ended = await query.returning('id').execute();
  return ended.length;
}

/** Deletes sessions that were over before `before`, at most `limit`; returns how many. */
export async function deleteSessionsOver(tx: Tx, before: Date, limit: number): Promise<number> {
  const gone = await tx
    .deleteFrom('sessions')
    .where(
      'id',
      'in',
      tx
        .selectFrom('sessions')
        .select('id')
        .where('expires_at', '<', before)
        .orderBy('expires_at')
        .limit(limit),
    )
    .returning('id')
    .execute();
  return gone.length;
}

/** Whether somebody has used a session of this person since then, ended or not. */
export async function wasSeenSince(reader: Reader, personId: string, since: Date): Promise<boolean> {
  const row = await reader
    .selectFrom('sessions')
    .select('id')
    .where('person_id', '=', personId)
    .where('last_seen_at', '>', since)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function deleteSessionsOf(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('sessions').where('person_id', '=', personId).execute();
}

function toSession(row: Omit<Selectable<SessionTable>, 'token_hash' | 'ending' | 'ended_at'>): Session {
  return {
    id: row.id,
    personId: row.person_id,
    level: row.level,
    ip: row.ip,
    device: row.device ?? undefined,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    idleUntil: row.idle_until,
    expiresAt: row.expires_at,
    secondFactorAt: row.second_factor_at ?? undefined,
  };
}
