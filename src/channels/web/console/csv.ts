/**
 * Writes lines of a CSV file as spreadsheets of French and English offices open them: a byte-order mark, semicolons, one
 * quoted field after the other.
 *
 * A text that begins like a formula is prefixed: a name typed by a stranger must not run in the accountant's program.
 */
/** What a line of a file is made of. */
export type Field = string | bigint | Date | undefined;

export const CSV_START = '\uFEFF';

export function csvLine(fields: readonly Field[]): string {
  return `${fields.map(fieldText).join(';')}\r\n`;
}

function fieldText(field: Field): string {
  if (field === undefined) return '';
  if (typeof field === 'bigint') return String(field);
  if (field instanceof Date) return field.toISOString();
  const text = /^[=+\-@\t\r]/.test(field) ? `'${field}` : field;
  return `"${text.replaceAll('"', '""')}"`;
}
