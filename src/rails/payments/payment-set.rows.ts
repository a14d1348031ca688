/**
 * Reads, locks and writes rows of `payments` in sets: one statement whatever the size, and one text.
 *
 * The locks are taken in the order of the ids, by whoever comes, so that two bursts that share payments wait for each
 * other and never deadlock. The columns of the table are declared in `payment.rows.ts`.
 */
import { type Selectable, sql } from 'kysely';
import { arrayText, columnText } from '../../ground/postgres/array-text.ts';
import type { Database, Reader, Tx } from '../../ground/postgres/database.ts';
import type { Environment } from '../provider.ts';
import { toPayment } from './payment.rows.ts';
import type { Payment, PaymentState } from './payment.ts';

type PaymentRow = Selectable<Database['payments']>;

/** A payment as it was read, and which writing of its row that was: every change of a row is a new one. */
export interface ReadPayment {
  readonly payment: Payment;
  readonly rowVersion: string;
}

interface VersionedRow extends PaymentRow {
  readonly row_version: string;
}

/** By id, for those of the ids that exist. */
export async function findPayments(reader: Reader, ids: readonly string[]): Promise<Map<string, Payment>> {
  return paymentsOf(await readPayments(reader, ids));
}

export async function readPayments(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, ReadPayment>> {
  if (ids.length === 0) return new Map();
  const found = await sql<VersionedRow>`select *, xmin::text as row_version from payments
    where id = any(${arrayText(ids)}::text[])`.execute(reader);
  return new Map(found.rows.map((row) => [row.id, toReadPayment(reader, row)]));
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
  return paymentsOf(await readPaymentsByProviderReference(reader, provider, environment, references));
}

export async function readPaymentsByProviderReference(
  reader: Reader,
  provider: string,
  environment: Environment,
  references: readonly string[],
): Promise<Map<string, ReadPayment>> {
  if (references.length === 0) return new Map();
  const found = await sql<VersionedRow>`select *, xmin::text as row_version from payments
    where provider = ${provider} and environment = ${environment}
      and provider_reference = any(${arrayText(references)}::text[])`.execute(reader);
  return new Map(found.rows.map((row) => [row.provider_reference ?? '', toReadPayment(reader, row)]));
}

function toReadPayment(reader: Reader, row: VersionedRow): ReadPayment {
  return { payment: toPayment(reader, row), rowVersion: row.row_version };
}

function paymentsOf(read: ReadonlyMap<string, ReadPayment>): Map<string, Payment> {
  return new Map([...read].map(([key, { payment }]) => [key, payment]));
}

/**
 * Takes the rows' locks, in the order of the ids: whoever else wants to change one of them waits. Returns each payment as
 * it stands under its lock. Of one that was `read` before, only the writing is compared; whatever was written meanwhile is
 * read again.
 */
export async function lockPayments(
  tx: Tx,
  ids: readonly string[],
  read: readonly ReadPayment[] = [],
): Promise<Payment[]> {
  const locked = await sql<{
    id: string;
    row_version: string;
  }>`/* keep: lock-payments */ select id, xmin::text as row_version from payments
    where id = any(${arrayText(ids)}::text[]) order by id for update`.execute(tx);
  const before = new Map(read.map((one) => [one.payment.id, one]));
  const standing = new Map<string, Payment>();
  for (const { id, row_version } of locked.rows) {
    const known = before.get(id);
    if (known?.rowVersion === row_version) standing.set(id, known.payment);
  }
  const others = locked.rows.filter(({ id }) => !standing.has(id));
  for (const [id, payment] of await findPayments(
    tx,
    others.map(({ id }) => id),
  ))
    standing.set(id, payment);
  return locked.rows.flatMap(({ id }) => standing.get(id) ?? []);
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
 * few rows and might read the whole table for many.
 */
export async function markSettled(
  tx: Tx,
  changes: readonly { readonly id: string; readonly columns: SettledColumns }[],
): Promise<void> {
  if (changes.length === 0) return;
  const ids = columnText(changes, ({ id }) => id);
  await sql`/* keep: mark-settled */ update payments set state = c.state, reason = c.reason, fee = c.fee, credited = c.credited,
      settled_at = c.settled_at, enquiries = c.enquiries, enquired_at = c.enquired_at,
      next_action_at = c.next_action_at
    from unnest(${ids}::text[],
      ${columnText(changes, ({ columns }) => columns.state)}::text[],
      ${columnText(changes, ({ columns }) => columns.reason)}::text[],
      ${columnText(changes, ({ columns }) => columns.fee?.toString())}::bigint[],
      ${columnText(changes, ({ columns }) => columns.credited?.toString())}::bigint[],
      ${columnText(changes, ({ columns }) => columns.settledAt?.toISOString())}::timestamptz[],
      ${columnText(changes, ({ columns }) => String(columns.enquiries))}::int[],
      ${columnText(changes, ({ columns }) => columns.enquiredAt.toISOString())}::timestamptz[],
      ${columnText(changes, ({ columns }) => columns.nextActionAt?.toISOString())}::timestamptz[])
      as c(id, state, reason, fee, credited, settled_at, enquiries, enquired_at, next_action_at)
    where payments.id = c.id and payments.id = any(${ids}::text[])`.execute(tx);
}
