/**
 * Makes everyone who names the same thing wait in line until the transaction of the first one ends.
 *
 * For checks over many rows (a ceiling over a sum), where there is no single row to lock.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from './database.ts';

export async function lockName(tx: Tx, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${keyOf(name)}::int8)`.execute(tx);
}

/** Locks those of the names that nobody holds, without waiting for the others; says for each, in order, whether it did. */
export async function lockFreeNames(tx: Tx, names: readonly string[]): Promise<readonly boolean[]> {
  const keys = names.map((name) => String(keyOf(name)));
  const { rows } = await sql<{ isLocked: boolean }>`select pg_try_advisory_xact_lock(k.key) as "isLocked"
    from unnest(${keys}::int8[]) with ordinality as k(key, place) order by k.place`.execute(tx);
  return rows.map(({ isLocked }) => isLocked);
}

function keyOf(name: string): bigint {
  return createHash('sha256').update(name).digest().readBigInt64BE(0);
}
