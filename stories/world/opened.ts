/**
 * Opens the numbers in rows that a story read past the rows files, so that it can compare them with the provider's books.
 */
import type { Reader } from '../../src/ground/postgres/database.ts';
import { openText } from '../../src/ground/seal/sealed-text.ts';
import { vaultOf } from '../../src/ground/seal/vault-of.ts';
import { findPersonByPhone } from '../../src/people/person.rows.ts';

/** A row of `payments` whose number can be read. */
export function opened<R extends { readonly id: string; readonly phone: string | null }>(
  reader: Reader,
  row: R,
): R & { readonly phone: string } {
  const place = { table: 'payments', column: 'phone', row: row.id };
  return { ...row, phone: openText(vaultOf(reader), place, row.phone ?? '') };
}

export async function personIdOf(reader: Reader, phone: string): Promise<string> {
  const person = await findPersonByPhone(reader, phone);
  if (person === undefined) throw new Error(`nobody has the number ${phone}`);
  return person.id;
}
