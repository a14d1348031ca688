/**
 * Gives the numbers that decide how a pay-out goes, by their last four digits, the same in all countries.
 *
 * Where it makes sense an ending does to a pay-out what it does to a pay-in. The difference is who suffers: a merchant
 * who reads one of these answers as "failed" gives the money back to somebody who has it already.
 */
import { MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import { type Behaviour, type MagicNumber, ORDINARY_PAYOUT, settles } from './behaviour.ts';

const SOON_MS = 2 * SECOND_MS;

function payout(ending: string, fr: string, en: string, differences: Partial<Behaviour> = {}): MagicNumber {
  return { ending, fr, en, behaviour: { ...ORDINARY_PAYOUT, ...differences } };
}

export const PAYOUT_NUMBERS: readonly MagicNumber[] = [
  payout('0001', 'Versé tout de suite.', 'Paid out at once.', { script: settles(0) }),
  payout(
    '0002',
    'Refusé par l’opérateur du destinataire après 2 secondes ; le marchand retrouve son argent.',
    'Refused by the recipient’s operator after 2 seconds; the merchant gets the money back.',
    { script: [{ after_ms: SOON_MS, state: 'failed', cause: 'recipient-refused' }] },
  ),
  payout(
    '0003',
    'Solde du marchand insuffisant, quel qu’il soit : rejeté aussitôt.',
    'Insufficient merchant balance, whatever it is: rejected at once.',
    { creation: 'no-funds' },
  ),
  payout('0004', 'Silence : reste en cours pour toujours.', 'Silence: processing for ever.', { script: [] }),
  payout(
    '0005',
    'Versé ; la même notification arrive cinq fois à la fois.',
    'Paid out; the same callback arrives five times at once.',
    { callbacks: 'five-times' },
  ),
  payout(
    '0006',
    'Échoue, puis se révèle versé 60 secondes plus tard.',
    'Fails, then turns out to be paid 60 seconds later.',
    {
      script: [
        { after_ms: SOON_MS, state: 'failed', cause: 'script' },
        { after_ms: SOON_MS + MINUTE_MS, state: 'success', cause: 'late-success' },
      ],
    },
  ),
  payout(
    '0007',
    'Versé, mais aucune notification n’est envoyée.',
    'Paid out, but no callback is ever sent.',
    {
      callbacks: 'never',
    },
  ),
  payout(
    '0008',
    'Versé ; la notification arrive avant la réponse à la demande.',
    'Paid out; the callback arrives before the answer to the request.',
    { callbacks: 'before-answer', script: settles(0) },
  ),
  payout(
    '0009',
    'Exécuté, puis la connexion est coupée sans réponse.',
    'Executed, then the connection breaks without an answer.',
    { creation: 'lost' },
  ),
  payout('0010', 'Exécuté, puis erreur HTTP 500.', 'Executed, then HTTP 500.', { creation: 'error-500' }),
  payout(
    '0011',
    'Exécuté, puis une réponse JSON coupée en deux.',
    'Executed, then a JSON answer cut in half.',
    {
      creation: 'truncated',
    },
  ),
  payout(
    '0012',
    'Un dixième de moins que demandé est versé, et le statut le dit.',
    'One tenth less than asked is paid out, and the status says so.',
    { collects: 'less' },
  ),
  payout('0013', 'Versé dans une autre devise que demandé.', 'Paid out in another currency than asked.', {
    collects: 'other-currency',
  }),
  payout(
    '0014',
    'Versé, mais annoncé par un mot inconnu (« treated »).',
    'Paid out, but announced with an unknown word ("treated").',
    { successWord: 'treated' },
  ),
  payout('0015', 'Exécuté, mais la réponse met 35 secondes.', 'Executed, but the answer takes 35 seconds.', {
    creation: 'slow',
  }),
  payout(
    '0016',
    'Versé, puis rendu au marchand par l’opérateur 30 secondes après.',
    'Paid out, then returned to the merchant by the operator 30 seconds later.',
    {
      script: [
        { after_ms: SOON_MS, state: 'success', cause: 'script' },
        { after_ms: SOON_MS + 30 * SECOND_MS, state: 'reversed', cause: 'operator-reversal' },
      ],
    },
  ),
  payout(
    '0017',
    'Versé ; une notification mal signée précède la vraie.',
    'Paid out; a wrongly signed callback comes before the true one.',
    { callbacks: 'forged-first' },
  ),
  payout('0018', 'Introuvable pendant 30 secondes, puis versé.', 'Not found for 30 seconds, then paid out.', {
    hiddenFor_ms: 30 * SECOND_MS,
    script: settles(30 * SECOND_MS),
  }),
  payout('0019', 'Exécuté, puis une réponse 200 vide.', 'Executed, then an empty 200.', {
    creation: 'empty',
  }),
  payout(
    '0020',
    'Page d’erreur 502 d’une passerelle ; rien n’est exécuté.',
    'A gateway’s 502 page; nothing is executed.',
    { creation: 'gateway-502' },
  ),
  payout('0021', 'Destinataire inconnu : rejeté aussitôt.', 'Recipient unknown: rejected at once.', {
    creation: 'no-recipient',
  }),
  payout(
    '0022',
    'La connexion est coupée sans réponse ; rien n’est exécuté.',
    'The connection breaks without an answer; nothing is executed.',
    { creation: 'lost-before' },
  ),
  payout(
    '0023',
    'Exécuté, mais la réponse dit non, sans cause claire.',
    'Executed, but the answer says no, without a clear cause.',
    { creation: 'vague-no' },
  ),
  payout('0024', 'Exécuté, puis erreur HTTP 409.', 'Executed, then HTTP 409.', { creation: 'error-409' }),
  payout(
    '0025',
    'Trop de demandes (HTTP 429) ; rien n’est exécuté.',
    'Too many requests (HTTP 429); nothing is executed.',
    { creation: 'busy-429' },
  ),
];
