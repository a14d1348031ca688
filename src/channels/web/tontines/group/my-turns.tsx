/**
 * Says when it is my turn, and what I will receive.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Frame } from '../../layout.tsx';
import { Icon } from '../../parts/icons.tsx';
import { formatDay } from '../../words/day-text.ts';
import { wordsFor } from '../../words/words.ts';

export interface MyTurn {
  readonly shareNumber: number;
  /** Absent while the order is not decided. */
  readonly round?: { readonly number: number; readonly day: string; readonly isServed: boolean };
  readonly pot: Money;
}

export function MyTurns({ frame, turns }: { readonly frame: Frame; readonly turns: readonly MyTurn[] }) {
  const words = wordsFor(frame.locale).tontines.turn;
  if (turns.length === 0) return null;
  return (
    <section class="card turns" aria-labelledby="turn">
      <h2 id="turn" class="with-icon">
        <Icon name="clock" />
        {words.title}
      </h2>
      {turns.map(({ shareNumber, round, pot }) => {
        const amount = moneyText(pot, 'page', frame.locale);
        if (round === undefined) return <p key={shareNumber}>{words.undecided(amount)}</p>;
        const day = formatDay(round.day, frame.locale);
        return (
          <p key={shareNumber}>
            {round.isServed
              ? words.served(round.number, day, amount)
              : words.coming(round.number, day, amount)}
          </p>
        );
      })}
    </section>
  );
}
