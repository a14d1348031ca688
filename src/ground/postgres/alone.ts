/**
 * Lets one process of all do something that takes several transactions, and the others go past it.
 *
 * The database keeps the lock for as long as the connection lives: a process that dies frees it by dying.
 */
import { sql } from 'kysely';
import type { Db } from './database.ts';

/** One number for each thing that only one may do; unlike every other lock of the product. */
export const LOCKS = { eventMonths: 7_412_020_612, monthArchives: 7_412_020_613 } as const;

/** What `act` answered, on the connection that holds the lock; nothing when somebody else is at it. */
export async function alone<T>(
  db: Db,
  lock: keyof typeof LOCKS,
  act: (connection: Db) => Promise<T>,
): Promise<T | undefined> {
  return await db.connection().execute(async (connection) => {
    const tried = await sql<{
      got: boolean;
    }>`select pg_try_advisory_lock(${LOCKS[lock]}::bigint) as got`.execute(connection);
    if (tried.rows[0]?.got !== true) return undefined;
    try {
      return await act(connection);
    } finally {
      await sql`select pg_advisory_unlock(${LOCKS[lock]}::bigint)`.execute(connection);
    }
  });
}

/** For a statement that reads a whole table and stops nobody meanwhile. */
export async function patiently<T>(connection: Db, act: () => Promise<T>): Promise<T> {
  await sql`set statement_timeout = '2h'`.execute(connection);
  try {
    return await act();
  } finally {
    await sql`reset statement_timeout`.execute(connection);
  }
}
