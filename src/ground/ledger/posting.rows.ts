/**
 * Writes the journal through its two functions: a batch, and one plain transfer alone.
 *
 * A batch travels as one array per column: one round trip whatever its size, and no query text that grows.
 */
import { CompiledQuery } from 'kysely';
import { NIL_UUID, type Uuid } from '../identifiers.ts';
import type { Db, Reader, Tx } from '../postgres/database.ts';
import { lineOf } from '../postgres/statement-line.ts';
import { invariant } from '../refusal.ts';
import type { AccountId } from './account.ts';
import type { Transfer } from './transfer.ts';
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
  return await write(tx, WAITING_FOR_DISK, transfers, recordedAt);
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
  return await write(db, UNFLUSHED, transfers, recordedAt);
}

/** One plain transfer goes a short way, which only knows how to post it; whatever speaks against it goes the long one. */
async function write(
  reader: Reader,
  texts: PostingTexts,
  transfers: readonly Transfer[],
  recordedAt: Date,
): Promise<TransferCode[]> {
  const [first] = transfers;
  if (transfers.length === 1 && first !== undefined && isPlain(first)) {
    const [answer] = await ask<{ readonly posted: boolean }>(reader, texts.one, oneRow(first, recordedAt));
    if (answer?.posted === true) return ['posted'];
  }
  return readCodes(await ask<Codes>(reader, texts.batch, columns(transfers, recordedAt)), transfers);
}

function isPlain({ kind, pendingId, linked }: Transfer): boolean {
  return kind === 'single' && pendingId === undefined && linked !== true;
}

async function ask<Row>(reader: Reader, text: string, given: readonly Given[]): Promise<readonly Row[]> {
  const line = lineOf(reader);
  if (line !== undefined) return await line.ask<Row>(text, given);
  return (await reader.executeQuery<Row>(query(text, given))).rows;
}

/**
 * Waits until everything that was committed before this call is as durable as a commit can be, and says how many of the
 * ids are in it. A transaction of its own.
 */
export async function confirmFlushed(db: Db, ids: readonly Uuid[]): Promise<bigint> {
  const sorted = ids.toSorted();
  const [low = NIL_UUID, high = NIL_UUID] = [sorted[0], sorted.at(-1)];
  const answer = await db.executeQuery<{ known: bigint }>(query(FLUSH, [`{${ids.join(',')}}`, low, high]));
  return answer.rows[0]?.known ?? 0n;
}

/** A value as PostgreSQL reads it. */
type Given = string | null;

interface Codes {
  /** Nothing when all were posted. */
  readonly codes: string[] | null;
}

interface PostingTexts {
  readonly one: string;
  readonly batch: string;
}

// Texts that never change, so that nothing is built for each call and the server keeps the plan (`kept-statement.ts`).
const ONE = `post_one(0::smallint, $1::timestamptz, $2::uuid, $3::text, $4::text, $5::bigint, $6::text, $7::text,
  $8::bigint, $9::text)`;
const BATCH = `post_batch(0::smallint, $1::timestamptz, $2::boolean, $3::text[], $4::uuid[], $5::text[], $6::int[],
  $7::int[], $8::bigint[], $9::uuid[], $10::boolean[], $11::text[], $12::text[], $13::bigint[], $14::text[])`;
const WAITING_FOR_DISK: PostingTexts = {
  one: `/* keep: post-one */ select ${ONE} as posted`,
  batch: `/* keep: post */ select ${BATCH} as codes`,
};
const UNFLUSHED: PostingTexts = {
  one: `/* keep: post-one-unflushed */ select set_config('synchronous_commit', 'off', true), ${ONE} as posted`,
  batch: `/* keep: post-unflushed */ select set_config('synchronous_commit', 'off', true), ${BATCH} as codes`,
};
const FLUSH = '/* keep: flush */ select flush_postings($1::uuid[], $2::uuid, $3::uuid) as known';

function query<T>(text: string, values: readonly Given[]): CompiledQuery<T> {
  return CompiledQuery.raw(text, [...values]) as CompiledQuery<T>;
}

function oneRow(transfer: Transfer, recordedAt: Date): Given[] {
  const { id, debit, credit, amount, journal, reference } = transfer;
  return [
    recordedAt.toISOString(),
    id,
    debit,
    credit,
    String(amount),
    journal.id,
    journal.kind,
    microseconds(journal.occurredAt),
    reference ?? null,
  ];
}

function columns(transfers: readonly Transfer[], recordedAt: Date): Given[] {
  const accounts = accountsOf(transfers);
  const places = new Map(accounts.map((account, place) => [account, place + 1]));
  const placeOf = (account: AccountId): string => String(places.get(account));
  return [
    recordedAt.toISOString(),
    areApart(transfers) ? 't' : 'f',
    textArray(accounts),
    plainArray(transfers, ({ id }) => id),
    plainArray(transfers, ({ kind }) => kind),
    plainArray(transfers, ({ debit }) => placeOf(debit)),
    plainArray(transfers, ({ credit }) => placeOf(credit)),
    plainArray(transfers, ({ amount }) => String(amount)),
    transfers.some(({ pendingId }) => pendingId !== undefined)
      ? plainArray(transfers, ({ pendingId }) => pendingId ?? 'NULL')
      : null,
    transfers.some(({ linked }) => linked === true)
      ? plainArray(transfers, ({ linked }) => (linked === true ? 't' : 'f'))
      : null,
    textArray(transfers.map(({ journal }) => journal.id)),
    textArray(transfers.map(({ journal }) => journal.kind)),
    plainArray(transfers, ({ journal }) => microseconds(journal.occurredAt)),
    textArray(transfers.map(({ reference }) => reference)),
  ];
}

/** No id is named twice, neither of a transfer nor of the hold that it ends. */
function areApart(transfers: readonly Transfer[]): boolean {
  const ids = transfers.flatMap(({ id, pendingId }) => (pendingId === undefined ? [id] : [id, pendingId]));
  return new Set(ids).size === ids.length;
}

/** Each account once, in the order of its bytes, which is that of the database's index. */
function accountsOf(transfers: readonly Transfer[]): AccountId[] {
  const accounts = new Set<AccountId>();
  for (const { debit, credit } of transfers) accounts.add(debit).add(credit);
  return [...accounts].sort();
}

/** Since 1970, as the chain hashes an instant. */
function microseconds(instant: Date): string {
  return `${instant.getTime()}000`;
}

/**
 * One column of the batch in PostgreSQL's own notation for arrays. The two drivers write arrays differently (one of
 * them cannot write an empty place), so neither is asked to. Plain values have no mark that means something there.
 */
function plainArray(transfers: readonly Transfer[], pick: (transfer: Transfer) => string): string {
  return `{${transfers.map(pick).join(',')}}`;
}

function textArray(values: readonly (string | undefined)[]): string {
  const places = values.map((value) => {
    if (value === undefined) return 'NULL';
    return MARKS.test(value) ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : `"${value}"`;
  });
  return `{${places.join(',')}}`;
}

/** What has a meaning of its own between the quotation marks of an array. */
const MARKS = /["\\]/;

function readCodes(rows: readonly Codes[], asked: readonly Transfer[]): TransferCode[] {
  const [answer] = rows;
  invariant(answer !== undefined, 'the ledger gave no answer');
  const { codes } = answer;
  if (codes === null) return asked.map(() => 'posted');
  invariant(codes.length === asked.length, `${asked.length} transfers got ${codes.length} answers`);
  return codes.map((code) => {
    invariant(isTransferCode(code), `the ledger answered '${code}'`);
    return code;
  });
}
