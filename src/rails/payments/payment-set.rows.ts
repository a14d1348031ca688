/**
 * Reads, locks and writes rows of `payments` in sets: one statement whatever the size, and one text.
 *
 * The locks are taken in the order of the ids, by whoever comes, so that two bursts that share payments wait for each
 * other and never deadlock. The columns of the table are declared in `payment.rows.ts`.
 */
import { type Selectable, sql } from 'kysely';
import { arrayText } from '../../ground/postgres/array-text.ts';
import type { Database, Reader, Tx } from '../../ground/postgres/database.ts';
import type { Environment } from '../provider.ts';
import { toPayment } from './payment.rows.ts';
import type { Payment, PaymentState } from './payment.ts';

type PaymentRow = Selectable<Database['payments']>;

/** By id, for those of the ids that exist. */
export async function findPayments(reader: Reader, ids: readonly string[]): Promise<Map<string, Payment>> {
  if (ids.length === 0) return new Map();
  const found =
    await sql<PaymentRow>`select * from payments where id = any(${arrayText(ids)}::text[])`.execute(reader);
  return new Map(found.rows.map((row) => [row.id, toPayment(reader, row)]));
}

export async function findPaymentsByReference(
  reader: Reader,
  references: readonly string[],
): Promise<Payment[]> {
  if (references.length === 0) return [];
  const found =
    await sql<PaymentRow>`select * from payments where reference = any(${arrayText(references)}::text[])`.execute(
      reader,
    );
  return found.rows.map((row) => toPayment(reader, row));
}

/** By the provider's reference, for those of the references that belong to a payment. */
export async function findPaymentsByProviderReference(
  reader: Reader,
  provider: string,
  environment: Environment,
  references: readonly string[],
): Promise<Map<string, Payment>> {
  if (references.length === 0) return new Map();
  const found = await sql<PaymentRow>`select * from payments
    where provider = ${provider} and environment = ${environment}
      and provider_reference = any(${arrayText(references)}::text[])`.execute(reader);
  return new Map(found.rows.map((row) => [row.provider_reference ?? '', toPayment(reader, row)]));
}

/** Takes the rows' locks, in the order of the ids: whoever else wants to change one of them waits. */
export async function lockPayments(tx: Tx, ids: readonly string[]): Promise<Payment[]> {
  const found = await sql<PaymentRow>`select * from payments where id = any(${arrayText(ids)}::text[])
    order by id for update`.execute(tx);
  return found.rows.map((row) => toPayment(tx, row));
}

/** What an answer of the provider may change of a payment, whole: of a locked row, what stays is written as it was. */
export interface SettledColumns {
  readonly state: PaymentState;
  readonly reason: string | undefined;
  readonly fee: bigint | undefined;
  readonly credited: bigint | undefined;
  readonly settledAt: Date | undefined;
  readonly enquiries: number;
  readonly enquiredAt: Date;
  readonly nextActionAt: Date | undefined;
}

/**
 * Call it with the rows' locks. The ids are named once more beside the rows, because the planner takes any such list for a
 * hundred rows and would read the whole table for one.
 */
export async function markSettled(
  tx: Tx,
  changes: readonly { readonly id: string; readonly columns: SettledColumns }[],
): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ id, columns }) => ({
    id,
    state: columns.state,
    reason: columns.reason,
    fee: columns.fee?.toString(),
    credited: columns.credited?.toString(),
    settled_at: columns.settledAt,
    enquiries: columns.enquiries,
    enquired_at: columns.enquiredAt,
    next_action_at: columns.nextActionAt,
  }));
  await sql`/* keep: mark-settled */ update payments set state = c.state, reason = c.reason, fee = c.fee, credited = c.credited,
      settled_at = c.settled_at, enquiries = c.enquiries, enquired_at = c.enquired_at,
      next_action_at = c.next_action_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(id text, state text, reason text, fee bigint,
      credited bigint, settled_at timestamptz, enquiries int, enquired_at timestamptz, next_action_at timestamptz)
    where payments.id = c.id and payments.id = any(${arrayText(rows.map((row) => row.id))}::text[])`.execute(
    tx,
  );
}
