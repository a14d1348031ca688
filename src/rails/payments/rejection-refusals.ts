/**
 * Says to a person why a provider refused, in words that tell what to do.
 *
 * What is our own trouble (our float, our keys, a rail that is down) is never put on the person.
 */
import { type Refusal, type RefusalKind, refusal } from '../../ground/refusal.ts';
import type { RejectionCode } from '../provider.ts';

const OURS = [
  'unavailable',
  'Le service est momentanément indisponible. Votre argent n’a pas bougé. Réessayez plus tard.',
  'The service is not available at the moment. Your money has not moved. Try again later.',
] as const;

const REJECTIONS: Readonly<Record<RejectionCode, readonly [RefusalKind, string, string]>> = {
  INVALID_MSISDN: [
    'invalid',
    'L’opérateur ne reconnaît pas ce numéro.',
    'The operator does not know this number.',
  ],
  PAYER_NOT_FOUND: [
    'invalid',
    'Ce numéro n’a pas de compte chez cet opérateur.',
    'This number has no account with this operator.',
  ],
  RECIPIENT_NOT_FOUND: [
    'invalid',
    'Ce numéro n’a pas de compte chez cet opérateur.',
    'This number has no account with this operator.',
  ],
  RECIPIENT_BLOCKED: [
    'denied',
    'Ce compte est bloqué chez l’opérateur. Adressez-vous à lui.',
    'This account is blocked by the operator. Please contact them.',
  ],
  NOT_APPROVED: [
    'denied',
    'La demande a été refusée sur le téléphone.',
    'The request was refused on the phone.',
  ],
  INSUFFICIENT_FUNDS: [
    'invalid',
    'Le solde de ce compte mobile ne suffit pas.',
    'This mobile account does not hold enough.',
  ],
  PAYER_LIMIT: [
    'invalid',
    'La limite de ce compte mobile est atteinte. Essayez un montant plus petit ou attendez demain.',
    'This mobile account has reached its limit. Try a smaller amount, or wait until tomorrow.',
  ],
  WALLET_LIMIT: [
    'invalid',
    'La limite de ce compte mobile est atteinte.',
    'This mobile account has reached its limit.',
  ],
  AMOUNT_OUT_OF_RANGE: [
    'invalid',
    'L’opérateur n’accepte pas ce montant.',
    'The operator does not accept this amount.',
  ],
  AMOUNT_STEP: [
    'invalid',
    'L’opérateur n’accepte que certains montants ronds.',
    'The operator only accepts certain round amounts.',
  ],
  CURRENCY_UNSUPPORTED: OURS,
  OTP_INVALID: [
    'invalid',
    'Ce code n’est pas le bon. Composez le menu de l’opérateur pour en obtenir un nouveau.',
    'This code is not right. Dial the operator’s menu to get a new one.',
  ],
  OTP_EXPIRED: [
    'invalid',
    'Ce code n’est plus valable. Composez le menu de l’opérateur pour en obtenir un nouveau.',
    'This code is no longer valid. Dial the operator’s menu to get a new one.',
  ],
  FLOAT_INSUFFICIENT: OURS,
  RAIL_DOWN: OURS,
  AUTH_CONFIG: OURS,
  UNSPECIFIED: [
    'denied',
    'L’opérateur a refusé le paiement sans dire pourquoi. Votre argent n’a pas bougé.',
    'The operator refused the payment without saying why. Your money has not moved.',
  ],
};

/** The refusal for a rejection code as stored on a payment; nothing for reasons that are not a rejection. */
export function rejectionRefusal(reason: string | undefined): Refusal | undefined {
  if (reason === undefined || !Object.hasOwn(REJECTIONS, reason)) return undefined;
  const code = reason as RejectionCode;
  const [kind, fr, en] = REJECTIONS[code];
  return refusal(`provider-${code.toLowerCase().replaceAll('_', '-')}`, kind, fr, en);
}
