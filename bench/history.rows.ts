/**
 * Writes payments with their events, messages, instructions and callbacks by the thousand, for measuring.
 */
import { sql } from 'kysely';
import type { Ground } from '../src/ground/ground.ts';
import type { Ids } from '../src/ground/identifiers.ts';
import type { Tx } from '../src/ground/postgres/database.ts';
import { lookupHash } from '../src/ground/seal/lookup-hash.ts';
import type { SealedColumn } from '../src/ground/seal/sealed-column.ts';
import { sealText } from '../src/ground/seal/sealed-text.ts';
import type { Vault } from '../src/ground/seal/vault.ts';
import { vaultOf } from '../src/ground/seal/vault-of.ts';
import { SEALED_IN_PEOPLE } from '../src/people/person.rows.ts';
import type { Payment } from '../src/rails/payments/payment.ts';
import { SEALED_IN_PAYMENTS } from '../src/rails/payments/sealed-number.rows.ts';
import type { DrawnGroup } from './draw-groups.ts';

type Row = Readonly<Record<string, unknown>>;

/** Each list travels as one JSON text: one round trip, whatever its length. */
async function insertRows(tx: Tx, table: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0] ?? {});
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const text = JSON.stringify(rows, (_name, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  await sql`insert into ${sql.table(table)} (${names})
    select ${names} from jsonb_populate_recordset(null::${sql.table(table)}, ${text}::jsonb)`.execute(tx);
}

export async function insertHistory(tx: Tx, ids: Ids, payments: readonly Payment[]): Promise<void> {
  await insertRows(
    tx,
    'payments',
    payments.map((payment) => paymentRow(vaultOf(tx), payment)),
  );
  const events = payments.flatMap((payment) => eventRows(ids, payment));
  await insertRows(tx, 'events', events);
  await insertRows(tx, 'payment_messages', messageRows(ids, payments, events));
  await insertRows(
    tx,
    'provider_commands',
    payments.map((payment) => ({
      id: ids.next('cmd'),
      payment_id: payment.id,
      attempt: 1,
      state: payment.state === 'unknown' || payment.state === 'review' ? 'unknown' : 'accepted',
      due_at: payment.createdAt,
      evidence: null,
      created_at: payment.createdAt,
      finished_at: payment.submittedAt ?? payment.createdAt,
    })),
  );
  await insertRows(
    tx,
    'provider_callbacks',
    payments.filter((payment) => payment.settledAt !== undefined).map((payment) => callbackRow(ids, payment)),
  );
  await insertRows(
    tx,
    'reviews',
    payments
      .filter((payment) => payment.state === 'review')
      .map((payment) => ({
        id: ids.next('rev'),
        payment_id: payment.id,
        reason: 'answer-lost',
        opened_at: payment.createdAt,
      })),
  );
}

/** Everybody with a number of their own, counted up from one that no earlier history has used, and all groups. */
export async function insertPeopleInGroups(
  tx: Tx,
  ground: Pick<Ground, 'clock' | 'ids'>,
  town: {
    readonly members: readonly string[];
    readonly groups: readonly DrawnGroup[];
    readonly firstNumber: number;
  },
): Promise<void> {
  const at = ground.clock.now();
  const vault = vaultOf(tx);
  await insertRows(
    tx,
    'people',
    town.members.map((id, place) => ({
      id,
      ...sealedNumber(vault, SEALED_IN_PEOPLE, { id, phone: numberAt(town.firstNumber + place) }),
      country: 'CI',
      locale: 'fr',
      identification: 'none',
      wants_messages: false,
      created_at: at,
    })),
  );
  await insertRows(
    tx,
    'groups',
    town.groups.map(({ id, name, members }) => ({
      id,
      name,
      currency: 'XOF',
      time_zone: 'Africa/Abidjan',
      founded_by: members[0],
      founded_at: at,
    })),
  );
  await insertRows(
    tx,
    'memberships',
    town.groups.flatMap((group) =>
      group.members.map((member) => ({
        id: ground.ids.next('mem'),
        group_id: group.id,
        person_id: member,
        display_name: 'Membre',
        state: 'active',
        created_at: at,
        joined_at: at,
      })),
    ),
  );
}

/** Reads as a number of Côte d'Ivoire, and mostly belongs to nobody: no operator has so many beginnings. */
function numberAt(place: number): string {
  return `+225${String(place % 10 ** 10).padStart(10, '0')}`;
}

/** The number and its hashes, as the description of the sealed columns has them. */
function sealedNumber(
  vault: Vault,
  described: readonly SealedColumn[],
  { id, phone }: { readonly id: string; readonly phone: string },
): Row {
  const numbers = described.filter(({ column }) => column === 'phone');
  return Object.fromEntries(
    numbers.flatMap(({ table, column, hashes }) => [
      [column, sealText(vault, { table, column, row: id }, phone)] as const,
      ...hashes.map(
        (hash) => [hash.column, lookupHash(vault, { kind: hash.kind, text: hash.part(phone) })] as const,
      ),
    ]),
  );
}

/** Payments that the provider has, each with its callback in the inbox, not looked at yet. */
export async function insertToldPayments(tx: Tx, ids: Ids, payments: readonly Payment[]): Promise<void> {
  await insertRows(
    tx,
    'payments',
    payments.map((payment) => paymentRow(vaultOf(tx), payment)),
  );
  await insertRows(
    tx,
    'provider_callbacks',
    payments.map((payment) => ({
      id: ids.next('cbk'),
      provider: payment.provider,
      environment: payment.environment,
      fingerprint: payment.id,
      body: `\\x${Buffer.from(payment.providerReference ?? '').toString('hex')}`,
      content_type: 'application/json',
      verdict: 'verified',
      payment_id: payment.id,
      state: 'received',
      seen: 1,
      tries: 0,
      due_at: payment.createdAt,
      received_at: payment.createdAt,
    })),
  );
}

function paymentRow(vault: Vault, payment: Payment): Row {
  return {
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
    ...sealedNumber(vault, SEALED_IN_PAYMENTS, payment),
    currency: payment.currency,
    amount: payment.amount,
    fee_policy: payment.feePolicy,
    quoted_fee: payment.quotedFee,
    wanted_credit: payment.wantedCredit,
    fee: payment.fee ?? null,
    credited: payment.credited ?? null,
    state: payment.state,
    reason: payment.reason ?? null,
    needs_otp: false,
    otp_tries: 0,
    provider_reference: payment.providerReference ?? null,
    created_at: payment.createdAt,
    submitted_at: payment.submittedAt ?? null,
    expires_at: payment.expiresAt,
    next_action_at: payment.nextActionAt ?? null,
    enquiries: payment.enquiries,
    enquired_at: payment.enquiredAt ?? null,
    settled_at: payment.settledAt ?? null,
    lookups_missed: 0,
    resends: 0,
  };
}

/** Nobody of a made-up history wants to be told; each payment that moved money has a row that says so. */
function messageRows(ids: Ids, payments: readonly Payment[], events: readonly Row[]): Row[] {
  const moved = new Map(payments.map((payment) => [payment.id, payment]));
  return events.flatMap(({ id, name, subject_id, occurred_at }) => {
    const payment = moved.get(subject_id as Payment['id']);
    if (name !== 'payment.succeeded' || payment === undefined) return [];
    return {
      id: ids.next('sms'),
      event_id: id,
      payment_id: payment.id,
      person_id: payment.ownerId,
      fact: payment.direction === 'in' ? 'arrived' : 'left',
      state: 'unwanted',
      happened_at: occurred_at,
      written_at: occurred_at,
      done_at: occurred_at,
    };
  });
}

function eventRows(ids: Ids, payment: Payment): Row[] {
  const end = payment.settledAt ?? payment.enquiredAt ?? payment.createdAt;
  const last = payment.state === 'succeeded' || payment.state === 'failed' || payment.state === 'expired';
  return [
    eventRow(ids, payment, 'payment.created', payment.createdAt),
    eventRow(ids, payment, 'payment.accepted', payment.submittedAt ?? payment.createdAt),
    ...(last ? [eventRow(ids, payment, `payment.${payment.state}`, end)] : []),
  ];
}

function eventRow(ids: Ids, payment: Payment, name: string, at: Date): Row {
  return {
    id: ids.next('evt'),
    name,
    subject_id: payment.id,
    facts: { seeded: 'yes' },
    occurred_at: at,
    recorded_at: at,
  };
}

function callbackRow(ids: Ids, payment: Payment): Row {
  return {
    id: ids.next('cbk'),
    provider: payment.provider,
    environment: payment.environment,
    fingerprint: payment.id,
    body: `\\x${Buffer.from(`{"reference":"${payment.providerReference}"}`).toString('hex')}`,
    content_type: 'application/json',
    verdict: 'verified',
    payment_id: payment.id,
    state: 'applied',
    seen: 1,
    tries: 1,
    received_at: payment.settledAt ?? payment.createdAt,
    finished_at: payment.settledAt ?? payment.createdAt,
  };
}
