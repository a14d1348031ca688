/**
 * Tests what is read as a statement, and what is refused whole with the line that could not be understood.
 */
import { expect, test } from 'vitest';
import { parseStatement } from './parse-statement.ts';

const HEADING = 'date;type;reference;amount;fee;currency';

function parse(text: string) {
  return parseStatement(Buffer.from(text));
}

test.each<[string, string, readonly (readonly [string, string, bigint, bigint])[]]>([
  [
    'semicolons',
    `${HEADING}\n2026-01-05T08:00:00Z;payin;MPAYIN_1;5000;75;XOF\n`,
    [['deposit', 'MPAYIN_1', 5_000n, 4_925n]],
  ],
  [
    'commas, quotes, a byte order mark, Windows',
    `\uFEFFDate,Type,Reference,Amount,Fee,Currency\r\n"2026-01-05 08:00",PAYOUT,"A ""b"", c",5000.00,50,xof\r\n\r\n`,
    [['withdrawal', 'A "b", c', 5_000n, -5_050n]],
  ],
  [
    'French names in another order',
    'devise\tfrais\tmontant\tréférence\topération\tdate\nXAF\t\t900\tR1\tretrait-rendu\t2026-01-05',
    [['withdrawal-returned', 'R1', 900n, 900n]],
  ],
  [
    'what the host brings and takes',
    `${HEADING}\n2026-01-05;topup;T1;90000;0;XOF\n2026-01-06;settlement;T2;-80000;500;XOF`,
    [
      ['own-transfer', 'T1', 90_000n, 90_000n],
      ['own-transfer', 'T2', 80_000n, -80_500n],
    ],
  ],
  [
    'a deposit that went back',
    `${HEADING}\n2026-01-05;payin-refund;M1;5000;75;XOF`,
    [['deposit-returned', 'M1', 5_000n, -4_925n]],
  ],
])('reads %s', (_what, text, wanted) => {
  const read = parse(text);
  expect(
    read.ok && read.value.map(({ kind, reference, amount, effect }) => [kind, reference, amount, effect]),
  ).toEqual(wanted);
});

test.each<[string, string, string]>([
  ['nothing', '', 'statement-empty'],
  ['a heading alone', HEADING, 'statement-empty'],
  ['missing columns', 'date;type;amount\n2026-01-05;payin;5', 'statement-columns'],
  ['an open quote', `${HEADING}\n"2026-01-05;payin;M1;5;0;XOF`, 'statement-line'],
  ['an unknown type', `${HEADING}\n2026-01-05;gift;M1;5;0;XOF`, 'statement-line'],
  ['half a franc', `${HEADING}\n2026-01-05;payin;M1;5.5;0;XOF`, 'statement-line'],
  ['an exponent', `${HEADING}\n2026-01-05;payin;M1;5e3;0;XOF`, 'statement-line'],
  ['a blank in an amount', `${HEADING}\n2026-01-05;payin;M1;5 000;0;XOF`, 'statement-line'],
  ['a sign', `${HEADING}\n2026-01-05;payin;M1;-5;0;XOF`, 'statement-line'],
  ['nothing moved', `${HEADING}\n2026-01-05;payin;M1;0;0;XOF`, 'statement-line'],
  ['a fee above the amount', `${HEADING}\n2026-01-05;payin;M1;5;6;XOF`, 'statement-line'],
  ['another currency', `${HEADING}\n2026-01-05;payin;M1;5;0;EUR`, 'statement-line'],
  ['no reference', `${HEADING}\n2026-01-05;payin;;5;0;XOF`, 'statement-line'],
  ['a date of no calendar', `${HEADING}\n2026-13-05;payin;M1;5;0;XOF`, 'statement-line'],
  ['a date that can be two', `${HEADING}\n05/01/2026;payin;M1;5;0;XOF`, 'statement-line'],
])('refuses %s', (_what, text, code) => {
  expect(parse(text)).toMatchObject({ ok: false, refusal: { code } });
});

test('the sentence names the line, and one bad line refuses all', () => {
  const good = '2026-01-05;payin;M1;5;0;XOF';
  const read = parse([HEADING, good, '', good, '2026-01-05;payin;M1;;0;XOF'].join('\n'));
  expect(read).toMatchObject({ refusal: { en: 'Line 5: unreadable amount or fee. Nothing was imported.' } });
});

test('equal lines are counted, wherever they stand and however they are written', () => {
  const read = parse(
    [
      HEADING,
      '2026-01-05;payin;M1;5;0;XOF',
      '2026-01-05;payin;M2;5;0;XOF',
      '2026-01-05T00:00:00Z;PAYIN;M1;5.00;;xof',
    ].join('\n'),
  );
  expect(read.ok && read.value.map(({ copy }) => copy)).toEqual([1, 1, 2]);
});

test('bytes that are no text are refused', () => {
  expect(parseStatement(Uint8Array.of(0xff, 0xfe, 0x00))).toMatchObject({ ok: false });
});
