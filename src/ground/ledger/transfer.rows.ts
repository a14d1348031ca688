/**
 * Writes the journal through its one function, and reads it.
 *
 * A batch travels as one array per column: one round trip whatever its size, and no query text that grows.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Uuid } from '../identifiers.ts';
import { arrayText } from '../postgres/array-text.ts';
import type { Db, Reader, Tx } from '../postgres/database.ts';
import { invariant } from '../refusal.ts';
import type { AccountId, Side } from './account.ts';
import type { Transfer, TransferKind } from './transfer.ts';
import { isTransferCode, type TransferCode } from './transfer-code.ts';

/** Decides and writes the batch; one answer per transfer, in order. Outside a transaction it is one of its own. */
export async function insertTransfers(
  tx: Tx | Db,
  transfers: readonly Transfer[],
  recordedAt: Date,
): Promise<TransferCode[]> {
  const answer = await sql<{ codes: string[] }>`select post_transfers(0::smallint, ${recordedAt}::timestamptz,
    ${column(transfers, (transfer) => transfer.id)}::uuid[],
    ${column(transfers, (transfer) => transfer.kind)}::text[],
    ${column(transfers, (transfer) => transfer.debit)}::text[],
    ${column(transfers, (transfer) => transfer.credit)}::text[],
    ${column(transfers, (transfer) => String(transfer.amount))}::bigint[],
    ${column(transfers, (transfer) => transfer.pendingId)}::uuid[],
    ${column(transfers, (transfer) => String(transfer.linked === true))}::boolean[],
    ${column(transfers, (transfer) => transfer.journal.id)}::text[],
    ${column(transfers, (transfer) => transfer.journal.kind)}::text[],
    ${column(transfers, (transfer) => transfer.journal.occurredAt.toISOString())}::timestamptz[],
    ${column(transfers, (transfer) => transfer.reference)}::text[]) as codes`.execute(tx);
  const codes = answer.rows[0]?.codes ?? [];
  invariant(codes.length === transfers.length, `${transfers.length} transfers got ${codes.length} answers`);
  return codes.map((code) => {
    invariant(isTransferCode(code), `the ledger answered '${code}'`);
    return code;
  });
}

/**
 * One column of the batch in PostgreSQL's own notation for arrays. The two drivers write arrays differently (one of
 * them cannot write an empty place), so neither is asked to.
 */
function column(
  transfers: readonly Transfer[],
  pick: (transfer: Transfer) => string | undefined,
): RawBuilder<string> {
  const places = transfers.map((transfer) => {
    const value = pick(transfer);
    return value === undefined ? 'NULL' : `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  });
  return sql`${`{${places.join(',')}}`}`;
}

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

/** Rows of the journal after a place, in order. By seq and id, so that two rows with one seq are both read. */
export async function listChain(reader: Reader, after: ChainPlace, limit: number): Promise<ChainRow[]> {
  const found = await sql<ChainRow>`select t.seq, t.id, t.kind, coalesce(d.id, '?') as debit,
      coalesce(c.id, '?') as credit, t.amount, t.debit_after, t.credit_after, t.pending_id, t.journal_id,
      t.journal_kind, (extract(epoch from t.occurred_at) * 1000000)::bigint as occurred_us,
      (extract(epoch from t.recorded_at) * 1000000)::bigint as recorded_us, t.reference,
      encode(t.link, 'hex') as link
    from (select * from transfers where seq > 0 and (seq, id) > (${after.seq}::bigint, ${after.id}::uuid)
      order by seq, id limit ${limit}::int) t
    left join accounts d on d.key = t.debit left join accounts c on c.key = t.credit
    order by t.seq, t.id`.execute(reader);
  return found.rows;
}
