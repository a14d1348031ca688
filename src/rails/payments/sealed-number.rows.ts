/**
 * Seals the number of a payment, opens it, finds payments by it, and forgets it when its owner is erased.
 */
import { type Generated, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import { lookupHash } from '../../ground/seal/lookup-hash.ts';
import type { SealedColumn } from '../../ground/seal/sealed-column.ts';
import { openText, type Place } from '../../ground/seal/sealed-text.ts';
import { hasText, sealedValue } from '../../ground/seal/sealing.rows.ts';
import { vaultOf } from '../../ground/seal/vault-of.ts';

export interface NumberColumns {
  /** Sealed, or plain while an older version may serve; null once its owner is erased. */
  phone: string | null;
  phone_hash: Generated<string | null>;
  phone_end_hash: Generated<string | null>;
}

export const SEALED_IN_PAYMENTS: readonly SealedColumn[] = [
  {
    table: 'payments',
    key: ['id'],
    row: 'id',
    column: 'phone',
    hashes: [
      { column: 'phone_hash', kind: 'phone', part: (phone) => phone },
      { column: 'phone_end_hash', kind: 'phone-end', part: endOf },
    ],
  },
];

const NUMBER = { hash: sql.ref('phone_hash'), plain: sql.ref('phone') };
const END = { hash: sql.ref('phone_end_hash'), plain: sql`right(phone, 4)` };

/** What people read out over the phone. */
export function endOf(phone: string): string {
  return phone.slice(-4);
}

function placeOf(row: string): Place {
  return { table: 'payments', column: 'phone', row };
}

/** The columns of a new payment. */
export function sealedNumber(tx: Tx, { id, phone }: { readonly id: string; readonly phone: string }) {
  const vault = vaultOf(tx);
  return {
    phone: sealedValue(tx, placeOf(id), phone),
    phone_hash: lookupHash(vault, { kind: 'phone', text: phone }),
    phone_end_hash: lookupHash(vault, { kind: 'phone-end', text: endOf(phone) }),
  };
}

/** Nothing once it is forgotten. */
export function openNumber(
  reader: Reader,
  { id, phone }: { readonly id: string; readonly phone: string | null },
): string {
  return phone === null ? '' : openText(vaultOf(reader), placeOf(id), phone);
}

/** The rows of one number. */
export function hasNumber(reader: Reader, phone: string): RawBuilder<SqlBool> {
  return hasText(reader, NUMBER, { kind: 'phone', text: phone });
}

/** The rows of numbers that end so. */
export function hasNumberEnd(reader: Reader, end: string): RawBuilder<SqlBool> {
  return hasText(reader, END, { kind: 'phone-end', text: end });
}

/** Whether a payment of this owner may still move, is asked about, or waits for people. */
export async function hasUnfinishedPayment(reader: Reader, ownerId: string): Promise<boolean> {
  const found = await sql<{ id: string }>`select p.id from payments p where p.owner_id = ${ownerId}
    and (p.next_action_at is not null or p.state = 'review'
      or exists (select from provider_callbacks c where c.payment_id = p.id and c.due_at is not null)
      or exists (select from reviews r where r.payment_id = p.id and r.closed_at is null)
      or exists (select from second_payments s where s.payment_id = p.id and s.closed_at is null)) limit 1`.execute(
    reader,
  );
  return found.rows.length > 0;
}

/** What was asked, paid and credited stays; to and from which number it was is forgotten. Returns how many. */
export async function forgetNumbersOf(tx: Tx, ownerId: string): Promise<number> {
  const found = await sql<{
    id: string;
  }>`update payments set phone = null, phone_hash = null, phone_end_hash = null
    where owner_id = ${ownerId} and phone is not null returning id`.execute(tx);
  await sql`update provider_callbacks c set body = null from payments p
    where p.id = c.payment_id and p.owner_id = ${ownerId} and c.body is not null`.execute(tx);
  return found.rows.length;
}
