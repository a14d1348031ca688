/**
 * Holds the limits of deposits, as data with their source and date.
 *
 * They are thresholds that the licence holder's compliance decides; the figures here are the published ones to start
 * from.
 */
import { MINUTE_MS } from '../ground/clock.ts';
import type { Currency } from '../ground/money/currency.ts';
import type { Money } from '../ground/money/money.ts';
import { moneyText } from '../ground/money/money-text.ts';
import { type Refusal, refusal } from '../ground/refusal.ts';
import type { Identification } from '../people/identification.ts';

export interface DepositLimits {
  /** Most that one person may hold, counting what is on its way, by how well we know them. */
  readonly holding: Readonly<Record<Identification, bigint>>;
  /** Most that may be loaded within a calendar month. */
  readonly monthlyLoad: bigint;
  readonly source: string;
}

const UMOA: DepositLimits = {
  holding: { none: 200_000n, verified: 2_000_000n },
  monthlyLoad: 10_000_000n,
  source: 'BCEAO, Instruction 008-05-2015, article 31; read 2026-11',
};

/** Limits by currency. Outside the union no figure was found: the union's is kept until compliance says otherwise. */
export const DEPOSIT_LIMITS: Partial<Record<Currency, DepositLimits>> = {
  XOF: UMOA,
  XAF: { ...UMOA, source: 'as in the union of West Africa; no published figure found for CEMAC, 2026-11' },
  // The same order of value: about 14 francs of Guinea to one franc CFA.
  GNF: {
    holding: { none: 2_800_000n, verified: 28_000_000n },
    monthlyLoad: 140_000_000n,
    source: 'as in the union of West Africa at about 14 GNF to 1 XOF; no published figure found, 2026-11',
  },
};

/** A phone is asked at most three times in ten minutes, whoever asks: a push is also a way to harass somebody. */
export const PUSHES_PER_PHONE = { most: 3, within_ms: 10 * MINUTE_MS } as const;

export const TOO_MANY_PUSHES: Refusal = refusal(
  'deposit-too-many-pushes',
  'too-many',
  'Ce numéro a déjà reçu trois demandes en dix minutes. Attendez quelques minutes avant de recommencer.',
  'This number has had three requests within ten minutes. Wait a few minutes before trying again.',
);

export function holdingExceeded(limit: Money, room: Money): Refusal {
  return refusal(
    'deposit-holding-exceeded',
    'invalid',
    `Votre portefeuille peut contenir au plus ${moneyText(limit, 'page', 'fr')}. Vous pouvez encore recharger ${moneyText(room, 'page', 'fr')}.`,
    `Your wallet can hold at most ${moneyText(limit, 'page', 'en')}. You can still add ${moneyText(room, 'page', 'en')}.`,
  );
}

export function monthlyLoadExceeded(limit: Money): Refusal {
  return refusal(
    'deposit-monthly-load-exceeded',
    'invalid',
    `Les recharges d’un mois sont limitées à ${moneyText(limit, 'page', 'fr')}.`,
    `Top-ups are limited to ${moneyText(limit, 'page', 'en')} a month.`,
  );
}
