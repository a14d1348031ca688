/**
 * Finds payments for the console: by what an operator has in hand, newest first, one page.
 *
 * Every way to search has its index, and a page is cut by the last line seen, so the hundredth page costs what the first
 * one does and ten million payments cost what ten do.
 */
import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Database, Reader } from '../../ground/postgres/database.ts';
import { toPayment } from '../../rails/payments/payment.rows.ts';
import type { Payment, PaymentState } from '../../rails/payments/payment.ts';
import { endOf, hasNumber, hasNumberEnd } from '../../rails/payments/sealed-number.rows.ts';
import type { PaymentSearch, Sought } from './payment-search.ts';

type PaymentRow = Selectable<Database['payments']>;

const OPENED_AT_ONCE = 200;

export async function searchPayments(reader: Reader, search: PaymentSearch): Promise<Payment[]> {
  const { sought } = search;
  return sought?.by === 'phone-end' && sought.value.length > endOf(sought.value).length
    ? await searchByLongEnd(reader, search, sought.value)
    : await readPage(reader, search);
}

async function readPage(reader: Reader, search: PaymentSearch): Promise<Payment[]> {
  const found = await paymentSearchSql(reader, search).execute(reader);
  return found.rows.map((row) => toPayment(reader, row));
}

/** Sealed numbers are found by four digits; more of them are compared after opening. One in ten thousand is opened. */
async function searchByLongEnd(reader: Reader, search: PaymentSearch, ending: string): Promise<Payment[]> {
  const matching: Payment[] = [];
  let after = search.after;
  for (;;) {
    const page = await readPage(reader, {
      ...search,
      ...(after === undefined ? {} : { after }),
      limit: OPENED_AT_ONCE,
    });
    matching.push(...page.filter(({ phone }) => phone.endsWith(ending)));
    const last = page.at(-1);
    if (matching.length >= search.limit || page.length < OPENED_AT_ONCE || last === undefined) {
      return matching.slice(0, search.limit);
    }
    after = { createdAt: last.createdAt, id: last.id };
  }
}

/**
 * The statement itself, so that a test can look at its plan. One state is walked through where those that did not succeed
 * stand in its order; nearly all others succeeded, so a walk through all of them passes over few.
 */
export function paymentSearchSql(reader: Reader, search: PaymentSearch): RawBuilder<PaymentRow> {
  const { sought, amount, state, method, direction, from, until, after } = search;
  const walk = walkOf(state);
  const conditions = [
    ...(sought === undefined ? [] : [soughtSql(reader, sought)]),
    ...(amount === undefined ? [] : [sql`amount = ${amount}::bigint`]),
    ...walk.conditions,
    ...(method === undefined ? [] : [sql`method = ${method}`]),
    ...(direction === undefined ? [] : [sql`direction = ${direction}`]),
    ...(from === undefined ? [] : [sql`${walk.createdAt} >= ${from}::timestamptz`]),
    ...(until === undefined ? [] : [sql`${walk.createdAt} < ${until}::timestamptz`]),
    ...(after === undefined
      ? []
      : [sql`(${walk.createdAt}, ${walk.id}) < (${after.createdAt}::timestamptz, ${after.id}::text)`]),
  ];
  const where = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
  return sql<PaymentRow>`select payments.* from ${walk.through} ${where}
    order by ${walk.createdAt} desc, ${walk.id} desc limit ${search.limit}::int`;
}

/** Where the payments are read one after the other, and what says when each began and which it is. */
interface Walk {
  readonly through: RawBuilder<unknown>;
  readonly conditions: readonly RawBuilder<unknown>[];
  readonly createdAt: RawBuilder<unknown>;
  readonly id: RawBuilder<unknown>;
}

function walkOf(state: PaymentState | undefined): Walk {
  if (state === undefined || state === 'succeeded') {
    return {
      through: sql`payments`,
      conditions: state === undefined ? [] : [sql`state = ${state}`],
      createdAt: sql`created_at`,
      id: sql`id`,
    };
  }
  return {
    through: sql`(select payment_id, created_at as began_at from payments_not_succeeded where state = ${state}) n
      join payments on payments.id = n.payment_id`,
    conditions: [],
    createdAt: sql`n.began_at`,
    id: sql`n.payment_id`,
  };
}

function soughtSql(reader: Reader, { by, value }: Sought): RawBuilder<unknown> {
  switch (by) {
    case 'id':
      return sql`id = ${value}`;
    case 'owner':
      return sql`owner_id = ${value}`;
    case 'group':
      // Asked once, as a list: joined, the planner may walk all payments from the newest on.
      return sql`owner_id = any(array(select person_id from memberships
        where group_id = ${value} and person_id is not null and joined_at is not null))`;
    case 'reference':
      return sql`reference = ${value}`;
    case 'phone':
      return hasNumber(reader, value);
    case 'phone-end':
      return hasNumberEnd(reader, endOf(value));
    case 'provider-reference':
      return sql`(provider_reference = ${value} or upstream_reference = ${value})`;
  }
}

/** Those of the ids that exist, by id. */
export async function findPayments(reader: Reader, ids: readonly string[]): Promise<Map<string, Payment>> {
  if (ids.length === 0) return new Map();
  const found = await sql<PaymentRow>`select * from payments where id in (${sql.join(ids)})`.execute(reader);
  return new Map(found.rows.map((row) => [row.id, toPayment(reader, row)]));
}
