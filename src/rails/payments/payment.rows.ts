/**
 * Reads and writes the `payments` table. The number is sealed in it, and found by its keyed hash.
 */
import { type Generated, type Selectable, sql, type Updateable } from 'kysely';
import type { AccountId } from '../../ground/ledger/account.ts';
import type { Currency } from '../../ground/money/currency.ts';
import { arrayText } from '../../ground/postgres/array-text.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import { keptQuery } from '../../ground/postgres/kept-query.ts';
import type { Direction, Environment, Method } from '../provider.ts';
import type { FeePolicy } from './fee-policy.ts';
import { lockDuePayments } from './not-succeeded.rows.ts';
import type { Payment, PaymentState } from './payment.ts';
import { type NumberColumns, openNumber, sealedNumber } from './sealed-number.rows.ts';

interface PaymentTable extends NumberColumns {
  id: string;
  reference: string;
  direction: Direction;
  environment: Environment;
  provider: string;
  owner_id: string;
  account_id: AccountId;
  method: Method;
  country: string;
  service_id: string;
  service_name: string;
  currency: Currency;
  amount: bigint;
  fee_policy: FeePolicy;
  quoted_fee: bigint;
  wanted_credit: bigint;
  fee: bigint | null;
  credited: bigint | null;
  state: PaymentState;
  reason: string | null;
  needs_otp: boolean;
  otp_tries: number;
  provider_reference: string | null;
  upstream_reference: string | null;
  redirect_url: string | null;
  created_at: Date;
  submitted_at: Date | null;
  expires_at: Date;
  next_action_at: Date | null;
  enquiries: number;
  enquired_at: Date | null;
  settled_at: Date | null;
  lookups_missed: Generated<number>;
  resends: Generated<number>;
  slow_told_at: Generated<Date | null>;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    payments: PaymentTable;
  }
}

/** All, by name: `keptQuery` says why. */
const COLUMNS = [
  'id',
  'reference',
  'direction',
  'environment',
  'provider',
  'owner_id',
  'account_id',
  'method',
  'country',
  'service_id',
  'service_name',
  'phone',
  'phone_hash',
  'phone_end_hash',
  'currency',
  'amount',
  'fee_policy',
  'quoted_fee',
  'wanted_credit',
  'fee',
  'credited',
  'state',
  'reason',
  'needs_otp',
  'otp_tries',
  'provider_reference',
  'upstream_reference',
  'redirect_url',
  'created_at',
  'submitted_at',
  'expires_at',
  'next_action_at',
  'enquiries',
  'enquired_at',
  'settled_at',
  'lookups_missed',
  'resends',
  'slow_told_at',
] as const satisfies readonly (keyof PaymentTable)[];

/** False when the id, or the reference that is read out from it, is taken already, by whomever. */
export async function insertPayment(tx: Tx, payment: Payment): Promise<boolean> {
  const inserted = await tx
    .insertInto('payments')
    .values({
      id: payment.id,
      reference: payment.reference,
      direction: payment.direction,
      environment: payment.environment,
      provider: payment.provider,
      owner_id: payment.ownerId,
      account_id: payment.accountId,
      method: payment.method,
      country: payment.country,
      service_id: payment.serviceId,
      service_name: payment.serviceName,
      ...sealedNumber(tx, payment),
      currency: payment.currency,
      amount: payment.amount,
      fee_policy: payment.feePolicy,
      quoted_fee: payment.quotedFee,
      wanted_credit: payment.wantedCredit,
      state: payment.state,
      needs_otp: payment.needsOtp,
      otp_tries: payment.otpTries,
      created_at: payment.createdAt,
      expires_at: payment.expiresAt,
      next_action_at: payment.nextActionAt ?? null,
      enquiries: payment.enquiries,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function findPayment(reader: Reader, id: string): Promise<Payment | undefined> {
  const [row] = await askPayment(reader, { id });
  return row && toPayment(reader, row);
}

const askPayment = keptQuery('payment', (reader, { id }: { readonly id: string }) =>
  reader.selectFrom('payments').select(COLUMNS).where('id', '=', id),
);

/** Takes the row's lock: whoever else wants to change this payment waits for this transaction. */
export async function lockPayment(tx: Tx, id: string): Promise<Payment | undefined> {
  const [row] = await askLockedPayment(tx, { id });
  return row && toPayment(tx, row);
}

const askLockedPayment = keptQuery('payment-locked', (reader, { id }: { readonly id: string }) =>
  reader.selectFrom('payments').select(COLUMNS).where('id', '=', id).forUpdate(),
);

export async function findPaymentByProviderReference(
  reader: Reader,
  provider: string,
  environment: Environment,
  providerReference: string,
): Promise<Payment | undefined> {
  const row = await reader
    .selectFrom('payments')
    .select(COLUMNS)
    .where('provider', '=', provider)
    .where('environment', '=', environment)
    .where('provider_reference', '=', providerReference)
    .executeTakeFirst();
  return row && toPayment(reader, row);
}

/** The columns that may change in a payment's life; what was asked is not among them. */
export interface PaymentChange {
  readonly state?: PaymentState;
  readonly reason?: string | null;
  readonly fee?: bigint;
  readonly credited?: bigint;
  readonly otpTries?: number;
  readonly providerReference?: string;
  readonly upstreamReference?: string | null;
  readonly redirectUrl?: string | null;
  readonly submittedAt?: Date;
  readonly expiresAt?: Date;
  readonly nextActionAt?: Date | null;
  readonly enquiries?: number;
  readonly enquiredAt?: Date;
  readonly settledAt?: Date;
  readonly lookupsMissed?: number;
  readonly resends?: number;
  readonly slowToldAt?: Date;
}

export async function markPayment(tx: Tx, id: string, change: PaymentChange): Promise<void> {
  const columns: Updateable<PaymentTable> = {
    ...(change.state === undefined ? {} : { state: change.state }),
    ...(change.reason === undefined ? {} : { reason: change.reason }),
    ...(change.fee === undefined ? {} : { fee: change.fee }),
    ...(change.credited === undefined ? {} : { credited: change.credited }),
    ...(change.otpTries === undefined ? {} : { otp_tries: change.otpTries }),
    ...(change.providerReference === undefined ? {} : { provider_reference: change.providerReference }),
    ...(change.upstreamReference === undefined ? {} : { upstream_reference: change.upstreamReference }),
    ...(change.redirectUrl === undefined ? {} : { redirect_url: change.redirectUrl }),
    ...(change.submittedAt === undefined ? {} : { submitted_at: change.submittedAt }),
    ...(change.expiresAt === undefined ? {} : { expires_at: change.expiresAt }),
    ...(change.nextActionAt === undefined ? {} : { next_action_at: change.nextActionAt }),
    ...(change.enquiries === undefined ? {} : { enquiries: change.enquiries }),
    ...(change.enquiredAt === undefined ? {} : { enquired_at: change.enquiredAt }),
    ...(change.settledAt === undefined ? {} : { settled_at: change.settledAt }),
    ...(change.lookupsMissed === undefined ? {} : { lookups_missed: change.lookupsMissed }),
    ...(change.resends === undefined ? {} : { resends: change.resends }),
    ...(change.slowToldAt === undefined ? {} : { slow_told_at: change.slowToldAt }),
  };
  await tx.updateTable('payments').set(columns).where('id', '=', id).execute();
}

/**
 * Takes up to `limit` payments that are due for a status read, and keeps other processes off them until `leaseUntil`.
 */
export async function claimDuePayments(
  tx: Tx,
  now: Date,
  leaseUntil: Date,
  limit: number,
): Promise<Payment[]> {
  const due = await lockDuePayments(tx, now, limit);
  if (due.length === 0) return [];
  const ids = arrayText(due.map((row) => row.id));
  await sql`update payments set next_action_at = ${leaseUntil} where id = any(${ids}::text[])`.execute(tx);
  return due.map((row) => toPayment(tx, row));
}

export interface PaymentFilter {
  readonly ownerId: string;
  readonly direction?: Direction;
  readonly states?: readonly PaymentState[];
  readonly from?: Date;
  /** Exclusive. */
  readonly until?: Date;
  /** The last id of the page before: older ones follow. */
  readonly before?: string;
  readonly limit: number;
}

/** Newest first, one page. */
export async function listPaymentsOf(reader: Reader, filter: PaymentFilter): Promise<Payment[]> {
  let query = reader.selectFrom('payments').select(COLUMNS).where('owner_id', '=', filter.ownerId);
  if (filter.direction !== undefined) query = query.where('direction', '=', filter.direction);
  if (filter.states !== undefined) query = query.where('state', 'in', filter.states);
  if (filter.from !== undefined) query = query.where('created_at', '>=', filter.from);
  if (filter.until !== undefined) query = query.where('created_at', '<', filter.until);
  if (filter.before !== undefined) query = query.where('id', '<', filter.before);
  const rows = await query.orderBy('id', 'desc').limit(filter.limit).execute();
  return rows.map((row) => toPayment(reader, row));
}

export function toPayment(reader: Reader, row: Selectable<PaymentTable>): Payment {
  return {
    id: row.id,
    reference: row.reference,
    direction: row.direction,
    environment: row.environment,
    provider: row.provider,
    ownerId: row.owner_id,
    accountId: row.account_id,
    method: row.method,
    country: row.country,
    serviceId: row.service_id,
    serviceName: row.service_name,
    // Opened when it is asked for: whoever settles two hundred payments dials none of their numbers.
    get phone() {
      return openNumber(reader, row);
    },
    currency: row.currency,
    amount: row.amount,
    feePolicy: row.fee_policy,
    quotedFee: row.quoted_fee,
    wantedCredit: row.wanted_credit,
    fee: row.fee ?? undefined,
    credited: row.credited ?? undefined,
    state: row.state,
    reason: row.reason ?? undefined,
    needsOtp: row.needs_otp,
    otpTries: row.otp_tries,
    providerReference: row.provider_reference ?? undefined,
    upstreamReference: row.upstream_reference ?? undefined,
    redirectUrl: row.redirect_url ?? undefined,
    createdAt: row.created_at,
    submittedAt: row.submitted_at ?? undefined,
    expiresAt: row.expires_at,
    nextActionAt: row.next_action_at ?? undefined,
    enquiries: row.enquiries,
    enquiredAt: row.enquired_at ?? undefined,
    settledAt: row.settled_at ?? undefined,
    lookupsMissed: row.lookups_missed,
    resends: row.resends,
    slowTold: row.slow_told_at !== null,
  };
}
