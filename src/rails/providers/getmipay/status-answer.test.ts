import { expect, test } from 'vitest';
import type { Direction } from '../../provider.ts';
import { type Question, readStatusAnswer } from './status-answer.ts';
import { translateStatus } from './status-word.ts';
import { readSample } from './testing/read-sample.ts';

const QUESTION: Question = {
  direction: 'in',
  references: { reference: 'MPAYIN_SAMPLE0001', upstreamReference: 'MLSsample0001' },
  environment: 'sandbox',
};

const read = (status: number, text: string, question: Partial<Question> = {}) =>
  readStatusAnswer({ outcome: 'response', status, text }, { ...QUESTION, ...question });

/** Written by hand, so that the amounts reach the reader as they are typed here. */
const paidAs = (fields: string): string =>
  `{"success":true,"data":{"order_id":"MPAYIN_SAMPLE0001","status":"success",${fields}}}`;

test('a paid deposit, as documented', () => {
  expect(read(200, readSample('status-success'))).toEqual({
    found: 'yes',
    status: 'succeeded',
    word: 'success',
    paid: { amount: 5_000n, currency: 'XOF' },
    references: QUESTION.references,
    environment: 'sandbox',
  });
});

test.each([
  ['"amount":5000.0,"currency":"XOF"', { amount: 5_000n, currency: 'XOF' }],
  ['"amount":"5000.00","currency":"XOF"', { amount: 5_000n, currency: 'XOF' }],
  ['"amount":5000,"currency":"XAF"', { amount: 5_000n, currency: 'XAF' }],
  ['"amount":5e3,"currency":"XOF"', 'unreadable'],
  ['"amount":5000.5,"currency":"XOF"', 'unreadable'],
  ['"amount":"5 000","currency":"XOF"', 'unreadable'],
  ['"amount":5000', 'unreadable'],
  ['"amount":5000,"currency":"FCFA"', 'unreadable'],
  ['"amount":5000,"currency":"xof"', 'unreadable'],
  ['"amount":5000,"currency":"EUR"', 'unreadable'],
  ['"currency":"XOF"', undefined],
  ['"amount":null,"currency":"XOF"', undefined],
])('paid with %s', (fields, paid) => {
  const answer = read(200, paidAs(fields));
  expect(answer.found === 'yes' ? answer.paid : answer).toEqual(paid);
});

test('a fee is believed when it fits within what was paid', () => {
  expect(read(200, paidAs('"amount":5000,"currency":"XOF","fee_amount":90'))).toMatchObject({
    fee: { amount: 90n, currency: 'XOF' },
  });
  expect(read(200, paidAs('"amount":5000,"currency":"XOF","fee_amount":5001'))).not.toHaveProperty('fee');
});

test.each([
  [
    '{"success":true,"data":{"order_id":"MPAYIN_OTHER","pay_id":"MLSother","status":"success"}}',
    'unavailable',
  ],
  ['{"success":true,"data":{"order_id":"own-77","pay_id":"MLSsample0001","status":"success"}}', 'yes'],
  ['{"success":true,"data":{"order_id":"MLSsample0001","status":"success"}}', 'yes'],
  ['{"success":true,"data":{"status":"success"}}', 'yes'],
])('%s speaks of our payment: %s', (text, found) => {
  expect(read(200, text).found).toBe(found);
});

test('a missing upstream reference is learned from the answer', () => {
  const references = { reference: 'MPAYIN_SAMPLE0001' };
  expect(read(200, readSample('status-success'), { references })).toMatchObject({
    references: QUESTION.references,
  });
});

test.each([
  [404, '', 'no'],
  [200, readSample('status-not-found'), 'no'],
  [422, '{"message":"Paiement introuvable"}', 'no'],
  [200, '{"success":false,"message":"Service not found"}', 'unavailable'],
  [200, '{"success":false,"message":"Try later"}', 'unavailable'],
  [400, '{"message":"The pay id field is required."}', 'unavailable'],
  [500, readSample('status-not-found'), 'unavailable'],
  [502, '<html></html>', 'unavailable'],
  [429, '', 'unavailable'],
  [403, '', 'unavailable'],
  [301, '', 'unavailable'],
  [200, '', 'unavailable'],
  [200, readSample('status-success').slice(0, 90), 'unavailable'],
  [200, '{"success":true,"data":{"order_id":"MPAYIN_SAMPLE0001"}}', 'unavailable'],
])('%s %s: found %s', (status, text, found) => {
  expect(read(status, text).found).toBe(found);
});

test.each([
  ['pending', 'pending', 'pending'],
  ['PROCESSING', 'pending', 'pending'],
  ['success', 'succeeded', 'succeeded'],
  ['SUCCESSFUL', 'succeeded', 'succeeded'],
  ['Completed', 'succeeded', 'succeeded'],
  [' paid ', 'succeeded', 'succeeded'],
  ['failed', 'failed', 'failed'],
  ['FAILURE', 'failed', 'failed'],
  ['FAILLURE', 'failed', 'failed'],
  ['cancelled', 'failed', 'failed'],
  ['rejected', 'failed', 'failed'],
  ['timeout', 'failed', 'unrecognised'],
  ['expired', 'expired', 'unrecognised'],
  ['REFUND', 'reversed', 'reversed'],
  ['refunded', 'reversed', 'reversed'],
  ['reversed', 'reversed', 'reversed'],
  ['TREATED', 'unrecognised', 'unrecognised'],
  ['RECEIVED', 'unrecognised', 'unrecognised'],
  ['STATUS', 'unrecognised', 'unrecognised'],
  ['success!', 'unrecognised', 'unrecognised'],
  ['constructor', 'unrecognised', 'unrecognised'],
  ['', 'unrecognised', 'unrecognised'],
])('the word "%s" is %s for a deposit and %s for a withdrawal', (word, deposit, withdrawal) => {
  const translated = (['in', 'out'] satisfies Direction[]).map((way) => translateStatus(word, way));
  expect(translated).toEqual([deposit, withdrawal]);
});

test('a word never seen is kept as evidence', () => {
  expect(read(200, '{"success":true,"data":{"status":"TREATED"}}')).toMatchObject({
    status: 'unrecognised',
    word: 'TREATED',
  });
});
