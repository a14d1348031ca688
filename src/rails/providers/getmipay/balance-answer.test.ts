import { expect, test } from 'vitest';
import type { Currency } from '../../../ground/money/currency.ts';
import { readBalanceAnswer } from './balance-answer.ts';
import { parseJson } from './json-text.ts';
import { readSample } from './testing/read-sample.ts';

const NOON = new Date('2026-01-05T12:00:00Z');
const BOTH =
  '{"success":true,"data":{"balance":70,"currency":"XOF","balances":[' +
  '{"currency":"XOF","balance":70},{"currency":"XAF","balance":"25.00"}]}}';

test.each<[string, Currency, bigint | undefined]>([
  [readSample('balance'), 'XOF', 1_250_000n],
  [readSample('balance'), 'XAF', undefined],
  [BOTH, 'XOF', 70n],
  [BOTH, 'XAF', 25n],
  [BOTH, 'GNF', undefined],
  ['{"success":false,"data":{"balance":70,"currency":"XOF"}}', 'XOF', undefined],
  ['{"success":true,"data":{"balance":12.5,"currency":"XOF"}}', 'XOF', undefined],
  ['{"success":true,"data":{"balance":-70,"currency":"XOF"}}', 'XOF', undefined],
  ['{"success":true,"data":{"balance":70}}', 'XOF', undefined],
  ['<html>', 'XOF', undefined],
])('%s in %s is %s', (text, currency, amount) => {
  expect(readBalanceAnswer(parseJson(text), currency, NOON)).toEqual(
    amount === undefined ? undefined : { balance: { amount, currency }, asOf: NOON },
  );
});
