/**
 * Runs one act in one database transaction, and runs it again whole when the database asks for that.
 *
 * A deadlock, a serialization failure or a plan from before a migration undoes everything, so repeating is safe; every
 * other error is the caller's.
 * The act must not touch the network: a transaction that waits for a provider holds its locks meanwhile.
 */
import type { Db, Tx } from './database.ts';

/** PostgreSQL's names for "undone, try again": serialization_failure and deadlock_detected. */
const RETRYABLE = new Set(['40001', '40P01']);
/** Five tries: a sixth collision in a row is a design fault that should be seen, not hidden. */
const TRIES = 5;

export async function inTransaction<T>(db: Db, act: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(act);
    } catch (error) {
      if (attempt >= TRIES || !(RETRYABLE.has(sqlState(error)) || isStalePlan(error))) throw error;
    }
  }
}

/** What PostgreSQL answers when a table was changed under a kept statement (`kept-statement.ts`); nothing of it was done. */
export function isStalePlan(error: unknown): boolean {
  return (
    sqlState(error) === '0A000' && error instanceof Error && /cached plan must not change/.test(error.message)
  );
}

/** The five-character SQLSTATE of a database error, or an empty text. */
export function sqlState(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return '';
}

/** SQLSTATE classes that say "the server is not there or not ready": connection failures, shutdown, no more room. */
const AWAY_STATES = /^(08|57P0|53)/;
/** What the driver says without a code, also about a connection that broke between two statements of a transaction. */
const AWAY_MESSAGES =
  /connection (terminated|timeout|ended)|timeout exceeded when trying|closed and is not queryable|connection error and is not queryable/i;
const AWAY_ERRORS = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN']);

/** True when the database could not be reached: worth trying later, and nothing of the request was done for certain. */
export function isDatabaseAway(error: unknown): boolean {
  const state = sqlState(error);
  if (AWAY_ERRORS.has(state) || AWAY_STATES.test(state)) return true;
  return error instanceof Error && AWAY_MESSAGES.test(error.message);
}
