/**
 * Makes everyone who names the same thing wait in line until the transaction of the first one ends.
 *
 * For checks over many rows (a ceiling over a sum), where there is no single row to lock.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from './database.ts';

export async function lockName(tx: Tx, name: string): Promise<void> {
  const key = createHash('sha256').update(name).digest().readBigInt64BE(0);
  await sql`select pg_advisory_xact_lock(${key}::int8)`.execute(tx);
}
