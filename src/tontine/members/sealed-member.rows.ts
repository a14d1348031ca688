/**
 * Seals and opens who a member is: name, invited number, next of kin.
 *
 * Lists of members are read by many queries; each opens what it shows here, by the membership's id.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Reader } from '../../ground/postgres/database.ts';
import type { SealedColumn } from '../../ground/seal/sealed-column.ts';
import { openText } from '../../ground/seal/sealed-text.ts';
import { hasText, sealedValue } from '../../ground/seal/sealing.rows.ts';
import { vaultOf } from '../../ground/seal/vault-of.ts';

type Column = 'phone' | 'display_name' | 'next_of_kin_name' | 'next_of_kin_phone';

const AT = { table: 'memberships', key: ['id'], row: 'id', hashes: [] };

export const SEALED_IN_MEMBERSHIPS: readonly SealedColumn[] = [
  {
    ...AT,
    column: 'phone',
    hashes: [{ column: 'phone_hash', kind: 'phone', part: (phone) => phone }],
  },
  { ...AT, column: 'display_name' },
  { ...AT, column: 'next_of_kin_name' },
  { ...AT, column: 'next_of_kin_phone' },
];

/** What is written; nothing stays nothing. */
export function sealOf(reader: Reader, id: string, column: Column, text: string): RawBuilder<string> {
  return sealedValue(reader, { table: 'memberships', column, row: id }, text);
}

export function openOf(reader: Reader, id: string, column: Column, text: string): string {
  return openText(vaultOf(reader), { table: 'memberships', column, row: id }, text);
}

/** The rows of an invited number; `of` is the name of the table in the query. */
export function isInvited(reader: Reader, phone: string, of = 'memberships'): RawBuilder<SqlBool> {
  const columns = { hash: sql.ref(`${of}.phone_hash`), plain: sql.ref(`${of}.phone`) };
  return hasText(reader, columns, { kind: 'phone', text: phone });
}
