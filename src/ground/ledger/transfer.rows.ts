/**
 * Reads the journal. What writes it is in `posting.rows.ts`.
 */
import { sql } from 'kysely';
import type { Uuid } from '../identifiers.ts';
import { arrayText } from '../postgres/array-text.ts';
import type { Reader } from '../postgres/database.ts';
import type { AccountId, Side } from './account.ts';
import type { TransferKind } from './transfer.ts';

export interface TransferRow {
  readonly id: Uuid;
  readonly kind: TransferKind;
  readonly debit: AccountId;
  readonly credit: AccountId;
  readonly amount: bigint;
}

export async function findTransfer(reader: Reader, id: Uuid): Promise<TransferRow | undefined> {
  const found = await sql<TransferRow>`select t.id, t.kind, d.id as debit, c.id as credit, t.amount
    from transfers t join accounts d on d.key = t.debit join accounts c on c.key = t.credit
    where t.id = ${id}`.execute(reader);
  return found.rows[0];
}

export interface PostedRow extends TransferRow {
  readonly seq: bigint;
  readonly journalId: string;
  readonly journalKind: string;
  readonly recordedAt: Date;
}

/** Those of the ids that were posted, in the order of the journal: each is one look at the primary key. */
export async function listTransfersById(reader: Reader, ids: readonly Uuid[]): Promise<PostedRow[]> {
  if (ids.length === 0) return [];
  const found = await sql<PostedRow>`select t.id, t.kind, d.id as debit, c.id as credit, t.amount, t.seq,
      t.journal_id as "journalId", t.journal_kind as "journalKind", t.recorded_at as "recordedAt"
    from transfers t join accounts d on d.key = t.debit join accounts c on c.key = t.credit
    where t.id = any(${arrayText(ids)}::uuid[]) order by t.seq`.execute(reader);
  return found.rows;
}

/** When the row with this seq was recorded. */
export async function findRecordedAt(reader: Reader, seq: bigint): Promise<Date | undefined> {
  const found = await sql<{ at: Date }>`select recorded_at as at from transfers
    where seq = ${seq}::bigint and seq > 0`.execute(reader);
  return found.rows[0]?.at;
}

/** The hash link of the row with this seq, 64 hexadecimal digits. */
export async function findLink(reader: Reader, seq: bigint): Promise<string | undefined> {
  const found = await sql<{ link: string }>`select encode(link, 'hex') as link from transfers
    where seq = ${seq}::bigint and seq > 0`.execute(reader);
  return found.rows[0]?.link;
}

/** When the first row at or after this seq was recorded. */
export async function findRecordedFrom(reader: Reader, seq: bigint): Promise<Date | undefined> {
  const found = await sql<{ recorded_at: Date }>`select recorded_at from transfers
    where seq >= ${seq}::bigint and seq > 0 order by seq limit 1`.execute(reader);
  return found.rows[0]?.recorded_at;
}

export interface StatementRow {
  readonly seq: bigint;
  readonly id: Uuid;
  readonly kind: TransferKind;
  readonly side: Side;
  readonly counterpart: AccountId;
  readonly amount: bigint;
  /** Credits minus debits of the account, right after the row. */
  readonly after: bigint;
  readonly journal_id: string;
  readonly journal_kind: string;
  readonly occurred_at: Date;
  readonly recorded_at: Date;
  readonly reference: string | null;
}

/** Movements of the account below `before`, newest first. */
export async function listMovements(
  reader: Reader,
  id: AccountId,
  before: bigint,
  limit: number,
): Promise<StatementRow[]> {
  const found = await sql<StatementRow>`select * from list_statement(${id}, ${before}::bigint, ${limit}::int)
    order by seq desc`.execute(reader);
  return found.rows;
}

/** A row of the journal with its times to the microsecond, as the chain hashed it. */
export interface ChainRow extends TransferRow {
  readonly seq: bigint;
  readonly pending_id: Uuid | null;
  readonly debit_after: bigint;
  readonly credit_after: bigint;
  readonly journal_id: string;
  readonly journal_kind: string;
  readonly occurred_us: bigint;
  readonly recorded_us: bigint;
  readonly reference: string | null;
  /** 64 hexadecimal digits. */
  readonly link: string;
}

/** Where a reading of the chain goes on: after this row. */
export interface ChainPlace {
  readonly seq: bigint;
  readonly id: Uuid;
}

/** A row as the chain hashed it, of transfers `t` with their accounts `d` and `c`. */
export const chainColumns = sql`t.seq, t.id, t.kind, coalesce(d.id, '?') as debit,
  coalesce(c.id, '?') as credit, t.amount, t.debit_after, t.credit_after, t.pending_id, t.journal_id,
  t.journal_kind, (extract(epoch from t.occurred_at) * 1000000)::bigint as occurred_us,
  (extract(epoch from t.recorded_at) * 1000000)::bigint as recorded_us, t.reference,
  encode(t.link, 'hex') as link`;

/** Rows of the journal after a place, in order. By seq and id, so that two rows with one seq are both read. */
export async function listChain(reader: Reader, after: ChainPlace, limit: number): Promise<ChainRow[]> {
  const found = await sql<ChainRow>`select ${chainColumns}
    from (select * from transfers where seq > 0 and (seq, id) > (${after.seq}::bigint, ${after.id}::uuid)
      order by seq, id limit ${limit}::int) t
    left join accounts d on d.key = t.debit left join accounts c on c.key = t.credit
    order by t.seq, t.id`.execute(reader);
  return found.rows;
}
