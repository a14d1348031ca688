/**
 * Reads the `fences` table: where the journal of a shard ends, and which months it may use.
 */
import { sql } from 'kysely';
import type { Reader, Tx } from '../postgres/database.ts';
import { invariant } from '../refusal.ts';

export interface Fence {
  readonly seq: bigint;
  /** The chain's head after the last row, 64 hexadecimal digits. */
  readonly head: string;
  readonly coversFrom: Date;
  readonly coversUntil: Date;
}

export async function findFence(reader: Reader): Promise<Fence> {
  const found = await sql<Fence>`select seq, encode(head, 'hex') as head, covers_from as "coversFrom",
    covers_until as "coversUntil" from fences where shard = 0`.execute(reader);
  const fence = found.rows[0];
  invariant(fence !== undefined, 'the ledger has no fence');
  return fence;
}

/** Adds monthly partitions until the journal covers `until`; returns how many it made. */
export async function insertPartitions(tx: Tx, until: Date): Promise<number> {
  const made = await sql<{
    made: number;
  }>`select extend_journal(0::smallint, ${until}::timestamptz) as made`.execute(tx);
  return made.rows[0]?.made ?? 0;
}
