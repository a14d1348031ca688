/**
 * Writes lines as a workbook of one sheet (ECMA-376), row after row, as they are read from the database.
 *
 * Amounts are whole numbers and nothing else: a number with more than fifteen digits, which a spreadsheet would round,
 * is written as text. Texts stand in their cells as texts, so one that begins like a formula is none.
 */
import type { Field } from './csv.ts';
import { type ZipPart, zip } from './zip.ts';

/** What a sheet can hold; more is cut, and the last row says so. */
const MOST_ROWS = 1_048_576;
const EXACT_DIGITS = 15;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SHEETS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export const XLSX_TYPE = `${TYPE}.sheet`;

/** In pages, as they come; `cut` is the last row when there are too many. */
export function xlsxFile(
  pages: AsyncIterable<readonly (readonly Field[])[]>,
  cut: string,
  most = MOST_ROWS,
): AsyncGenerator<Buffer> {
  return zip(partsOf(sheet(pages, cut, most)));
}

function partsOf(text: AsyncIterable<string>): ZipPart[] {
  const types =
    `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
    `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/>`;
  const relation = (type: string, target: string) =>
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/${type}" Target="${target}"/></Relationships>`;
  const book = `<sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets>`;
  return [
    {
      name: '[Content_Types].xml',
      text: [`${HEAD}<Types xmlns="${PACKAGE}/content-types">${types}</Types>`],
    },
    { name: '_rels/.rels', text: [relation('officeDocument', 'xl/workbook.xml')] },
    {
      name: 'xl/workbook.xml',
      text: [`${HEAD}<workbook xmlns="${SHEETS}" xmlns:r="${RELATIONS}">${book}</workbook>`],
    },
    { name: 'xl/_rels/workbook.xml.rels', text: [relation('worksheet', 'worksheets/sheet1.xml')] },
    { name: 'xl/worksheets/sheet1.xml', text },
  ];
}

async function* sheet(
  pages: AsyncIterable<readonly (readonly Field[])[]>,
  cut: string,
  most: number,
): AsyncGenerator<string> {
  yield `${HEAD}<worksheet xmlns="${SHEETS}"><sheetData>`;
  let rows = 0;
  for await (const page of pages) {
    const room = most - 1 - rows;
    yield page.slice(0, room).map(rowText).join('');
    rows += page.length;
    if (page.length > room) {
      yield rowText([cut]);
      break;
    }
  }
  yield '</sheetData></worksheet>';
}

function rowText(fields: readonly Field[]): string {
  return `<row>${fields.map(cellText).join('')}</row>`;
}

function cellText(field: Field): string {
  if (field === undefined) return '<c/>';
  if (typeof field === 'bigint') {
    const digits = String(field);
    return digits.replace('-', '').length > EXACT_DIGITS ? textCell(digits) : `<c><v>${digits}</v></c>`;
  }
  return textCell(field instanceof Date ? field.toISOString() : field);
}

function textCell(text: string): string {
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
