/**
 * Keeps what people asked to withdraw in the table `withdrawal_requests`. Every read names the person as well: somebody
 * else's request is no request.
 */
import type { Selectable } from 'kysely';
import type { Currency } from '../ground/money/currency.ts';
import type { Reader, Tx } from '../ground/postgres/database.ts';
import type { SealedColumn } from '../ground/seal/sealed-column.ts';
import { openText, type Place } from '../ground/seal/sealed-text.ts';
import { sealedValue } from '../ground/seal/sealing.rows.ts';
import { vaultOf } from '../ground/seal/vault-of.ts';
import type { Method } from '../rails/provider.ts';
import type { WithdrawalRequest, WithdrawalRequestState } from './withdrawal-request.ts';

interface WithdrawalRequestTable {
  payment_id: string;
  person_id: string;
  /** Sealed, or plain while an older version may serve; null once the person is erased. */
  phone: string | null;
  method: Method;
  service_id: string;
  currency: Currency;
  amount: bigint;
  fee: bigint;
  state: WithdrawalRequestState;
  created_at: Date;
  expires_at: Date;
  confirmed_at: Date | null;
}

declare module '../ground/postgres/database.ts' {
  interface Database {
    withdrawal_requests: WithdrawalRequestTable;
  }
}

export const SEALED_IN_REQUESTS: readonly SealedColumn[] = [
  { table: 'withdrawal_requests', key: ['payment_id'], row: 'payment_id', column: 'phone', hashes: [] },
];

function placeOf(row: string): Place {
  return { table: 'withdrawal_requests', column: 'phone', row };
}

/** Names one request and whose it must be. */
export interface OwnRequest {
  readonly paymentId: string;
  readonly personId: string;
}

/** False when the id is taken already, by whomever; waits for a parallel insert to finish. */
export async function insertWithdrawalRequest(tx: Tx, request: WithdrawalRequest): Promise<boolean> {
  const inserted = await tx
    .insertInto('withdrawal_requests')
    .values({
      payment_id: request.paymentId,
      person_id: request.personId,
      phone: sealedValue(tx, placeOf(request.paymentId), request.phone),
      method: request.method,
      service_id: request.serviceId,
      currency: request.currency,
      amount: request.amount,
      fee: request.fee,
      state: request.state,
      created_at: request.createdAt,
      expires_at: request.expiresAt,
      confirmed_at: request.confirmedAt ?? null,
    })
    .onConflict((conflict) => conflict.column('payment_id').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function findWithdrawalRequest(
  reader: Reader,
  own: OwnRequest,
): Promise<WithdrawalRequest | undefined> {
  const row = await reader
    .selectFrom('withdrawal_requests')
    .selectAll()
    .where('payment_id', '=', own.paymentId)
    .where('person_id', '=', own.personId)
    .executeTakeFirst();
  return row && toRequest(reader, row);
}

/** Takes the row's lock: of two who want to use the request up, the second waits and finds it used. */
export async function lockWithdrawalRequest(tx: Tx, own: OwnRequest): Promise<WithdrawalRequest | undefined> {
  const row = await tx
    .selectFrom('withdrawal_requests')
    .selectAll()
    .where('payment_id', '=', own.paymentId)
    .where('person_id', '=', own.personId)
    .forUpdate()
    .executeTakeFirst();
  return row && toRequest(tx, row);
}

export async function markRequestConfirmed(tx: Tx, paymentId: string, at: Date): Promise<void> {
  await tx
    .updateTable('withdrawal_requests')
    .set({ state: 'confirmed', confirmed_at: at })
    .where('payment_id', '=', paymentId)
    .execute();
}

export async function markRequestLapsed(tx: Tx, paymentId: string): Promise<void> {
  await tx
    .updateTable('withdrawal_requests')
    .set({ state: 'lapsed' })
    .where('payment_id', '=', paymentId)
    .execute();
}

/** Ends at most `limit` requests whose time is over at `now`, leaving out those in use; returns how many. */
export async function markExpiredRequestsLapsed(tx: Tx, now: Date, limit: number): Promise<number> {
  const due = await tx
    .selectFrom('withdrawal_requests')
    .select('payment_id')
    .where('state', '=', 'requested')
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  if (due.length === 0) return 0;
  const ids = due.map((row) => row.payment_id);
  await tx
    .updateTable('withdrawal_requests')
    .set({ state: 'lapsed' })
    .where('payment_id', 'in', ids)
    .execute();
  return due.length;
}

/** Whether the person has asked for a withdrawal that may still be confirmed. */
export async function hasOpenRequest(reader: Reader, personId: string): Promise<boolean> {
  const row = await reader
    .selectFrom('withdrawal_requests')
    .select('payment_id')
    .where('person_id', '=', personId)
    .where('state', '=', 'requested')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function forgetRequestedNumbers(tx: Tx, personId: string): Promise<void> {
  await tx
    .updateTable('withdrawal_requests')
    .set({ phone: null })
    .where('person_id', '=', personId)
    .where('phone', 'is not', null)
    .execute();
}

function toRequest(reader: Reader, row: Selectable<WithdrawalRequestTable>): WithdrawalRequest {
  return {
    paymentId: row.payment_id,
    personId: row.person_id,
    phone: row.phone === null ? '' : openText(vaultOf(reader), placeOf(row.payment_id), row.phone),
    method: row.method,
    serviceId: row.service_id,
    currency: row.currency,
    amount: row.amount,
    fee: row.fee,
    state: row.state,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    confirmedAt: row.confirmed_at ?? undefined,
  };
}
