/**
 * Holds the limits of withdrawals, as data with their source and date, and the words in which they are told.
 *
 * They are thresholds that the licence holder's compliance decides; no published figure speaks of withdrawals, so the
 * published ones for holding and loading are taken, and what is our own choice says so. Windows roll: a limit that
 * starts anew at midnight lets twice as much out within two minutes.
 */
import { DAY_MS } from '../ground/clock.ts';
import type { Currency } from '../ground/money/currency.ts';
import type { Money } from '../ground/money/money.ts';
import { moneyText } from '../ground/money/money-text.ts';
import { type Refusal, refusal } from '../ground/refusal.ts';
import type { Identification } from '../people/identification.ts';

/** Over how long a ceiling is counted, backwards from now. */
export type WithdrawalWindow =
  | 'day' // 24 hours
  | 'week' // 7 days
  | 'month'; // 30 days

export const WINDOW_MS: Readonly<Record<WithdrawalWindow, number>> = {
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
};

export interface WithdrawalCeiling {
  readonly window: WithdrawalWindow;
  /** Most that one person may send within the window, fees not counted. */
  readonly most: bigint;
  readonly source: string;
}

/** Most that one number may be sent, whoever sends: many accounts that empty into one phone are one thief. */
export interface DestinationVelocity {
  readonly payouts: number;
  readonly most: bigint;
  readonly within_ms: number;
  readonly source: string;
}

export interface WithdrawalLimits {
  readonly ceilings: Readonly<Record<Identification, readonly WithdrawalCeiling[]>>;
  readonly destination: DestinationVelocity;
}

const HOLDING =
  'BCEAO, Instruction 008-05-2015, article 31: what a person may hold, taken per day; read 2026-11';
const LOADING = 'BCEAO, Instruction 008-05-2015, article 31: what a person may load a month; read 2026-11';
const OURS = 'our own choice, as no figure is published; 2026-11';

const UMOA: WithdrawalLimits = {
  ceilings: {
    none: [
      { window: 'day', most: 200_000n, source: HOLDING },
      { window: 'week', most: 500_000n, source: OURS },
      { window: 'month', most: 1_000_000n, source: OURS },
    ],
    verified: [
      { window: 'day', most: 2_000_000n, source: HOLDING },
      { window: 'week', most: 5_000_000n, source: OURS },
      { window: 'month', most: 10_000_000n, source: LOADING },
    ],
  },
  destination: { payouts: 5, most: 2_000_000n, within_ms: DAY_MS, source: OURS },
};

/** Limits by currency; as for deposits, the union's figures stand in where none was found. */
export const WITHDRAWAL_LIMITS: Partial<Record<Currency, WithdrawalLimits>> = {
  XOF: UMOA,
  XAF: scaled(UMOA, 1n, 'as in the union of West Africa; no published figure found for CEMAC, 2026-11'),
  GNF: scaled(
    UMOA,
    14n,
    'as in the union of West Africa at about 14 GNF to 1 XOF; no published figure found, 2026-11',
  ),
};

function scaled(limits: WithdrawalLimits, factor: bigint, source: string): WithdrawalLimits {
  const scale = <T extends { readonly most: bigint }>(limit: T): T => ({
    ...limit,
    most: limit.most * factor,
    source,
  });
  return {
    ceilings: {
      none: limits.ceilings.none.map(scale),
      verified: limits.ceilings.verified.map(scale),
    },
    destination: scale(limits.destination),
  };
}

const WINDOW_WORDS: Readonly<Record<WithdrawalWindow, { readonly fr: string; readonly en: string }>> = {
  day: { fr: '24 heures', en: '24 hours' },
  week: { fr: '7 jours', en: '7 days' },
  month: { fr: '30 jours', en: '30 days' },
};

/** The person's own ceiling; `room` is what may still be sent now. */
export function ceilingExceeded(window: WithdrawalWindow, most: Money, room: Money): Refusal {
  const { fr, en } = WINDOW_WORDS[window];
  const [left, leftEn] =
    room.amount > 0n
      ? [
          `Vous pouvez encore retirer ${moneyText(room, 'page', 'fr')}.`,
          `You can still withdraw ${moneyText(room, 'page', 'en')}.`,
        ]
      : ['Cette limite est atteinte : réessayez plus tard.', 'This limit is reached: try again later.'];
  return refusal(
    `withdrawal-${window}-exceeded`,
    'too-many',
    `Vos retraits sont limités à ${moneyText(most, 'page', 'fr')} en ${fr}. ${left}`,
    `Your withdrawals are limited to ${moneyText(most, 'page', 'en')} in ${en}. ${leftEn}`,
  );
}

export const DESTINATION_TOO_OFTEN: Refusal = refusal(
  'withdrawal-destination-too-often',
  'too-many',
  'Ce numéro a déjà reçu cinq retraits en 24 heures. Réessayez demain, ou choisissez un autre numéro.',
  'This number has had five withdrawals within 24 hours. Try again tomorrow, or choose another number.',
);

/** It does not tell what is left: that would tell a stranger what others sent to this number. */
export function destinationExceeded(most: Money): Refusal {
  return refusal(
    'withdrawal-destination-exceeded',
    'too-many',
    `Un numéro peut recevoir au plus ${moneyText(most, 'page', 'fr')} en 24 heures, tous expéditeurs confondus. ` +
      'Choisissez un montant plus petit ou un autre numéro, ou réessayez demain.',
    `One number can receive at most ${moneyText(most, 'page', 'en')} within 24 hours, from all senders together. ` +
      'Choose a smaller amount or another number, or try again tomorrow.',
  );
}
