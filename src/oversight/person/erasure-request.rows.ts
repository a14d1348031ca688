/**
 * Reads and writes the `erasure_requests` table: whose identity one operator wants to be erased, and what another one said.
 */
import type { Generated, Selectable } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';

export type ErasureDecision =
  | 'approved' // the identity is erased
  | 'refused'; // it stays

interface ErasureRequestTable {
  id: string;
  person_id: string;
  reason: string;
  asked_by: string;
  asked_at: Date;
  expires_at: Date;
  decided_by: Generated<string | null>;
  decided_at: Generated<Date | null>;
  decision: Generated<ErasureDecision | null>;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    erasure_requests: ErasureRequestTable;
  }
}

export interface ErasureRequest {
  readonly id: string;
  readonly personId: string;
  readonly reason: string;
  /** Id of the operator. */
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly expiresAt: Date;
  readonly decidedAt: Date | undefined;
}

/** False when one is open for this person. */
export async function insertErasureRequest(
  tx: Tx,
  request: Omit<ErasureRequest, 'decidedAt'>,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('erasure_requests')
    .values({
      id: request.id,
      person_id: request.personId,
      reason: request.reason,
      asked_by: request.askedBy,
      asked_at: request.askedAt,
      expires_at: request.expiresAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** What nobody has decided about this person, expired or not. */
export async function findOpenErasure(reader: Reader, personId: string): Promise<ErasureRequest | undefined> {
  const row = await reader
    .selectFrom('erasure_requests')
    .selectAll()
    .where('person_id', '=', personId)
    .where('decided_at', 'is', null)
    .executeTakeFirst();
  return row && toRequest(row);
}

export async function lockErasure(tx: Tx, id: string): Promise<ErasureRequest | undefined> {
  const row = await tx
    .selectFrom('erasure_requests')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && toRequest(row);
}

/** What waits for a second person, the oldest first. */
export async function listOpenErasures(reader: Reader, now: Date): Promise<ErasureRequest[]> {
  const rows = await reader
    .selectFrom('erasure_requests as r')
    .innerJoin('people as p', 'p.id', 'r.person_id')
    .selectAll('r')
    .where('r.decided_at', 'is', null)
    .where('r.expires_at', '>', now)
    .where('p.erased_at', 'is', null)
    .orderBy('r.id')
    .limit(100)
    .execute();
  return rows.map(toRequest);
}

export async function markErasureDecided(
  tx: Tx,
  id: string,
  decided: { readonly decision: ErasureDecision; readonly by: string; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('erasure_requests')
    .set({ decision: decided.decision, decided_by: decided.by, decided_at: decided.at })
    .where('id', '=', id)
    .execute();
}

function toRequest(row: Selectable<ErasureRequestTable>): ErasureRequest {
  return {
    id: row.id,
    personId: row.person_id,
    reason: row.reason,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    expiresAt: row.expires_at,
    decidedAt: row.decided_at ?? undefined,
  };
}
