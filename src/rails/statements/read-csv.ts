/**
 * Reads comma-separated text into rows, as RFC 4180 writes it and as spreadsheets write it: with commas, semicolons or
 * tabs, with or without quotes, with any ends of line and a byte order mark.
 *
 * The separator is the one that the first line has most of. A quote that is never closed is told, because everything
 * after it would be swallowed into one field.
 */
const SEPARATORS = [',', ';', '\t'] as const;

/** Rows of fields, empty lines left out, each with its line number from 1; nothing when a quote is never closed. */
export function readCsv(text: string): readonly CsvRow[] | undefined {
  const plain = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(plain.slice(0, plain.search(/[\r\n]|$/)));
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let field = '';
  let quoted = false;
  let line = 1;
  let start = 1;
  const endRow = (): void => {
    fields.push(field);
    if (fields.some((one) => one.trim() !== '')) rows.push({ line: start, fields });
    fields = [];
    field = '';
    start = line;
  };
  for (let place = 0; place < plain.length; place++) {
    const sign = plain[place];
    if (sign === '\n') line += 1;
    if (quoted) {
      if (sign !== '"') field += sign;
      else if (plain[place + 1] === '"') {
        field += '"';
        place += 1;
      } else quoted = false;
    } else if (sign === '"' && field === '') quoted = true;
    else if (sign === separator) {
      fields.push(field);
      field = '';
    } else if (sign === '\n') endRow();
    else if (sign !== '\r') field += sign;
  }
  if (quoted) return undefined;
  endRow();
  return rows;
}

export interface CsvRow {
  /** The line of the text on which the row begins. */
  readonly line: number;
  readonly fields: readonly string[];
}

function separatorOf(heading: string): string {
  const counts = SEPARATORS.map((one) => heading.split(one).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ',';
}
