/**
 * Prepares the database of whoever follows the guides: a person to ask about, and an empty database to restore into.
 */
import { sql } from 'kysely';
import type { Db } from '../../src/ground/postgres/database.ts';
import { inTransaction } from '../../src/ground/postgres/in-transaction.ts';
import { insertPerson } from '../../src/people/person.rows.ts';

/** A person with this number, who is an administrator with an authenticator. */
export async function addOperator(db: Db, id: string, phone: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const createdAt = new Date('2026-01-05T00:00:00Z');
    await insertPerson(tx, { id, phone, country: 'CI', locale: 'fr', createdAt });
  });
  await sql`insert into role_grants (id, person_id, role, granted_by, granted_at)
    values ('019b8d00-0000-7000-8000-0000000000a9', ${id}, 'admin', null, '2026-01-05Z')`.execute(db);
  await sql`insert into second_factors (person_id, sealed_secret, created_at, confirmed_at)
    values (${id}, decode(repeat('07', 48), 'hex'), '2026-01-05Z', '2026-01-05Z')`.execute(db);
}

export async function makeDatabase(db: Db, name: string): Promise<void> {
  await sql.raw(`create database ${name} template template0`).execute(db);
}

export async function dropDatabase(db: Db, name: string): Promise<void> {
  await sql.raw(`drop database if exists ${name} with (force)`).execute(db);
}

/** Scratch databases of drills in which nobody is any more. */
export async function abandonedScratches(db: Db): Promise<string[]> {
  const found = await sql<{ name: string }>`select datname as name from pg_database d
    where datname like 'tontine_drill_%' and not exists
      (select 1 from pg_stat_activity a where d.datname in (a.datname, a.application_name))`.execute(db);
  return found.rows.map(({ name }) => name);
}

/** What a runbook tells its reader to ask. */
export async function askAsRead(db: Db, statement: string): Promise<void> {
  await sql.raw(statement).execute(db);
}
