/**
 * Shows the round of now: whose pot it is, how much of it is there, until when, and the one button that matters.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Frame } from '../../layout.tsx';
import { Amount } from '../../parts/amount.tsx';
import { paths } from '../../paths.ts';
import { formatDeadline } from '../../words/day-text.ts';
import { wordsFor } from '../../words/words.ts';
import type { GroupStanding } from '../group-sentence.ts';
import type { GroupHead } from '../parts/group-layout.tsx';
import { Meter } from '../parts/meter.tsx';
import { type Place, RoundRing } from '../parts/round-ring.tsx';

export interface RoundCard {
  readonly number: number;
  readonly of: number;
  /** Whose turn it is; empty while it is not decided, or where nobody is served. */
  readonly recipients: readonly string[];
  readonly isMine: boolean;
  readonly collected: Money;
  readonly expected: Money;
  readonly deadline: Date;
  readonly phase:
    | 'open' // contributions come in
    | 'closed' // the deadline is over, the pot is not paid yet
    | 'served'; // the pot was paid
  readonly places: readonly Place[];
}

interface RoundNowProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly card: RoundCard;
  readonly owed: GroupStanding['owed'];
}

export function RoundNow({ frame, group, card, owed }: RoundNowProps) {
  const { locale } = frame;
  const words = wordsFor(locale).tontines.round;
  const names = card.recipients.join(', ');
  return (
    <section class="balance round" aria-labelledby="round">
      <div>
        <h2 id="round">{words.title(card.number, String(card.of))}</h2>
        <p class="for">{names === '' ? words.undecided : card.isMine ? words.forMe : words.for(names)}</p>
      </div>
      <RoundRing places={card.places} />
      <p>
        <strong class="figure">
          <Amount value={card.collected} locale={locale} />
        </strong>{' '}
        {words.of(moneyText(card.expected, 'page', locale))}
      </p>
      <Meter part={card.collected.amount} whole={card.expected.amount} />
      <p>{words[card.phase](formatDeadline(card.deadline, locale, frame.timeZone))}</p>
      <p class="moves">
        {owed === undefined ? null : (
          <a class="button primary" href={paths.tontinePay(group.id)}>
            {words.pay(moneyText(owed.amount, 'page', locale))}
          </a>
        )}
        {card.phase === 'open' ? null : (
          <a class="button" href={paths.tontinePayout(group.id)}>
            {words.payout}
          </a>
        )}
      </p>
    </section>
  );
}
