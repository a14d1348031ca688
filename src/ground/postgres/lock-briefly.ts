/**
 * Runs a transaction that changes tables while they are used: it waits only a moment for a lock, gives way, and comes
 * again.
 *
 * Whoever waits for a lock stops all who come after it; see
 * `docs/decisions/0038-migrations-wait-only-a-moment.md`.
 */
import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import { sqlState } from './in-transaction.ts';

/** Less than the second after which PostgreSQL looks for two that wait for each other. */
const LOCK_TIMEOUT = '700ms';
const TRIES = 15;
const LOCK_NOT_AVAILABLE = '55P03';

export async function lockBriefly<T>(db: Db, act: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(async (tx) => {
        await sql`select set_config('lock_timeout', ${LOCK_TIMEOUT}, true)`.execute(tx);
        return await act(tx);
      });
    } catch (error) {
      if (attempt >= TRIES || sqlState(error) !== LOCK_NOT_AVAILABLE) throw error;
    }
  }
}
