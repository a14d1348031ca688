/**
 * Reads and writes the `provider_callbacks` table: the inbox.
 *
 * The bytes have the payer's number in them: they are sealed for as long as they lie here, and opened here.
 */
import { type Generated, type Selectable, sql } from 'kysely';
import { columnText } from '../../ground/postgres/array-text.ts';
import type { Db, Reader, Tx } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { pinPlans } from '../../ground/postgres/pin-plans.ts';
import { travelTogether } from '../../ground/postgres/travel-together.ts';
import { openBytes } from '../../ground/seal/sealed-bytes.ts';
import type { SealedColumn } from '../../ground/seal/sealed-column.ts';
import type { Place } from '../../ground/seal/sealed-text.ts';
import { vaultOf } from '../../ground/seal/vault-of.ts';
import type { CallbackVerdict, Environment } from '../provider.ts';

export type CallbackState =
  | 'received' // stored, not looked at yet
  | 'parked' // names a payment that is not known yet, or whose status could not be read; looked at again
  | 'applied' // led to a status that was settled
  | 'ignored' // led to nothing new
  | 'unmatched' // its payment never appeared; reconciliation has to explain it
  | 'rejected'; // not believed: only its fingerprint is kept

interface ProviderCallbackTable {
  id: string;
  provider: string;
  environment: Environment;
  fingerprint: string;
  /** Sealed, or as they came while an older version may serve. */
  body: Uint8Array | null;
  content_type: string;
  verdict: CallbackVerdict['verdict'];
  verdict_reason: string | null;
  payment_id: string | null;
  state: CallbackState;
  seen: number;
  tries: number;
  due_at: Date | null;
  /** Until when one process follows it up and others leave it alone. */
  leased_until: Generated<Date | null>;
  received_at: Date;
  finished_at: Date | null;
  /** The file beside the backups that has the bytes of an old one; see `archive-callbacks-once.ts`. */
  archived_in: Generated<string | null>;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    provider_callbacks: ProviderCallbackTable;
  }
}

export const SEALED_IN_CALLBACKS: readonly SealedColumn[] = [
  {
    table: 'provider_callbacks',
    key: ['id'],
    row: 'id',
    column: 'body',
    hashes: [],
    age: 'later_plain',
    isBytes: true,
  },
];

/** Where the bytes of a callback are sealed for. */
export function placeOfBody(row: string): Place {
  return { table: 'provider_callbacks', column: 'body', row };
}

/** The bytes as they came. */
export function openBody(reader: Reader, id: string, body: Uint8Array): Uint8Array {
  return openBytes(vaultOf(reader), placeOfBody(id), body);
}

/** The callback with these bytes, wherever it stands by now: how a test of the way in finds what it sent. */
export async function findCallbackByFingerprint(
  reader: Reader,
  fingerprint: string,
): Promise<{ readonly id: string; readonly verdict: CallbackVerdict['verdict'] } | undefined> {
  return await reader
    .selectFrom('provider_callbacks')
    .select(['id', 'verdict'])
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst();
}

export interface StoredCallback {
  readonly id: string;
  readonly provider: string;
  readonly environment: Environment;
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly paymentId: string | undefined;
  readonly tries: number;
  readonly receivedAt: Date;
}

interface ClaimedRow {
  readonly id: string;
  readonly provider: string;
  readonly environment: Environment;
  readonly body: Uint8Array | null;
  readonly content_type: string;
  readonly payment_id: string | null;
  readonly tries: number;
  readonly due_at: Date;
  readonly received_at: Date;
}

/**
 * Claims up to `limit` due callbacks until `leaseUntil`, the longest due first. A transaction of its own that does not
 * wait for the disk: a claim that a crash takes back is claimed again, and a question asked twice moves nothing twice.
 */
export async function claimCallbacks(
  db: Db,
  now: Date,
  leaseUntil: Date,
  limit: number,
): Promise<StoredCallback[]> {
  let claimed: readonly ClaimedRow[] = [];
  await inTransaction(db, async (tx) => {
    await travelTogether(tx, (together) => [
      pinPlans(together),
      sql<ClaimedRow>`/* keep: claim-callbacks */ with due as materialized (
          select id from provider_callbacks
          where due_at <= ${now}::timestamptz and (leased_until is null or leased_until <= ${now}::timestamptz)
          order by due_at, id limit ${limit}::int for update skip locked)
        update provider_callbacks c set leased_until = ${leaseUntil}::timestamptz, tries = c.tries + 1
        from due, (select set_config('synchronous_commit', 'off', true)) as unflushed
        where c.id = due.id and c.id = any(array(select id from due))
        returning c.id, c.provider, c.environment, c.body, c.content_type, c.payment_id, c.tries, c.due_at,
          c.received_at`
        .execute(together)
        .then(({ rows }) => {
          claimed = rows;
        }),
    ]);
  });
  return claimed.toSorted(byTurn).map((row) => ({
    id: row.id,
    provider: row.provider,
    environment: row.environment,
    body: row.body === null ? new Uint8Array() : openBody(db, row.id, row.body),
    contentType: row.content_type,
    paymentId: row.payment_id ?? undefined,
    tries: row.tries,
    receivedAt: row.received_at,
  }));
}

function byTurn(left: ClaimedRow, right: ClaimedRow): number {
  return left.due_at.getTime() - right.due_at.getTime() || (left.id < right.id ? -1 : 1);
}

export async function markCallbackDone(
  tx: Tx,
  id: string,
  state: 'applied' | 'ignored' | 'unmatched',
  paymentId: string | undefined,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('provider_callbacks')
    .set({
      state,
      due_at: null,
      leased_until: null,
      finished_at: now,
      ...(paymentId === undefined ? {} : { payment_id: paymentId }),
    })
    .where('id', '=', id)
    .execute();
}

export interface CallbackEnd {
  readonly id: string;
  readonly state: 'applied' | 'ignored';
  readonly paymentId: string;
}

/** In one statement, whatever their number; the ids stand twice for the planner, as in `payment-set.rows.ts`. */
export async function markCallbacksDone(tx: Tx, ends: readonly CallbackEnd[], now: Date): Promise<void> {
  if (ends.length === 0) return;
  const ids = columnText(ends, ({ id }) => id);
  await sql`/* keep: callbacks-done */ update provider_callbacks set state = e.state, due_at = null,
      leased_until = null, finished_at = ${now}::timestamptz, payment_id = e.payment_id
    from unnest(${ids}::text[], ${columnText(ends, ({ state }) => state)}::text[],
      ${columnText(ends, ({ paymentId }) => paymentId)}::text[]) as e(id, state, payment_id)
    where provider_callbacks.id = e.id and provider_callbacks.id = any(${ids}::text[])`.execute(tx);
}

/** Only while it is open: whoever looked at it for longer must not open again what another one has closed. */
export async function markCallbackParked(tx: Tx, id: string, dueAt: Date): Promise<void> {
  await tx
    .updateTable('provider_callbacks')
    .set({ state: 'parked', due_at: dueAt, leased_until: null })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .execute();
}

export interface CallbackStory {
  readonly id: string;
  readonly paymentId: string | undefined;
  readonly state: CallbackState;
  readonly verdict: CallbackVerdict['verdict'];
  readonly verdictReason: string | undefined;
  /** Absent when it was not believed, or when its bytes are archived. */
  readonly body: Uint8Array | undefined;
  readonly seen: number;
  readonly tries: number;
  readonly receivedAt: Date;
}

/** What the provider told us about one payment, the first one first. */
export async function listCallbacksOf(reader: Reader, paymentId: string): Promise<CallbackStory[]> {
  const rows = await reader
    .selectFrom('provider_callbacks')
    .selectAll()
    .where('payment_id', '=', paymentId)
    .orderBy('id')
    .limit(50)
    .execute();
  return rows.map((row) => toStory(reader, row));
}

export async function lockCallback(tx: Tx, id: string): Promise<CallbackStory | undefined> {
  const row = await tx
    .selectFrom('provider_callbacks')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && toStory(tx, row);
}

/** Looked at again from the beginning, as if it had come now. */
export async function markCallbackReplayed(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .updateTable('provider_callbacks')
    .set({ state: 'received', tries: 0, due_at: now, leased_until: null, finished_at: null })
    .where('id', '=', id)
    .where('body', 'is not', null)
    .execute();
}

function toStory(reader: Reader, row: Selectable<ProviderCallbackTable>): CallbackStory {
  return {
    id: row.id,
    paymentId: row.payment_id ?? undefined,
    state: row.state,
    verdict: row.verdict,
    verdictReason: row.verdict_reason ?? undefined,
    body: row.body === null ? undefined : openBody(reader, row.id, row.body),
    seen: row.seen,
    tries: row.tries,
    receivedAt: row.received_at,
  };
}
