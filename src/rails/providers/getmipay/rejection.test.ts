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
  ['AMOUNT_STEP · The amount must be a multiple of 5.', 'AMOUNT_OUT_OF_RANGE', 'AMOUNT_OUT_OF_RANGE'],
  ['The currency is invalid', 'CURRENCY_UNSUPPORTED', 'CURRENCY_UNSUPPORTED'],
  ['user_wallet_not_found', 'PAYER_NOT_FOUND', 'RECIPIENT_NOT_FOUND'],
  ['Numéro introuvable', 'PAYER_NOT_FOUND', 'RECIPIENT_NOT_FOUND'],
  ['Numéro de téléphone invalide', 'INVALID_MSISDN', 'INVALID_MSISDN'],
  ['Invalid API key', 'AUTH_CONFIG', 'AUTH_CONFIG'],
  ['Orange Money est en maintenance', 'RAIL_DOWN', 'RAIL_DOWN'],
  ['Quelque chose a échoué', 'UNSPECIFIED', 'UNSPECIFIED'],
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
