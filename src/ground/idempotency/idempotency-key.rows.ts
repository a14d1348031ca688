/**
 * Reads and writes the `idempotency_keys` table.
 */
import type { ColumnType } from 'kysely';
import type { Tx } from '../postgres/database.ts';

interface IdempotencyKeyTable {
  scope: string;
  key: string;
  request_hash: string;
  answer: ColumnType<unknown, string | null, string>;
  created_at: Date;
}

declare module '../postgres/database.ts' {
  interface Database {
    idempotency_keys: IdempotencyKeyTable;
  }
}

export interface KeyToInsert {
  readonly scope: string;
  readonly key: string;
  readonly requestHash: string;
  readonly createdAt: Date;
}

/** True when the key was free. Waits for another transaction that is inserting the same key. */
export async function insertKey(tx: Tx, key: KeyToInsert): Promise<boolean> {
  const inserted = await tx
    .insertInto('idempotency_keys')
    .values({
      scope: key.scope,
      key: key.key,
      request_hash: key.requestHash,
      answer: null,
      created_at: key.createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function findKey(
  tx: Tx,
  scope: string,
  key: string,
): Promise<{ requestHash: string; answer: unknown } | undefined> {
  const row = await tx
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'answer'])
    .where('scope', '=', scope)
    .where('key', '=', key)
    .executeTakeFirst();
  return row && { requestHash: row.request_hash, answer: row.answer };
}

export async function markAnswered(tx: Tx, scope: string, key: string, answer: unknown): Promise<void> {
  await tx
    .updateTable('idempotency_keys')
    .set({ answer: JSON.stringify(answer) })
    .where('scope', '=', scope)
    .where('key', '=', key)
    .execute();
}

export async function deleteKey(tx: Tx, scope: string, key: string): Promise<void> {
  await tx.deleteFrom('idempotency_keys').where('scope', '=', scope).where('key', '=', key).execute();
}
