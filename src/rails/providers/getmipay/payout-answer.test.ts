import { expect, test } from 'vitest';
import { type Asked, readCreateAnswer } from './create-answer.ts';
import { readSample } from './testing/read-sample.ts';

const ASKED: Asked = {
  direction: 'out',
  amount: { amount: 5_000n, currency: 'XOF' },
  environment: 'live',
  privateTexts: ['+2250700000001', '2250700000001', 'Awa Sample'],
};

const read = (status: number, text: string) => readCreateAnswer({ outcome: 'response', status, text }, ASKED);
const no = (message: string, rest: object = {}): string =>
  JSON.stringify({ success: false, message, ...rest });

test('an accepted pay-out keeps both references', () => {
  expect(read(200, readSample('payout-pending'))).toEqual({
    answer: 'accepted',
    references: { reference: 'MPAYOUT_SAMPLE0001', upstreamReference: 'MLSsample0011' },
    action: { kind: 'approve-on-phone' },
    status: 'pending',
  });
});

test('a fee, when one is told, comes on top: the recipient gets what was asked', () => {
  const data = { transaction_reference: 'MPAYOUT_SAMPLE0002', fee_amount: 50, net_amount: 5_000 };
  const answer = read(200, JSON.stringify({ success: true, data }));
  expect(answer).toMatchObject({ answer: 'accepted', fee: { amount: 50n, currency: 'XOF' } });
  expect(answer).not.toHaveProperty('net');
});

test.each([
  [200, readSample('payout-refused'), 'FLOAT_INSUFFICIENT'],
  [200, no('The wallet number was not found'), 'RECIPIENT_NOT_FOUND'],
  [200, no('Le numéro est bloqué'), 'RECIPIENT_BLOCKED'],
  [200, no('Wallet limit exceeded'), 'WALLET_LIMIT'],
  [200, no('Orange Money est en maintenance'), 'RAIL_DOWN'],
  [402, no('Solde insuffisant'), 'FLOAT_INSUFFICIENT'],
  [403, no('Merchant suspended'), 'AUTH_CONFIG'],
  [404, no('Recipient wallet not found'), 'RECIPIENT_NOT_FOUND'],
  [400, no('The request is not acceptable'), 'UNSPECIFIED'],
  [400, '{"message":"The amount must be at least 100"}', 'AMOUNT_OUT_OF_RANGE'],
  [422, '{"message":"The amount must be a multiple of 5."}', 'AMOUNT_STEP'],
  [422, '{"message":"The wallet format is invalid.","errors":{"wallet":["invalid"]}}', 'INVALID_MSISDN'],
  [422, '{"message":"Validation error"}', 'UNSPECIFIED'],
  [422, no('Currency not supported', { data: { status: 'failed' } }), 'CURRENCY_UNSUPPORTED'],
])('%s %s proves that nothing moved: %s', (status, text, code) => {
  expect(read(status, text)).toMatchObject({ answer: 'rejected', code });
});

test.each([
  ['a no without words', 200, '{"success":false}'],
  ['a no with vague words', 200, no('Une erreur est survenue')],
  ['a no with words never seen', 200, no('Code 77')],
  ['a failure whose moment is not told', 200, no('Payout failed')],
  ['a no of a service that is unavailable, since when nobody knows', 200, no('Service indisponible')],
  ['a no for too many calls', 200, no('Rate limit exceeded')],
  ['a no that is still open', 200, no('Upstream time-out')],
  ['a no for what was sent before', 422, no('Duplicate transaction')],
  ['a no with a trace of a transaction', 200, no('Insufficient balance', { soleaspay_reference: 'MLS1' })],
  ['the same within its data', 422, no('Wallet invalid', { data: { pay_id: 'MLS1' } })],
  ['a no that is processing', 200, no('Insufficient balance', { data: { status: 'processing' } })],
  ['a no that succeeded', 200, no('Insufficient balance', { data: { status: 'success' } })],
  ['a 400 that failed somehow', 400, no('Something went wrong')],
  ['a 400 that says yes', 400, '{"success":true,"message":"Invalid"}'],
  ['a 400 page', 400, '<html>400 Bad Request</html>'],
  ['an empty 422', 422, ''],
  ['cut-off validation', 422, '{"success":false,"mess'],
  ['a 403 page', 403, '<html>Forbidden</html>'],
  ['an empty 403', 403, ''],
  ['a 403 without a cause', 403, no('No')],
  ['a 404 page', 404, '<html>Not found</html>'],
  ['a 404 of a service', 404, no('Service not found')],
  ['a 408', 408, readSample('payout-refused')],
  ['a 409', 409, readSample('payout-refused')],
  ['a 429', 429, readSample('payout-refused')],
  ['a 500 that says no', 500, readSample('payout-refused')],
  ['a 502 page', 502, '<html><h1>502 Bad Gateway</h1></html>'],
  ['a 503', 503, ''],
  ['an empty 200', 200, ''],
  ['a 200 of HTML', 200, '<html></html>'],
  ['a cut-off 200', 200, readSample('payout-pending').slice(0, 110)],
  ['a 200 without a reference', 200, '{"success":true,"data":{"status":"pending"}}'],
  ['a redirect', 302, ''],
])('%s is unknown, and the hold stays', (_what, status, text) => {
  expect(read(status, text)).toMatchObject({ answer: 'unknown', phase: 'lost' });
});

test('a refusal that names a transaction is not believed: the status call will tell', () => {
  const data = { transaction_reference: 'MPAYOUT_SAMPLE0003', status: 'failed' };
  expect(read(200, no('Insufficient balance', { data }))).toMatchObject({
    answer: 'accepted',
    status: 'unrecognised',
    references: { reference: 'MPAYOUT_SAMPLE0003' },
  });
});

test('keys refused twice were never executed; what was not sent stays not sent', () => {
  expect(readCreateAnswer({ outcome: 'unauthorised', evidence: 'http-401' }, ASKED)).toMatchObject({
    answer: 'rejected',
    code: 'AUTH_CONFIG',
  });
  expect(readCreateAnswer({ outcome: 'not-sent', evidence: 'econnrefused' }, ASKED)).toMatchObject({
    phase: 'not-sent',
  });
  expect(readCreateAnswer({ outcome: 'lost', evidence: 'timeout' }, ASKED)).toMatchObject({ phase: 'lost' });
});
