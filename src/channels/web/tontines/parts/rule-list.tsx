/**
 * Writes the by-law of a group as sentences: the same ones for whoever joins, contributes, or is fined.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Frame } from '../../layout.tsx';
import { wordsFor } from '../../words/words.ts';

export interface RulesSummary {
  readonly contribution: Money;
  readonly rhythm:
    | 'daily'
    | 'every-days'
    | 'weekly'
    | 'twice-weekly'
    | 'fortnightly'
    | 'monthly'
    | 'twice-monthly'
    | 'nth-weekday'
    | 'custom';
  /** Which days exactly, such as `le samedi`. */
  readonly days?: string;
  /** Where a cycle has another number of rounds than shares. */
  readonly rounds?: number;
  /** Its bounds as shown, where turns are sold. */
  readonly auction?: {
    readonly least: string;
    readonly most: string;
    readonly step: Money;
    readonly commission: string;
  };
  /** Most that one late payment costs. */
  readonly lateCap?: Money;
  readonly voices?: { readonly payout: number; readonly other: number; readonly hours: number };
  /** The hour until which one pays, as `18:00`. */
  readonly deadline: string;
  readonly graceHours: number;
  readonly order: 'fixed' | 'draw' | 'auction-discount' | 'auction-premium' | 'vote';
  /** As shown: an amount, a rate, an amount a day. Absent where the group has no fine. */
  readonly lateBefore?: string;
  readonly lateAfter?: string;
  readonly absenceFine?: Money;
  readonly solidarity?: Money;
  /** What the solidarity fund helps with. */
  readonly events?: readonly {
    readonly name: string;
    readonly amount: Money;
    readonly afterMonths: number;
  }[];
  readonly guarantee?: Money;
  readonly shortfall: 'wait' | 'guarantee' | 'pay-what-is-there';
  readonly visibility: 'all' | 'own-and-totals';
}

export function RuleList({ frame, rules }: { readonly frame: Frame; readonly rules: RulesSummary }) {
  return (
    <ul class="rules">
      {sentences(frame, rules).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function sentences(frame: Frame, rules: RulesSummary): readonly string[] {
  const words = wordsFor(frame.locale).tontines.rules;
  const text = (value: Money) => moneyText(value, 'page', frame.locale);
  const { lateBefore, lateAfter, auction, voices } = rules;
  const often = words.rhythms[rules.rhythm];
  const rhythm = rules.days === undefined ? often : `${often} (${rules.days})`;
  return [
    words.contribution(text(rules.contribution), rhythm, rules.deadline),
    ...(rules.rounds === undefined ? [] : [words.rounds(rules.rounds)]),
    words.orders[rules.order],
    ...(auction === undefined
      ? []
      : [
          words.auction(auction.least, auction.most, text(auction.step)),
          words.commission(auction.commission),
        ]),
    lateBefore === undefined || lateAfter === undefined
      ? words.noFine
      : words.late(rules.graceHours, lateBefore, lateAfter),
    ...(rules.lateCap === undefined ? [] : [words.lateCap(text(rules.lateCap))]),
    ...(rules.absenceFine === undefined ? [] : [words.absence(text(rules.absenceFine))]),
    ...(rules.solidarity === undefined ? [] : [words.solidarity(text(rules.solidarity))]),
    ...(rules.events ?? []).map((one) => words.event(one.afterMonths, one.name, text(one.amount))),
    ...(rules.guarantee === undefined ? [] : [words.guarantee(text(rules.guarantee))]),
    words.shortfalls[rules.shortfall],
    words.visibilities[rules.visibility],
    ...(voices === undefined ? [] : [words.voices(voices.payout, voices.other, voices.hours)]),
  ];
}
