/**
 * Reads and writes the `reversals` table: which transfer undid which.
 */
import type { Uuid } from '../identifiers.ts';
import type { Reader, Tx } from '../postgres/database.ts';

interface ReversalTable {
  original_id: Uuid;
  reversal_id: Uuid;
}

declare module '../postgres/database.ts' {
  interface Database {
    reversals: ReversalTable;
  }
}

/** The transfer that undid the original, if one did. */
export async function findReversal(reader: Reader, original: Uuid): Promise<Uuid | undefined> {
  const row = await reader
    .selectFrom('reversals')
    .select('reversal_id')
    .where('original_id', '=', original)
    .executeTakeFirst();
  return row?.reversal_id;
}

export async function insertReversal(tx: Tx, original: Uuid, reversal: Uuid): Promise<void> {
  await tx.insertInto('reversals').values({ original_id: original, reversal_id: reversal }).execute();
}
