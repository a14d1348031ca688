/**
 * Reads the whole of our books at one instant, for the checks; and empties them for the next universe.
 *
 * One statement reads everything, so the picture is of one instant and costs one round trip.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../src/ground/postgres/database.ts';
import type { PaymentState } from '../src/rails/payments/payment.ts';
import { emptyTontines, TONTINE_TABLES } from './tontine-books.rows.ts';

export interface BookedPayment {
  readonly id: string;
  readonly reference: string;
  readonly direction: 'in' | 'out';
  readonly provider: string;
  readonly owner: string;
  readonly account: string;
  readonly currency: string;
  readonly amount: bigint;
  readonly quotedFee: bigint;
  readonly credited: bigint | undefined;
  readonly state: PaymentState;
  readonly reason: string | undefined;
  readonly needsOtp: boolean;
  readonly providerReference: string | undefined;
  readonly nextActionAt: number | undefined;
  readonly submittedAt: number | undefined;
  /** Two people ended a review of it as paid. */
  readonly calledPaid: boolean;
}

export interface BookedTransfer {
  readonly id: string;
  readonly kind: 'single' | 'pending' | 'post' | 'void';
  readonly pendingId: string | undefined;
  readonly debit: string;
  readonly credit: string;
  readonly amount: bigint;
  readonly journal: string;
  readonly journalKind: string;
  readonly reference: string | undefined;
}

export interface BookedAccount {
  readonly id: string;
  readonly currency: string;
  readonly limited: boolean;
  readonly debitsPosted: bigint;
  readonly creditsPosted: bigint;
  readonly debitsPending: bigint;
  readonly creditsPending: bigint;
}

export interface Books {
  readonly payments: readonly BookedPayment[];
  readonly transfers: readonly BookedTransfer[];
  readonly accounts: readonly BookedAccount[];
  /** Instructions that wait or are being sent. */
  readonly commands: readonly {
    readonly payment: string;
    readonly state: string;
    readonly due: number;
    readonly lease: number | undefined;
  }[];
  /** How many instructions ever left, by payment. */
  readonly sent: readonly { readonly payment: string; readonly state: string }[];
  /** Callbacks that wait. */
  readonly callbacks: readonly { readonly id: string; readonly due: number }[];
  readonly reviews: readonly { readonly id: string; readonly payment: string; readonly reason: string }[];
  readonly proposals: readonly {
    readonly id: string;
    readonly review: string;
    readonly outcome: 'paid' | 'failed';
    readonly by: string;
  }[];
  readonly frozen: readonly { readonly id: string; readonly subject: string }[];
  readonly seconds: readonly BookedSecond[];
  readonly secondProposals: readonly {
    readonly id: string;
    readonly second: string;
    readonly outcome: 'credited' | 'returned';
    readonly by: string;
  }[];
}

/** A second payment of somebody who paid twice. */
export interface BookedSecond {
  readonly id: string;
  readonly payment: string;
  readonly providerReference: string;
  readonly amount: bigint | undefined;
  readonly currency: string | undefined;
  readonly outcome: 'credited' | 'returned' | 'taken-back' | undefined;
  readonly reversed: boolean;
}

/**
 * Every universe begins in January 2026 and lasts some weeks: naming the months spares looking into all the others.
 * They are written into the statement, so that the other months are left out of its plan for good.
 */
const FIRST = idBoundary('2026-01-01T00:00:00.000Z');
const END = idBoundary('2026-07-01T00:00:00.000Z');

/** The smallest id of this instant: ids begin with their time. */
function idBoundary(instant: string): RawBuilder<string> {
  const hex = Date.parse(instant).toString(16).padStart(12, '0');
  return sql`${sql.lit(`${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`)}::uuid`;
}

/** Dates are milliseconds since 1970, amounts text: JSON has neither dates nor large numbers. */
export async function readBooks(db: Db): Promise<Books> {
  const found = await sql<{ books: Record<string, unknown> }>`select json_build_object(
    'payments', (select coalesce(json_agg(json_build_object('id', id, 'reference', reference, 'direction', direction,
      'provider', provider, 'owner', owner_id, 'account', account_id, 'currency', currency, 'amount', amount::text,
      'quotedFee', quoted_fee::text, 'credited', credited::text, 'state', state, 'reason', reason,
      'needsOtp', needs_otp, 'providerReference', provider_reference,
      'nextActionAt', extract(epoch from next_action_at) * 1000,
      'submittedAt', extract(epoch from submitted_at) * 1000,
      'calledPaid', exists (select from reviews r where r.payment_id = payments.id and r.outcome = 'paid'))
      order by id), '[]') from payments),
    'transfers', (select coalesce(json_agg(json_build_object('id', t.id, 'kind', t.kind, 'pendingId', t.pending_id,
      'debit', d.id, 'credit', c.id, 'amount', t.amount::text, 'journal', t.journal_id,
      'journalKind', t.journal_kind, 'reference', t.reference) order by t.seq), '[]')
      from transfers t join accounts d on d.key = t.debit join accounts c on c.key = t.credit
      where t.id >= ${FIRST} and t.id < ${END}),
    'accounts', (select coalesce(json_agg(json_build_object('id', id, 'currency', currency, 'limited', limited,
      'debitsPosted', debits_posted::text, 'creditsPosted', credits_posted::text,
      'debitsPending', debits_pending::text, 'creditsPending', credits_pending::text) order by id), '[]')
      from accounts),
    'commands', (select coalesce(json_agg(json_build_object('payment', payment_id, 'state', state,
      'due', extract(epoch from due_at) * 1000, 'lease', extract(epoch from lease_until) * 1000) order by id), '[]')
      from provider_commands where state in ('waiting', 'sending')),
    'sent', (select coalesce(json_agg(json_build_object('payment', payment_id, 'state', state) order by id), '[]')
      from provider_commands where state not in ('waiting', 'cancelled', 'not-sent')),
    'callbacks', (select coalesce(json_agg(json_build_object('id', id, 'due',
      extract(epoch from greatest(due_at, leased_until)) * 1000)
      order by id), '[]') from provider_callbacks where due_at is not null),
    'reviews', (select coalesce(json_agg(json_build_object('id', id, 'payment', payment_id, 'reason', reason)
      order by id), '[]') from reviews where closed_at is null),
    'proposals', (select coalesce(json_agg(json_build_object('id', id, 'review', review_id, 'outcome', outcome,
      'by', proposed_by) order by id), '[]') from review_proposals where decided_at is null),
    'frozen', (select coalesce(json_agg(json_build_object('id', id, 'subject', subject) order by id), '[]')
      from freezes where lifted_at is null),
    'seconds', (select coalesce(json_agg(json_build_object('id', id, 'payment', payment_id,
      'providerReference', provider_reference, 'amount', amount::text, 'currency', currency, 'outcome', outcome,
      'reversed', reversed_at is not null) order by id), '[]') from second_payments),
    'secondProposals', (select coalesce(json_agg(json_build_object('id', id, 'second', second_payment_id,
      'outcome', outcome, 'by', proposed_by) order by id), '[]')
      from second_payment_proposals where decided_at is null)
  ) as books`.execute(db);
  return revive(found.rows[0]?.books ?? {}) as unknown as Books;
}

const AMOUNTS = new Set([
  'amount',
  'quotedFee',
  'credited',
  'debitsPosted',
  'creditsPosted',
  'debitsPending',
  'creditsPending',
]);
const MOMENTS = new Set(['nextActionAt', 'submittedAt', 'due', 'lease']);

function revive(books: Record<string, unknown>): Record<string, unknown> {
  for (const rows of Object.values(books)) {
    for (const row of rows as Record<string, unknown>[]) {
      for (const [name, value] of Object.entries(row)) {
        if (value === null) row[name] = undefined;
        else if (AMOUNTS.has(name)) row[name] = BigInt(value as string);
        else if (MOMENTS.has(name)) row[name] = Number(value);
      }
    }
  }
  return books;
}

/** Every event that was recorded, oldest first, with the payment's facts: for coverage and for scenarios. */
export async function listEvents(
  db: Db,
): Promise<{ name: string; subject: string; facts: Record<string, string> }[]> {
  const found = await sql<{ name: string; subject: string; facts: Record<string, string> }>`
    select name, subject_id as subject, facts from events order by id`.execute(db);
  return found.rows;
}

/** What became of the callbacks, by state. */
export async function listCallbacks(db: Db): Promise<{ state: string; seen: number; verdict: string }[]> {
  const found = await sql<{ state: string; seen: number; verdict: string }>`
    select state, seen, verdict from provider_callbacks order by id`.execute(db);
  return found.rows;
}

/** Tables in an order in which they can be emptied. */
const TABLES = [
  'reconciliation_breaks',
  'day_looks',
  'reconciliation_runs',
  'statement_periods',
  'statement_lines',
  'statements',
  'second_payment_proposals',
  'second_payments',
  'review_proposals',
  'reviews',
  'freezes',
  'status_answers',
  'payment_messages',
  'provider_callbacks',
  'provider_commands',
  'payments_not_succeeded',
  'payments',
  'withdrawal_requests',
  'destinations',
  'devices',
  'pin_guards',
  'sessions',
  'people',
  'sms_days',
  'idempotency_keys',
  'events',
  'event_cursors',
  'reversals',
  'resolutions',
  'refusals',
  'transfers',
  'accounts',
];

/** Empties everything, past the triggers that forbid it: only a universe may do that, and only to its own database. */
export async function emptyBooks(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await emptyTontines(tx);
    for (const table of TABLES) await sql`delete from ${sql.table(table)}`.execute(tx);
    await sql`update fences set seq = 0, head = decode(repeat('00', 32), 'hex'), latest_at = '1970-01-01Z'`.execute(
      tx,
    );
    // Not "alter table … restart": that would throw every plan of a statement about accounts away.
    await sql`select setval(pg_get_serial_sequence('accounts', 'key'), 1, false)`.execute(tx);
  });
}

/** The database refuses to change one payment from now on, whoever asks: a row that breaks every set that it is in. */
export async function refuseChangesOf(db: Db, paymentId: string): Promise<void> {
  await sql`create function refuse_for_now() returns trigger language plpgsql as
    'begin if old.id = tg_argv[0] and new.state <> old.state then raise exception ''not now''; end if; return new; end'`.execute(
    db,
  );
  await sql`create trigger payments_refuse_for_now before update on payments
    for each row execute function refuse_for_now(${sql.lit(paymentId)})`.execute(db);
}

export async function allowChanges(db: Db): Promise<void> {
  await sql`drop trigger payments_refuse_for_now on payments`.execute(db);
  await sql`drop function refuse_for_now`.execute(db);
}

/**
 * Makes one month of all the months of the empty journal: a universe lasts some weeks, and each statement about the
 * journal opens each month. What the journal says it covers stays the same.
 */
export async function gatherMonths(db: Db): Promise<void> {
  await sql`do $$
    declare
      v_month regclass;
      v_covers fences%rowtype;
    begin
      select * into strict v_covers from fences;
      for v_month in select inhrelid from pg_inherits where inhparent = 'transfers'::regclass loop
        execute format('drop table %s', v_month);
      end loop;
      create table transfers_always (like transfers including constraints including storage);
      execute format('alter table transfers attach partition transfers_always for values from (%L) to (%L)',
        journal_boundary(v_covers.covers_from), journal_boundary(v_covers.covers_until));
    end
  $$`.execute(db);
}

/** Gives the space of emptied rows back: a database that is never vacuumed gets slower with every universe. */
export async function vacuumBooks(db: Db): Promise<void> {
  for (const table of [...TABLES, ...TONTINE_TABLES, 'fences'])
    await sql`vacuum ${sql.table(table)}`.execute(db);
}
