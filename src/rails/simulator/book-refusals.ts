/**
 * Holds every "no" that the simulated aggregator can say about a payment.
 *
 * The codes are what its API sends as `error_code` and the English sentences what it sends as `message`; no public
 * source lists the real ones, so these use the plain words by which the known clients recognise a cause.
 */
import { type Refusal, refusal } from '../../ground/refusal.ts';
import type { CatalogueEntry } from './catalogue.ts';

export const BOOK_REFUSALS = {
  serviceUnknown: refusal(
    'SERVICE_NOT_FOUND',
    'invalid',
    'Ce service n’existe pas.',
    'This service does not exist.',
  ),
  directionClosed: refusal(
    'SERVICE_UNAVAILABLE',
    'invalid',
    'Ce service n’accepte pas cette opération.',
    'This service does not accept this operation.',
  ),
  currencyMismatch: refusal(
    'CURRENCY_MISMATCH',
    'invalid',
    'Ce service n’utilise pas cette devise.',
    'This service does not use this currency.',
  ),
  walletInvalid: refusal(
    'INVALID_WALLET',
    'invalid',
    'Ce numéro n’est pas valable pour ce service.',
    'The wallet number is not valid for this service.',
  ),
  otpRequired: refusal(
    'OTP_REQUIRED',
    'invalid',
    'Ce service demande un code (otp).',
    'An otp is required for this service.',
  ),
  otpInvalid: refusal('OTP_INVALID', 'invalid', 'Le code (otp) est faux.', 'The otp is invalid.'),
  otpExpired: refusal('OTP_EXPIRED', 'invalid', 'Le code (otp) a expiré.', 'The otp has expired.'),
  fundsInsufficient: refusal(
    'INSUFFICIENT_FUNDS',
    'conflict',
    'Le solde du payeur est insuffisant.',
    'Insufficient funds in the wallet of the payer.',
  ),
  balanceInsufficient: refusal(
    'INSUFFICIENT_BALANCE',
    'conflict',
    'Le solde du marchand est insuffisant.',
    'Insufficient merchant balance.',
  ),
  recipientUnknown: refusal(
    'RECIPIENT_NOT_FOUND',
    'invalid',
    'Le portefeuille du destinataire est introuvable.',
    'The wallet of the recipient was not found.',
  ),
  connectionBroken: refusal(
    'CONNECTION_BROKEN',
    'unavailable',
    'La connexion a été coupée ; rien n’a été exécuté.',
    'The connection broke; nothing was executed.',
  ),
  tooManyRequests: refusal(
    'TOO_MANY_REQUESTS',
    'too-many',
    'Trop de demandes ; rien n’a été exécuté.',
    'Too many requests.',
  ),
  topUpInvalid: refusal(
    'TOP_UP_INVALID',
    'invalid',
    'Le montant doit être compris entre 1 et 1 000 000 000.',
    'The amount must be between 1 and 1,000,000,000.',
  ),
  gatewayDown: refusal(
    'BAD_GATEWAY',
    'unavailable',
    'La passerelle est en panne ; rien n’a été exécuté.',
    'The gateway is down; nothing was executed.',
  ),
  transactionUnknown: refusal(
    'TRANSACTION_NOT_FOUND',
    'absent',
    'Cette transaction est introuvable.',
    'Transaction not found.',
  ),
} as const;

/** Why this amount, in francs, cannot be paid through this service; nothing when it can. */
export function amountRefusal(entry: CatalogueEntry, amount: bigint): Refusal | undefined {
  const { minAmount, maxAmount, stepAmount } = entry;
  if (amount < minAmount || amount > maxAmount) {
    return refusal(
      'AMOUNT_OUT_OF_RANGE',
      'invalid',
      `Le montant doit être compris entre ${minAmount} et ${maxAmount}.`,
      `The amount must be between ${minAmount} and ${maxAmount}.`,
    );
  }
  if (amount % stepAmount === 0n) return undefined;
  return refusal(
    'AMOUNT_STEP',
    'invalid',
    `Le montant doit être un multiple de ${stepAmount}.`,
    `The amount must be a multiple of ${stepAmount}.`,
  );
}

/** Why a transaction cannot go from one state to the other. */
export function changeRefusal(from: string, to: string): Refusal {
  return refusal(
    'TRANSACTION_FINAL',
    'conflict',
    `Une transaction « ${from} » ne peut pas devenir « ${to} ».`,
    `A transaction that is "${from}" cannot become "${to}".`,
  );
}
