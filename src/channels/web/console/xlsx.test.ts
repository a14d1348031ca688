import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Field } from './csv.ts';
import { xlsxFile } from './xlsx.ts';

async function bytesOf(pages: readonly (readonly (readonly Field[])[])[], most?: number): Promise<Buffer> {
  async function* read() {
    yield* pages;
  }
  const pieces: Buffer[] = [];
  for await (const piece of xlsxFile(read(), 'cut here', most)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The parts by name, found as a spreadsheet finds them: by the directory at the end. */
function partsOf(file: Buffer): Map<string, string> {
  const end = file.length - 22;
  expect(file.readUInt32LE(end)).toBe(0x06054b50);
  const parts = new Map<string, string>();
  let place = file.readUInt32LE(end + 16);
  for (let part = 0; part < file.readUInt16LE(end + 10); part++) {
    const [packed, whole] = [file.readUInt32LE(place + 20), file.readUInt32LE(place + 24)];
    const letters = file.readUInt16LE(place + 28);
    const name = file.subarray(place + 46, place + 46 + letters).toString('utf8');
    const start = file.readUInt32LE(place + 42) + 30 + letters;
    const text = inflateRawSync(file.subarray(start, start + packed));
    expect(text.length).toBe(whole);
    parts.set(name, text.toString('utf8'));
    place += 46 + letters;
  }
  return parts;
}

test('a workbook has its five parts, whole numbers as numbers and everything else as text', async () => {
  const at = new Date('2026-01-05T08:00:00Z');
  const file = await bytesOf([
    [['name', 'amount']],
    [
      ['=1+1 <&>', 5_000n],
      ['é\u0000', 1234567890123456n],
      [undefined, at],
    ],
  ]);
  const parts = partsOf(file);
  expect([...parts.keys()]).toEqual([
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/workbook.xml',
    'xl/_rels/workbook.xml.rels',
    'xl/worksheets/sheet1.xml',
  ]);
  const sheet = parts.get('xl/worksheets/sheet1.xml') ?? '';
  expect(sheet.match(/<row>/g)).toHaveLength(4);
  expect(sheet).toContain('<c><v>5000</v></c>');
  expect(sheet).toContain('>=1+1 &lt;&amp;&gt;</t>');
  expect(sheet).toContain('>é\uFFFD</t>');
  expect(sheet).toContain('>1234567890123456</t>');
  expect(sheet).toContain(
    '<row><c/><c t="inlineStr"><is><t xml:space="preserve">2026-01-05T08:00:00.000Z</t>',
  );
  expect(await bytesOf([[['name', 'amount']]])).toEqual(await bytesOf([[['name', 'amount']]]));
});

test('what does not fit is cut, and the last row says so', async () => {
  const sheet =
    partsOf(
      await bytesOf(
        [
          [['a'], ['b']],
          [['c'], ['d']],
        ],
        3,
      ),
    ).get('xl/worksheets/sheet1.xml') ?? '';
  expect([...sheet.matchAll(/preserve">([^<]+)</g)].map(([, text]) => text)).toEqual(['a', 'b', 'cut here']);
});

test('rows are asked for while the file is written, and what fails in between ends it', async () => {
  async function* failing(): AsyncGenerator<readonly (readonly Field[])[]> {
    yield [['a']];
    throw new Error('the database went away');
  }
  const all = async () => {
    let pieces = 0;
    for await (const piece of xlsxFile(failing(), '')) pieces += piece.length;
    return pieces;
  };
  await expect(all()).rejects.toThrow('the database went away');
});
