import { expect, test } from 'vitest';
import { readCallbackHint } from './callback-hint.ts';
import { readSample } from './testing/read-sample.ts';

const read = (body: string | Uint8Array, contentType = 'application/json') =>
  readCallbackHint({ body: Buffer.from(body), headers: {}, contentType, receivedAt: new Date(0) });

const BOTH = { reference: 'MPAYIN_SAMPLE0001', upstreamReference: 'MLSsample0001' };
const FORM = 'application/x-www-form-urlencoded; charset=utf-8';

test.each<[string, string, string, object]>([
  ['flat', readSample('callback-flat'), 'application/json', { references: BOTH, claimedStatus: 'success' }],
  [
    'under data',
    readSample('callback-nested'),
    'application/json; charset=utf-8',
    { references: { reference: 'MPAYIN_SAMPLE0001' }, claimedStatus: 'SUCCESS' },
  ],
  [
    'reference only',
    '{"reference":"R1","status":"failed"}',
    '',
    { references: { reference: 'R1' }, claimedStatus: 'failed' },
  ],
  ['external reference', '{"data":{"external_reference":"E1"}}', '', { references: { reference: 'E1' } }],
  [
    'an event',
    '{"event":"payment.completed","reference":"R1"}',
    '',
    { references: { reference: 'R1' }, claimedStatus: 'payment.completed' },
  ],
  [
    'upstream only',
    '{"soleaspay_reference":"MLS1"}',
    '',
    { references: { reference: 'MLS1', upstreamReference: 'MLS1' } },
  ],
  [
    'another case',
    '{"Order_ID":"R1","STATUS":"x"}',
    '',
    { references: { reference: 'R1' }, claimedStatus: 'x' },
  ],
  ['an id that is a number', '{"order_id":77}', '', { references: { reference: '77' } }],
  [
    'a form',
    'order_id=MPAYIN_SAMPLE0001&soleaspay_reference=MLSsample0001&status=success',
    FORM,
    { references: BOTH, claimedStatus: 'success' },
  ],
  [
    'a nested form',
    'data%5Breference%5D=R1&data.status=paid',
    FORM,
    { references: { reference: 'R1' }, claimedStatus: 'paid' },
  ],
])('%s', (_shape, body, contentType, hint) => {
  expect(read(body, contentType)).toEqual(hint);
});

test.each([
  '',
  'null',
  '[]',
  '"text"',
  '{"order_id":',
  '<xml/>',
  '{"order_id":"two words"}',
  `{"order_id":"${'a'.repeat(101)}"}`,
  '{"order_id":{"$gt":""}}',
  '['.repeat(30_000),
])('%.40s gives an empty hint and no error', (body) => {
  expect(read(body)).toEqual({});
  expect(read(body, FORM)).not.toHaveProperty('references');
});

test('bytes that are no text give an empty hint', () => {
  expect(read(new Uint8Array([0xff, 0xfe, 0x00, 0x80]))).toEqual({});
});
