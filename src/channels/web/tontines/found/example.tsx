/**
 * Shows what the typed rules would do, in francs and dates: rules are agreed on by looking at an example, not at words.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Frame } from '../../layout.tsx';
import { Amount } from '../../parts/amount.tsx';
import { Facts } from '../../parts/facts.tsx';
import { formatDay } from '../../words/day-text.ts';
import { wordsFor } from '../../words/words.ts';

export interface RulesExample {
  readonly pot: Money;
  /** What one share pays each time, solidarity included. */
  readonly each: Money;
  readonly rounds: number;
  readonly firstDay: string;
  readonly lastDay: string;
  /** What being late beyond the grace costs; absent where there is no fine. */
  readonly late?: {
    readonly graceHours: number;
    readonly before: Money;
    readonly after: Money;
    /** True where each day begun costs so much. */
    readonly isPerDay?: boolean;
    readonly cap?: Money;
  };
}

export function Example({ frame, example }: { readonly frame: Frame; readonly example: RulesExample }) {
  const { found: words, rules } = wordsFor(frame.locale).tontines;
  const { locale } = frame;
  const { late } = example;
  const shown = (value: Money) => <Amount value={value} locale={locale} />;
  const text = (value: Money) => moneyText(value, 'page', locale);
  const cost = (value: Money) => (late?.isPerDay ? rules.perDay(text(value)) : text(value));
  return (
    <section class="otp" aria-labelledby="example">
      <h2 id="example">{words.exampleTitle}</h2>
      <Facts
        facts={[
          { name: words.each, value: shown(example.each) },
          { name: words.pot, value: shown(example.pot), strong: true },
          { name: words.rounds, value: String(example.rounds) },
          { name: words.first, value: formatDay(example.firstDay, locale) },
          { name: words.last, value: formatDay(example.lastDay, locale) },
        ]}
      />
      <p>
        {late === undefined
          ? words.noLateExample
          : words.lateExample(late.graceHours, cost(late.before), cost(late.after))}
        {late?.cap === undefined ? null : ` ${words.lateCapExample(text(late.cap))}`}
      </p>
    </section>
  );
}
