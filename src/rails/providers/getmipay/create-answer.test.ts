import { expect, test } from 'vitest';
import { type Asked, readCreateAnswer } from './create-answer.ts';
import { readSample } from './testing/read-sample.ts';

const ASKED: Asked = {
  direction: 'in',
  amount: { amount: 5_000n, currency: 'XOF' },
  environment: 'live',
  privateTexts: ['+2250700000001', '2250700000001', 'K7P2', 'Awa Sample'],
};

const read = (status: number, text: string, asked: Partial<Asked> = {}) =>
  readCreateAnswer({ outcome: 'response', status, text }, { ...ASKED, ...asked });

const inData = (fields: object): string =>
  JSON.stringify({ success: true, data: { transaction_reference: 'MPAYIN_SAMPLE0009', ...fields } });

test('an accepted pay-in keeps both references, the fee and the net', () => {
  expect(read(200, readSample('payin-pending'))).toEqual({
    answer: 'accepted',
    references: { reference: 'MPAYIN_SAMPLE0001', upstreamReference: 'MLSsample0001' },
    action: { kind: 'approve-on-phone' },
    status: 'pending',
    fee: { amount: 90n, currency: 'XOF' },
    net: { amount: 4_910n, currency: 'XOF' },
  });
});

test('a hosted page becomes a redirect', () => {
  expect(read(201, readSample('payin-hosted-page'))).toMatchObject({
    action: { kind: 'redirect', url: 'https://pay.example.test/pay/MLSsample0002' },
    status: 'pending',
  });
});

test.each([
  ['http://pay.example.test/1', 'live', 'approve-on-phone'],
  ['http://pay.example.test/1', 'sandbox', 'redirect'],
  ['javascript:alert(1)', 'sandbox', 'approve-on-phone'],
  ['//pay.example.test/1', 'sandbox', 'approve-on-phone'],
] as const)('the page %s is followed in %s: %s', (payment_url, environment, kind) => {
  expect(read(200, inData({ payment_url }), { environment })).toMatchObject({ action: { kind } });
});

test.each([
  ['fee above the amount', { fee_amount: 5_001 }],
  ['fee and net that do not add up', { fee_amount: 90, net_amount: 4_900 }],
  ['an unreadable fee', { fee_amount: '1e1' }],
  ['a net that cannot be read', { fee_amount: 90, net_amount: '4 910' }],
  ['a fee in another currency', { fee_amount: 90, currency: 'XAF' }],
])('%s is no fee at all', (_what, fields) => {
  const answer = read(200, inData(fields));
  expect(answer).toMatchObject({ answer: 'accepted' });
  expect(answer).not.toHaveProperty('fee');
  expect(answer).not.toHaveProperty('net');
});

test.each([
  ['an empty 200', 200, ''],
  ['a 200 of HTML', 200, '<html><body>Welcome</body></html>'],
  ['a cut-off 200', 200, readSample('payin-pending').slice(0, 120)],
  ['a 200 without a reference', 200, '{"success":true,"data":{"status":"pending"}}'],
  ['a 200 with a reference that cannot be one', 200, inData({ transaction_reference: 'two words' })],
  ['a 200 that is null', 200, 'null'],
  ['a 204', 204, ''],
  ['a redirect', 302, ''],
  ['a 404 page', 404, '<html>Not found</html>'],
  ['a 408', 408, readSample('payin-refused')],
  ['a 409', 409, readSample('payin-refused')],
  ['a 429', 429, readSample('payin-refused')],
  ['a 500 that says no', 500, readSample('payin-refused')],
  ['a 502 page', 502, '<html><h1>502 Bad Gateway</h1></html>'],
  ['a 503', 503, ''],
  ['a no that is still open', 200, '{"success":false,"message":"Upstream time-out"}'],
  ['a 400 that is still open', 400, '{"success":false,"message":"Paiement déjà en cours"}'],
])('%s is unknown', (_what, status, text) => {
  expect(read(status, text)).toMatchObject({ answer: 'unknown', phase: 'lost' });
});

test.each([
  [200, readSample('payin-refused'), 'INSUFFICIENT_FUNDS'],
  [200, '{"success":false}', 'UNSPECIFIED'],
  [200, '{"success":"false","message":"No"}', 'UNSPECIFIED'],
  [400, '{"message":"The otp is invalid"}', 'OTP_INVALID'],
  [400, '', 'UNSPECIFIED'],
  [422, '{"message":"The wallet format is invalid."}', 'INVALID_MSISDN'],
  [404, '{"success":false,"message":"Service not found"}', 'UNSPECIFIED'],
  [403, '{"success":false,"message":"Insufficient balance"}', 'AUTH_CONFIG'],
])('%s %s is a refusal: %s', (status, text, code) => {
  expect(read(status, text)).toMatchObject({ answer: 'rejected', code });
});

test('a refusal that names a transaction is not believed: the status call will tell', () => {
  expect(read(200, readSample('payin-refused-with-reference'))).toMatchObject({
    answer: 'accepted',
    status: 'unrecognised',
    references: { reference: 'MPAYIN_SAMPLE0003', upstreamReference: 'MLSsample0003' },
  });
});

test('what was not sent stays not sent, what was lost stays lost, and refused keys are ours to repair', () => {
  expect(readCreateAnswer({ outcome: 'not-sent', evidence: 'econnrefused' }, ASKED)).toEqual({
    answer: 'unknown',
    phase: 'not-sent',
    evidence: 'econnrefused',
  });
  expect(readCreateAnswer({ outcome: 'lost', evidence: 'timeout' }, ASKED)).toMatchObject({ phase: 'lost' });
  expect(readCreateAnswer({ outcome: 'unauthorised', evidence: 'http-401' }, ASKED)).toEqual({
    answer: 'rejected',
    code: 'AUTH_CONFIG',
    detail: 'http-401',
  });
});

test('the detail repeats neither number, code, name nor key', () => {
  const message =
    'Awa Sample 07 00 00 00 01 (+2250700000001) code K7P2 key gmp_sk_sample_0123456789abcdefghijkl';
  const answer = read(400, JSON.stringify({ message }));
  const detail = answer.answer === 'rejected' ? answer.detail : '';
  expect(detail).toMatch(/^http-400 /);
  expect(detail).not.toMatch(/Awa|0{3}|07 00|K7P2|gmp_sk/);
});
