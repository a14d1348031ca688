import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { CallbackRequest } from '../../provider.ts';
import type { WebhookRecipe } from './configuration.ts';
import { type SignatureSettings, verifySignature } from './signature.ts';

/** The vectors GM-wh of the reference: one body, one secret, one instant, four recipes. */
const BODY =
  '{"order_id":"MPAYIN_ABC123DEF456","soleaspay_reference":"MLS690d472dd7ee7B","status":"success","amount":5000,"currency":"XOF"}';
const TIMESTAMP = '1700000000';
const VECTORS: readonly (readonly [WebhookRecipe, string])[] = [
  ['body', 'fffea6688f9db51f838c204727c4b2657d969814efd7604e829b326de931c0ba'],
  ['timestamp.body', 'ff73023c29cb50171fe9924cc8aa8d40f1879a7e389936477dcd6c6ebd7e2202'],
  ['timestamp-body', '1bf47cedc2bbde1897a9bfe3ec692a250c6a1d2cff382a95cc0e7ebc9763c242'],
  ['timestamp-lf-body', 'abba3215b06e9a081125693802a5be9a380ab0087d318674bb8db82f8d532143'],
];
const FITTING = `sha256=${VECTORS[1]?.[1]}`;

const SETTINGS: SignatureSettings = {
  webhookSecret: 'gmp_wh_vector',
  webhookRecipe: 'timestamp.body',
  webhookTolerance_s: 300,
  environment: 'live',
};

interface Variation {
  readonly signature?: string | undefined;
  readonly timestamp?: string | undefined;
  readonly body?: string | Uint8Array;
  readonly late_s?: number;
}

function callback(varied: Variation = {}): CallbackRequest {
  const { signature, timestamp, body, late_s } = { signature: FITTING, timestamp: TIMESTAMP, ...varied };
  return {
    body: typeof body === 'object' ? body : Buffer.from(body ?? BODY),
    headers: { 'x-getmipay-signature': signature, 'x-getmipay-timestamp': timestamp },
    contentType: 'application/json',
    receivedAt: new Date((1_700_000_000 + (late_s ?? 0)) * 1000),
  };
}

const verdictOf = (varied: Variation, settings: Partial<SignatureSettings> = {}): string => {
  const verdict = verifySignature(callback(varied), { ...SETTINGS, ...settings });
  return verdict.verdict === 'verified' ? `verified by ${verdict.secret}` : verdict.verdict;
};

const everyPair = VECTORS.flatMap(([configured]) =>
  VECTORS.map(([signed, hex]) => [configured, signed, hex] as const),
);

test.each(everyPair)('configured for %s, signed as %s', (configured, signed, hex) => {
  const expected = configured === signed ? 'verified by current' : 'invalid';
  expect(verdictOf({ signature: `sha256=${hex}` }, { webhookRecipe: configured })).toBe(expected);
});

test('the signature covers the bytes: one altered byte, or the same JSON written again, is refused', () => {
  expect(verdictOf({ body: BODY.replace('5000', '5001') })).toBe('invalid');
  expect(verdictOf({ body: JSON.stringify(JSON.parse(BODY), undefined, 1) })).toBe('invalid');
  expect(verdictOf({ body: `${BODY}\n` })).toBe('invalid');
});

test('accents are signed as the bytes that came, not as another charset', () => {
  const text = '{"description":"Dépôt – 5 000 F","amount":5000}';
  const hex = 'fb65a917caa65176a9a2302db8ffffeb4517c61f20fa068052c433af9e5829f8';
  const settings = { webhookSecret: 'unicode_vector', webhookRecipe: 'body' } as const;
  expect(verdictOf({ signature: `sha256=${hex}`, body: text }, settings)).toBe('verified by current');
  const latin = Buffer.from(text.replace('–', '-'), 'latin1');
  expect(verdictOf({ signature: `sha256=${hex}`, body: latin }, settings)).toBe('invalid');
});

test.each([
  [0, 'verified by current'],
  [300, 'verified by current'],
  [-300, 'verified by current'],
  [301, 'invalid'],
  [-301, 'invalid'],
])('received %s seconds after its timestamp: %s', (late_s, expected) => {
  expect(verdictOf({ late_s })).toBe(expected);
});

test('the window also holds for the recipe that does not sign the timestamp, when one is sent along', () => {
  const signature = `sha256=${VECTORS[0]?.[1]}`;
  const settings = { webhookRecipe: 'body' } as const;
  expect(verdictOf({ signature, late_s: 301 }, settings)).toBe('invalid');
  expect(verdictOf({ signature, timestamp: undefined, late_s: 301 }, settings)).toBe('verified by current');
});

test('during a rotation the previous secret is still accepted, and no longer once it is removed', () => {
  const settings = { webhookSecret: 'the secret after rotation' };
  expect(verdictOf({}, { ...settings, previousWebhookSecret: 'gmp_wh_vector' })).toBe('verified by previous');
  expect(verdictOf({}, settings)).toBe('invalid');
});

test.each([
  ['no signature', { signature: undefined }],
  ['an empty signature', { signature: '' }],
  ['no scheme', { signature: FITTING.slice('sha256='.length) }],
  ['another scheme', { signature: FITTING.replace('sha256', 'sha512') }],
  ['a shortened signature', { signature: FITTING.slice(0, -2) }],
  ['a signature sent twice', { signature: `${FITTING}, ${FITTING}` }],
  ['an oversized signature', { signature: FITTING + 'a'.repeat(100_000) }],
  ['no timestamp', { timestamp: undefined }],
  ['a timestamp in milliseconds', { timestamp: '1700000000000' }],
  ['a timestamp sent twice', { timestamp: '1700000000, 1700000000' }],
  ['a timestamp with a sign', { timestamp: '+170000000' }],
])('%s is refused', (_what, varied) => {
  expect(verdictOf(varied)).toBe('invalid');
});

test.each<[string | undefined, 'sandbox' | 'live', string]>([
  [undefined, 'sandbox', 'unsigned'],
  [undefined, 'live', 'invalid'],
  ['', 'sandbox', 'invalid'],
  ['', 'live', 'invalid'],
  ['   ', 'sandbox', 'invalid'],
])('with the secret %j in %s a signature by the empty key is %s', (webhookSecret, environment, expected) => {
  const byEmptyKey = createHmac('sha256', webhookSecret ?? '')
    .update(`${TIMESTAMP}.${BODY}`)
    .digest('hex');
  const { webhookSecret: _removed, ...rest } = SETTINGS;
  const settings = { ...rest, environment, ...(webhookSecret === undefined ? {} : { webhookSecret }) };
  expect(verifySignature(callback({ signature: `sha256=${byEmptyKey}` }), settings).verdict).toBe(expected);
});

test('an empty previous secret opens no door', () => {
  const byEmptyKey = createHmac('sha256', '').update(`${TIMESTAMP}.${BODY}`).digest('hex');
  expect(verdictOf({ signature: `sha256=${byEmptyKey}` }, { previousWebhookSecret: '' })).toBe('invalid');
});
