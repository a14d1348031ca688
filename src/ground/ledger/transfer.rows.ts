/**
 * Writes the journal through its one function, and reads it.
 *
 * A batch travels as one array per column: one round trip whatever its size, and no query text that grows.
 */
import { CompiledQuery, sql } from 'kysely';
import type { Uuid } from '../identifiers.ts';
import { arrayText } from '../postgres/array-text.ts';
import type { Db, Reader, Tx } from '../postgres/database.ts';
import { lineOf } from '../postgres/statement-line.ts';
import { invariant } from '../refusal.ts';
import type { AccountId, Side } from './account.ts';
import type { Transfer, TransferKind } from './transfer.ts';
import { isTransferCode, type TransferCode } from './transfer-code.ts';

/**
 * Decides and writes the batch; one answer per transfer, in order. Outside a transaction it is one of its own, behind
 * everything that was posted on this database before.
 */
export async function insertTransfers(
  tx: Tx | Db,
  transfers: readonly Transfer[],
  recordedAt: Date,
): Promise<TransferCode[]> {
  return await call(tx, POST, transfers, recordedAt);
}

/**
 * The same in a transaction of its own that does not wait for the disk, so that the shard is free sooner. The answers
 * are nobody's yet: they may be lost until `confirmFlushed` has seen these ids.
 */
export async function insertTransfersUnflushed(
  db: Db,
  transfers: readonly Transfer[],
  recordedAt: Date,
): Promise<TransferCode[]> {
  return await call(db, POST_UNFLUSHED, transfers, recordedAt);
}

async function call(
  reader: Reader,
  text: string,
  transfers: readonly Transfer[],
  recordedAt: Date,
): Promise<TransferCode[]> {
  const given = columns(transfers, recordedAt);
  const line = lineOf(reader);
  const rows =
    line === undefined
      ? (await reader.executeQuery<Codes>(query(text, given))).rows
      : await line.ask<Codes>(text, given);
  return readCodes(rows, transfers);
}

/**
 * Waits until everything that was committed before this call is as durable as a commit can be, and says how many of the
 * ids are in it. A transaction of its own.
 */
export async function confirmFlushed(db: Db, ids: readonly Uuid[]): Promise<bigint> {
  const sorted = ids.toSorted();
  const [low = NIL, high = NIL] = [sorted[0], sorted.at(-1)];
  const answer = await db.executeQuery<{ known: bigint }>(query(FLUSH, [`{${ids.join(',')}}`, low, high]));
  return answer.rows[0]?.known ?? 0n;
}

interface Codes {
  readonly codes: string[];
}

const NIL = '00000000-0000-0000-0000-000000000000';
// Texts that never change, so that nothing is built for each call and the server keeps the plan (`kept-statement.ts`).
const CALL = `post_transfers(0::smallint, $1::timestamptz, $2::uuid[], $3::text[], $4::text[], $5::text[],
  $6::bigint[], $7::uuid[], $8::boolean[], $9::text[], $10::text[], $11::timestamptz[], $12::text[])`;
const POST = `/* keep: post */ select ${CALL} as codes`;
const POST_UNFLUSHED = `/* keep: post-unflushed */
  select set_config('synchronous_commit', 'off', true), ${CALL} as codes`;
const FLUSH = '/* keep: flush */ select flush_postings($1::uuid[], $2::uuid, $3::uuid) as known';

function query<T>(text: string, values: readonly string[]): CompiledQuery<T> {
  return CompiledQuery.raw(text, [...values]) as CompiledQuery<T>;
}

function columns(transfers: readonly Transfer[], recordedAt: Date): string[] {
  return [
    recordedAt.toISOString(),
    column(transfers, (transfer) => transfer.id),
    column(transfers, (transfer) => transfer.kind),
    column(transfers, (transfer) => transfer.debit),
    column(transfers, (transfer) => transfer.credit),
    column(transfers, (transfer) => String(transfer.amount)),
    column(transfers, (transfer) => transfer.pendingId),
    column(transfers, (transfer) => String(transfer.linked === true)),
    column(transfers, (transfer) => transfer.journal.id),
    column(transfers, (transfer) => transfer.journal.kind),
    column(transfers, (transfer) => transfer.journal.occurredAt.toISOString()),
    column(transfers, (transfer) => transfer.reference),
  ];
}

/**
 * One column of the batch in PostgreSQL's own notation for arrays. The two drivers write arrays differently (one of
 * them cannot write an empty place), so neither is asked to.
 */
function column(transfers: readonly Transfer[], pick: (transfer: Transfer) => string | undefined): string {
  const places = transfers.map((transfer) => {
    const value = pick(transfer);
    if (value === undefined) return 'NULL';
    return MARKS.test(value) ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : `"${value}"`;
  });
  return `{${places.join(',')}}`;
}

/** What has a meaning of its own between the quotation marks of an array. */
const MARKS = /["\\]/;

function readCodes(rows: readonly Codes[], asked: readonly Transfer[]): TransferCode[] {
  const codes = rows[0]?.codes ?? [];
  invariant(codes.length === asked.length, `${asked.length} transfers got ${codes.length} answers`);
  return codes.map((code) => {
    invariant(isTransferCode(code), `the ledger answered '${code}'`);
    return code;
  });
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
