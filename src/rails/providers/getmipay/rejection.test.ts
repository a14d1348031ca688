import { expect, test } from 'vitest';
import { parseJson } from './json-text.ts';
import { readRejection, refusalWords } from './rejection.ts';

test.each([
  ['OTP has expired', 'OTP_EXPIRED', 'OTP_EXPIRED'],
  ['otp_expired', 'OTP_EXPIRED', 'OTP_EXPIRED'],
  ['Code OTP incorrect', 'OTP_INVALID', 'OTP_INVALID'],
  ['insufficient_balance', 'INSUFFICIENT_FUNDS', 'FLOAT_INSUFFICIENT'],
  ['Solde insuffisant', 'INSUFFICIENT_FUNDS', 'FLOAT_INSUFFICIENT'],
  ['Insufficient permissions', 'UNSPECIFIED', 'UNSPECIFIED'],
  ['Plafond journalier atteint', 'PAYER_LIMIT', 'WALLET_LIMIT'],
  ['The amount must be at least 100', 'AMOUNT_OUT_OF_RANGE', 'AMOUNT_OUT_OF_RANGE'],
  ['AMOUNT_STEP · The amount must be a multiple of 5.', 'AMOUNT_STEP', 'AMOUNT_STEP'],
  ['Le montant doit être un multiple de 5', 'AMOUNT_STEP', 'AMOUNT_STEP'],
  ['The currency is invalid', 'CURRENCY_UNSUPPORTED', 'CURRENCY_UNSUPPORTED'],
  ['user_wallet_not_found', 'PAYER_NOT_FOUND', 'RECIPIENT_NOT_FOUND'],
  ['Numéro introuvable', 'PAYER_NOT_FOUND', 'RECIPIENT_NOT_FOUND'],
  ['Numéro de téléphone invalide', 'INVALID_MSISDN', 'INVALID_MSISDN'],
  ['Invalid API key', 'AUTH_CONFIG', 'AUTH_CONFIG'],
  ['Orange Money est en maintenance', 'RAIL_DOWN', 'RAIL_DOWN'],
  ['Le service est indisponible', 'RAIL_DOWN', 'open'],
  ['SERVICE_UNAVAILABLE · This service does not accept this operation.', 'RAIL_DOWN', 'RAIL_DOWN'],
  ['Rate limit exceeded', 'RAIL_DOWN', 'open'],
  ['Wallet limit exceeded', 'PAYER_LIMIT', 'WALLET_LIMIT'],
  ['The wallet is blocked', 'UNSPECIFIED', 'RECIPIENT_BLOCKED'],
  ['Le numéro est suspendu', 'UNSPECIFIED', 'RECIPIENT_BLOCKED'],
  ['Merchant suspended', 'AUTH_CONFIG', 'AUTH_CONFIG'],
  ['Quelque chose a échoué', 'UNSPECIFIED', 'open'],
  ['Something went wrong', 'UNSPECIFIED', 'open'],
  ['Payout failed: insufficient balance', 'INSUFFICIENT_FUNDS', 'FLOAT_INSUFFICIENT'],
  ['Validation error', 'UNSPECIFIED', 'UNSPECIFIED'],
  ['', 'UNSPECIFIED', 'UNSPECIFIED'],
  ['Transaction is processing', 'open', 'open'],
  ['Duplicate transaction', 'open', 'open'],
  ['Délai dépassé : timeout', 'open', 'open'],
])('"%s" is %s for a deposit and %s for a withdrawal', (words, deposit, withdrawal) => {
  expect(readRejection(words, 'in')).toBe(deposit);
  expect(readRejection(words, 'out')).toBe(withdrawal);
});

test.each([
  ['{"message":"No","error_code":"x"}', 'x · No'],
  ['{"error":"No"}', 'No'],
  ['{"error":{"message":"No","code":"x"}}', 'x · No'],
  ['{"data":{"message":"No"}}', 'No'],
  ['{"message":{"deep":1}}', ''],
  ['[]', ''],
])('the words of %s are "%s"', (json, words) => {
  expect(refusalWords(parseJson(json))).toBe(words);
});
