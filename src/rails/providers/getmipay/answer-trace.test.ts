import { expect, test } from 'vitest';
import { excerptOf, traceOf } from './answer-trace.ts';

test.each<[string, string, string]>([
  [
    'a payment',
    '{"success":true,"data":{"status":"SUCCESS","amount":5000,"currency":"XOF","order_id":"MPAYIN_1"}}',
    '{success: true, data: {status: SUCCESS, amount: 5000, currency: XOF, order_id: MPAYIN_1}}',
  ],
  [
    'what is not on the list is named and not shown',
    '{"status":"PENDING","wallet":"2250707070707","payer":{"name":"Awa Koné"},"token":"abc","items":[1]}',
    '{status: PENDING, wallet: …, payer: {name: …}, token: …, items: …}',
  ],
  [
    'a number where a word, a reference or an amount should be',
    '{"message":"sent to +225 07 07 07 07 07","order_id":2250707070707,"amount":2250707070707,"code":2250707}',
    '{message: sent to …, order_id: …, amount: …, code: …}',
  ],
  ['no JSON', '<html>\n<h1>502</h1> call 2250707070707</html>', '<html> <h1>502</h1> call …</html>'],
  ['a key as a name', '{"2250707070707":true}', '{…: true}'],
  ['nothing', '', ''],
])('%s', (_what, text, excerpt) => {
  expect(excerptOf(text)).toBe(excerpt);
});

test('an excerpt is short, and what never came back has none', () => {
  expect(excerptOf(`{"message":"${'no '.repeat(900)}"}`).length).toBeLessThanOrEqual(400);
  expect(traceOf({ outcome: 'lost', evidence: 'timeout' }, 30_000)).toEqual({ took_ms: 30_000, excerpt: '' });
});
