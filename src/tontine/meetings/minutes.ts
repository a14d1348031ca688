/**
 * Is what the minutes of a meeting say: who was there, what came in and went out, what each box and each fund holds.
 *
 * The figures are read from the books when the meeting closes and kept with it, so that the sheet that was signed and the
 * page that is looked at a year later say the same.
 */
import type { Currency } from '../../ground/money/currency.ts';
import { invariant } from '../../ground/refusal.ts';
import type { ShownFund } from '../groups/read-funds.ts';
import type { Presence } from './meeting.rows.ts';

/** Sums between the opening and the closing, or at the closing. */
export interface MinutesTotals {
  readonly contributionsWallet: bigint;
  readonly contributionsCash: bigint;
  readonly payoutsWallet: bigint;
  readonly payoutsCash: bigint;
  readonly finesLevied: bigint;
  readonly stillDue: bigint;
  readonly boxes: bigint;
}

export interface MinutesFund {
  readonly fund: ShownFund;
  readonly wallet: bigint;
  readonly cash: bigint;
}

export interface MinutesBox {
  readonly name: string;
  readonly opening: bigint;
  readonly cameIn: bigint;
  readonly wentOut: bigint;
  readonly counted: bigint;
  readonly variance: bigint;
  readonly explanation: string | null;
}

export interface Minutes {
  readonly meetingId: string;
  readonly groupName: string;
  readonly currency: Currency;
  readonly timeZone: string;
  readonly heldOn: string;
  readonly venue: string | null;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  /** Number of the round that was held. */
  readonly round: number | null;
  readonly presences: readonly { readonly name: string; readonly presence: Presence }[];
  readonly decisions: readonly string[];
  readonly totals: MinutesTotals;
  readonly funds: readonly MinutesFund[];
  readonly boxes: readonly MinutesBox[];
}

const TOTALS: readonly (keyof MinutesTotals)[] = [
  'contributionsWallet',
  'contributionsCash',
  'payoutsWallet',
  'payoutsCash',
  'finesLevied',
  'stillDue',
  'boxes',
];

/** As they are kept with the meeting: text, because JSON loses francs. */
export function totalsText(totals: MinutesTotals, funds: readonly MinutesFund[]): Record<string, string> {
  return {
    ...Object.fromEntries(TOTALS.map((name) => [name, String(totals[name])])),
    ...Object.fromEntries(
      funds.flatMap(({ fund, wallet, cash }) => [
        [`${fund}.wallet`, String(wallet)],
        [`${fund}.cash`, String(cash)],
      ]),
    ),
  };
}

/** Reads back what was kept. */
export function storedTotals(stored: Readonly<Record<string, string>>): MinutesTotals {
  const of = (name: keyof MinutesTotals): bigint => {
    const text = stored[name];
    invariant(text !== undefined, `minutes without ${name}`);
    return BigInt(text);
  };
  return {
    contributionsWallet: of('contributionsWallet'),
    contributionsCash: of('contributionsCash'),
    payoutsWallet: of('payoutsWallet'),
    payoutsCash: of('payoutsCash'),
    finesLevied: of('finesLevied'),
    stillDue: of('stillDue'),
    boxes: of('boxes'),
  };
}

export function storedFunds(
  stored: Readonly<Record<string, string>>,
  funds: readonly ShownFund[],
): MinutesFund[] {
  return funds.map((fund) => ({
    fund,
    wallet: BigInt(stored[`${fund}.wallet`] ?? '0'),
    cash: BigInt(stored[`${fund}.cash`] ?? '0'),
  }));
}
