/**
 * Shows which days were compared with the statements, how long after, and what came out: a day that nobody looked at is
 * never shown as clean.
 */
import { CURRENCIES } from '../../../../ground/money/currency.ts';
import type { Locale } from '../../../../ground/money/money-text.ts';
import type { DayLook } from '../../../../oversight/reconcile/day-look.rows.ts';
import type { LookDepth } from '../../../../oversight/reconcile/due-days.ts';
import { formatDate, wordsFor } from '../../words/words.ts';

interface DaysProps {
  readonly locale: Locale;
  readonly looks: readonly DayLook[];
}

const DEPTHS: readonly LookDepth[] = [0, 1, 3, 7];

export function Days({ locale, looks }: DaysProps) {
  const words = wordsFor(locale).console.reconcile.days;
  if (looks.length === 0) return <p>{words.none}</p>;
  return (
    <section class="card" aria-labelledby="days">
      <h2 id="days">{words.title}</h2>
      <p class="hint">{words.lead}</p>
      {CURRENCIES.filter((currency) => looks.some((look) => look.currency === currency)).map((currency) => (
        <DaysOf
          key={currency}
          locale={locale}
          currency={currency}
          looks={looks.filter((look) => look.currency === currency)}
        />
      ))}
    </section>
  );
}

function DaysOf({ locale, currency, looks }: DaysProps & { readonly currency: string }) {
  const words = wordsFor(locale).console.reconcile.days;
  const days = [...new Set(looks.map((look) => look.day))];
  return (
    <table class="stack">
      <caption>{currency}</caption>
      <thead>
        <tr>
          <th scope="col">{words.day}</th>
          {DEPTHS.map((depth) => (
            <th key={depth} scope="col">
              {words.depths[depth]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={day}>
            <th scope="row" data-label={words.day}>
              <time dateTime={day}>{formatDate(new Date(`${day}T12:00:00Z`), locale)}</time>
            </th>
            {DEPTHS.map((depth) => (
              <Outcome
                key={depth}
                locale={locale}
                depth={depth}
                look={looks.find((look) => look.day === day && look.depth === depth)}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface OutcomeProps {
  readonly locale: Locale;
  readonly depth: LookDepth;
  readonly look: DayLook | undefined;
}

/** Where nobody looked there is a dash, read out as words; a small screen leaves the line out. */
function Outcome({ locale, depth, look }: OutcomeProps) {
  const words = wordsFor(locale).console.reconcile.days;
  if (look === undefined)
    return (
      <td class="blank">
        <span aria-hidden="true">–</span>
        <span class="unseen">{words.notYet}</span>
      </td>
    );
  const { differing, unstated, lines, movements, opened, gone } = look;
  const parts = [
    ...(differing > 0 ? [words.differing(differing)] : []),
    ...(unstated > 0 ? [words.unstated(unstated)] : []),
  ];
  return (
    <td data-label={words.depths[depth]}>
      <span>
        {parts.length === 0 ? words.clean : parts.join(' · ')}
        <small>
          {words.compared(movements, lines)}
          {opened > 0 ? ` · ${words.opened(opened)}` : null}
          {gone > 0 ? ` · ${words.gone(gone)}` : null}
        </small>
      </span>
    </td>
  );
}
