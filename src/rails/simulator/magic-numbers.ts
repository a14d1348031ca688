/**
 * Gives the numbers that decide how a pay-in goes, by their last four digits, the same in all countries.
 *
 * With them every failure of a real rail can be produced from a form, by hand, without any other tool. Pay-outs have a
 * list of their own; on a card it is the card number that decides.
 */
import { MINUTE_MS, SECOND_MS } from '../../ground/clock.ts';
import {
  type Behaviour,
  CARD,
  CARD_PAYOUT,
  type MagicNumber,
  ORDINARY,
  ORDINARY_PAYOUT,
  settles,
} from './behaviour.ts';
import { PAYOUT_NUMBERS } from './payout-numbers.ts';

const SOON_MS = 2 * SECOND_MS;
const BY_ITSELF: Behaviour = { ...ORDINARY, asksPhone: false, script: settles(SOON_MS) };

function magic(ending: string, fr: string, en: string, differences: Partial<Behaviour>): MagicNumber {
  return { ending, fr, en, behaviour: { ...BY_ITSELF, ...differences } };
}

export const MAGIC_NUMBERS: readonly MagicNumber[] = [
  magic(
    '0001',
    'Payé tout de suite, sans confirmation sur le téléphone.',
    'Paid at once, without confirmation on the phone.',
    {
      script: settles(0),
    },
  ),
  magic('0002', 'Refusé par le payeur après 2 secondes.', 'Refused by the payer after 2 seconds.', {
    script: [{ after_ms: SOON_MS, state: 'failed', cause: 'payer-refused' }],
  }),
  magic(
    '0003',
    'Solde insuffisant : la demande est rejetée aussitôt.',
    'Insufficient funds: the request is rejected at once.',
    {
      creation: 'no-funds',
    },
  ),
  magic('0004', 'Silence : le payeur ne répond jamais.', 'Silence: the payer never answers.', { script: [] }),
  magic(
    '0005',
    'Payé ; la même notification arrive cinq fois à la fois.',
    'Paid; the same callback arrives five times at once.',
    {
      callbacks: 'five-times',
    },
  ),
  magic(
    '0006',
    'Expire, puis se révèle payé 60 secondes plus tard.',
    'Expires, then turns out to be paid 60 seconds later.',
    {
      script: [
        { after_ms: SOON_MS, state: 'expired', cause: 'payer-silent' },
        { after_ms: SOON_MS + MINUTE_MS, state: 'success', cause: 'late-success' },
      ],
    },
  ),
  magic('0007', 'Payé, mais aucune notification n’est envoyée.', 'Paid, but no callback is ever sent.', {
    callbacks: 'never',
  }),
  magic(
    '0008',
    'Payé ; la notification arrive avant la réponse à la demande.',
    'Paid; the callback arrives before the answer to the request.',
    {
      callbacks: 'before-answer',
      script: settles(0),
    },
  ),
  magic(
    '0009',
    'Exécuté, puis la connexion est coupée sans réponse.',
    'Executed, then the connection breaks without an answer.',
    {
      creation: 'lost',
    },
  ),
  magic('0010', 'Exécuté, puis erreur HTTP 500.', 'Executed, then HTTP 500.', { creation: 'error-500' }),
  magic(
    '0011',
    'Exécuté, puis une réponse JSON coupée en deux.',
    'Executed, then a JSON answer cut in half.',
    {
      creation: 'truncated',
    },
  ),
  magic(
    '0012',
    'Le payeur paie un dixième de moins que demandé.',
    'The payer pays one tenth less than asked.',
    {
      collects: 'less',
    },
  ),
  magic('0013', 'Payé dans une autre devise que demandé.', 'Paid in another currency than asked.', {
    collects: 'other-currency',
  }),
  magic(
    '0014',
    'Payé, mais annoncé par un mot inconnu (« treated »).',
    'Paid, but announced with an unknown word ("treated").',
    {
      successWord: 'treated',
    },
  ),
  magic('0015', 'Exécuté, mais la réponse met 35 secondes.', 'Executed, but the answer takes 35 seconds.', {
    creation: 'slow',
  }),
  magic(
    '0016',
    'Payé, puis annulé par l’opérateur 30 secondes après.',
    'Paid, then reversed by the operator 30 seconds later.',
    {
      script: [
        { after_ms: SOON_MS, state: 'success', cause: 'script' },
        { after_ms: SOON_MS + 30 * SECOND_MS, state: 'reversed', cause: 'operator-reversal' },
      ],
    },
  ),
  magic(
    '0017',
    'Payé ; une notification mal signée précède la vraie.',
    'Paid; a wrongly signed callback comes before the true one.',
    {
      callbacks: 'forged-first',
    },
  ),
  magic('0018', 'Introuvable pendant 30 secondes, puis payé.', 'Not found for 30 seconds, then paid.', {
    hiddenFor_ms: 30 * SECOND_MS,
    script: settles(30 * SECOND_MS),
  }),
  magic('0019', 'Exécuté, puis une réponse 200 vide.', 'Executed, then an empty 200.', { creation: 'empty' }),
  magic(
    '0020',
    'Page d’erreur 502 d’une passerelle ; rien n’est exécuté.',
    'A gateway’s 502 page; nothing is executed.',
    {
      creation: 'gateway-502',
    },
  ),
];

/** How a payment goes when nobody asked for something else. */
export function behaviourOf(
  wallet: string,
  manner: { readonly direction: 'in' | 'out'; readonly isCard: boolean },
): Behaviour {
  if (manner.isCard) return manner.direction === 'in' ? CARD : CARD_PAYOUT;
  const numbers = manner.direction === 'in' ? MAGIC_NUMBERS : PAYOUT_NUMBERS;
  const found = numbers.find(({ ending }) => wallet.endsWith(ending));
  return found?.behaviour ?? (manner.direction === 'in' ? ORDINARY : ORDINARY_PAYOUT);
}
