/**
 * Reads and writes the `reconciliation_breaks` table: differences with an age, an owner and an explanation.
 */
import { type Selectable, sql } from 'kysely';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { BreakKind } from '../../rails/statements/compare-statement.ts';
import type { StatementOwner } from '../../rails/statements/statement.rows.ts';

/** The kinds of a comparison, and one of the balance itself. */
export type FoundKind = BreakKind | 'balance';

interface ReconciliationBreakTable {
  id: string;
  provider: string;
  environment: StatementOwner['environment'];
  currency: Currency;
  kind: FoundKind;
  reference: string;
  payment_id: string | null;
  difference: bigint;
  happened_at: Date;
  first_seen_at: Date;
  last_seen_at: Date;
  owner_id: string | null;
  closed_at: Date | null;
  closed_by: string | null;
  explanation: string | null;
  gone_at: Date | null;
  opened_by: string | null;
  gone_by: string | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    reconciliation_breaks: ReconciliationBreakTable;
  }
}

/** Which float is looked at. */
export interface FloatKey extends StatementOwner {
  readonly currency: Currency;
}

export interface FoundBreak {
  readonly kind: FoundKind;
  readonly reference: string;
  readonly paymentId: string | undefined;
  readonly difference: bigint;
  readonly happenedAt: Date;
}

export interface KnownBreak extends FoundBreak {
  readonly id: string;
  readonly currency: Currency;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly ownerId: string | undefined;
  readonly closedAt: Date | undefined;
  readonly closedBy: string | undefined;
  readonly explanation: string | undefined;
}

/** Counts a difference once more, or writes it down; one that people explained stays explained. */
export async function insertBreak(
  tx: Tx,
  of: FloatKey,
  found: FoundBreak & { readonly id: string; readonly at: Date; readonly openedBy: string | undefined },
): Promise<void> {
  await tx
    .insertInto('reconciliation_breaks')
    .values({
      id: found.id,
      provider: of.provider,
      environment: of.environment,
      currency: of.currency,
      kind: found.kind,
      reference: found.reference,
      payment_id: found.paymentId ?? null,
      difference: found.difference,
      happened_at: found.happenedAt,
      first_seen_at: found.at,
      last_seen_at: found.at,
      owner_id: null,
      closed_at: null,
      closed_by: null,
      explanation: null,
      gone_at: null,
      opened_by: found.openedBy ?? null,
      gone_by: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['provider', 'environment', 'currency', 'kind', 'reference', 'difference'])
        .where('gone_at', 'is', null)
        .doUpdateSet({ last_seen_at: found.at }),
    )
    .execute();
}

/** Everything of one float that still counts: open, or explained and not gone. */
export async function listStandingBreaks(reader: Reader, of: FloatKey): Promise<KnownBreak[]> {
  const rows = await reader
    .selectFrom('reconciliation_breaks')
    .selectAll()
    .where('provider', '=', of.provider)
    .where('environment', '=', of.environment)
    .where('currency', '=', of.currency)
    .where('gone_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(toBreak);
}

/** Open ones of every float, the oldest first. */
export async function listOpenBreaks(reader: Reader, limit: number): Promise<KnownBreak[]> {
  const rows = await reader
    .selectFrom('reconciliation_breaks')
    .selectAll()
    .where('closed_at', 'is', null)
    .orderBy('first_seen_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(toBreak);
}

/** All of them in the order of their ids, from the one after `after` on. */
export async function listBreaksAfter(
  reader: Reader,
  after: string | undefined,
  limit: number,
): Promise<KnownBreak[]> {
  let query = reader.selectFrom('reconciliation_breaks').selectAll();
  if (after !== undefined) query = query.where('id', '>', after);
  const rows = await query.orderBy('id').limit(limit).execute();
  return rows.map(toBreak);
}

export async function lockOpenBreak(tx: Tx, id: string): Promise<KnownBreak | undefined> {
  const row = await tx
    .selectFrom('reconciliation_breaks')
    .selectAll()
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row && toBreak(row);
}

export async function markBreakOwned(tx: Tx, id: string, ownerId: string): Promise<void> {
  await tx.updateTable('reconciliation_breaks').set({ owner_id: ownerId }).where('id', '=', id).execute();
}

export async function markBreakClosed(
  tx: Tx,
  closed: { readonly id: string; readonly by: string; readonly explanation: string; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('reconciliation_breaks')
    .set({ closed_at: closed.at, closed_by: closed.by, explanation: closed.explanation })
    .where('id', '=', closed.id)
    .execute();
}

/** It is not there any more: closed by itself when nobody had explained it. */
export async function markBreakGone(
  tx: Tx,
  id: string,
  { at, goneBy }: { readonly at: Date; readonly goneBy: string | undefined },
): Promise<void> {
  await tx
    .updateTable('reconciliation_breaks')
    .set((row) => ({
      gone_at: at,
      gone_by: goneBy ?? null,
      closed_at: row.fn.coalesce('closed_at', row.val(at)),
    }))
    .where('id', '=', id)
    .execute();
}

/** Since when the oldest open difference is known. */
export async function findOldestOpenBreak(reader: Reader): Promise<Date | undefined> {
  const found = await sql<{ first_seen_at: Date }>`select first_seen_at from reconciliation_breaks
    where closed_at is null order by first_seen_at limit 1`.execute(reader);
  return found.rows[0]?.first_seen_at;
}

function toBreak(row: Selectable<ReconciliationBreakTable>): KnownBreak {
  return {
    id: row.id,
    currency: row.currency,
    kind: row.kind,
    reference: row.reference,
    paymentId: row.payment_id ?? undefined,
    difference: row.difference,
    happenedAt: row.happened_at,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    ownerId: row.owner_id ?? undefined,
    closedAt: row.closed_at ?? undefined,
    closedBy: row.closed_by ?? undefined,
    explanation: row.explanation ?? undefined,
  };
}
