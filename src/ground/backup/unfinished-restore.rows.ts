/**
 * Marks a database into which a backup is being restored, until its rows are there.
 *
 * A restore makes the tables first. One that was killed between the two leaves tables with nobody in them, and a product that
 * started on those would greet its members as strangers. The mark lies in a schema of its own, which no backup takes along.
 */
import { sql } from 'kysely';
import type { Db, Reader, Tx } from '../postgres/database.ts';
import { demand } from '../refusal.ts';

/** `check` runs first, in the same transaction: a database with books in it is not to be marked. */
export async function markUnfinished(
  db: Db,
  backup: string,
  now: Date,
  check: (tx: Tx) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await check(tx);
    await sql`create schema if not exists restoring`.execute(tx);
    await sql`create table if not exists restoring.unfinished (
      backup text not null, started_at timestamptz not null)`.execute(tx);
    await sql`delete from restoring.unfinished`.execute(tx);
    await sql`insert into restoring.unfinished values (${backup}, ${now})`.execute(tx);
  });
}

/** In the transaction that brings the rows: they are there, and the mark is gone, or neither. */
export async function unmarkUnfinished(tx: Tx): Promise<void> {
  await sql`drop schema restoring cascade`.execute(tx);
}

/** The backup of which the rows are missing, or nothing. */
export async function findUnfinished(reader: Reader): Promise<string | undefined> {
  const known = await sql<{ marked: boolean }>`select to_regclass('restoring.unfinished') is not null
    as marked`.execute(reader);
  if (known.rows[0]?.marked !== true) return undefined;
  const found = await sql<{ backup: string }>`select backup from restoring.unfinished`.execute(reader);
  return found.rows[0]?.backup ?? '';
}

/** Throws `Hindrance` on a database that waits for its rows. */
export async function refuseUnfinished(reader: Reader): Promise<void> {
  const backup = await findUnfinished(reader);
  demand(
    backup === undefined,
    `DATABASE_URL : la restauration de ${backup} dans cette base n’est pas allée jusqu’au bout, et les livres n’y sont pas. Relancez npm run restore -- --into avec la même base.`,
    `DATABASE_URL: the restore of ${backup} into this database did not come to its end, and the books are not in it. Run npm run restore -- --into with the same database again.`,
  );
}
