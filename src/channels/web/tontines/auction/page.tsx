/**
 * Sells a turn among those who wait for theirs: the bounds, the best offer, what mine would bring me and everybody else.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Frame } from '../../layout.tsx';
import { Amount } from '../../parts/amount.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Field } from '../../parts/field.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { paths } from '../../paths.ts';
import { formatDeadline } from '../../words/day-text.ts';
import { wordsFor } from '../../words/words.ts';
import { AmountField } from '../parts/amount-field.tsx';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';

export interface AuctionPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly formId: string;
  readonly round: number;
  readonly kind: 'discount' | 'premium';
  readonly face: 'none' | 'open' | 'awarded' | 'void';
  readonly pot: Money;
  readonly least: Money;
  readonly most: Money;
  readonly step: Money;
  readonly deadline?: Date;
  readonly best?: Money;
  readonly mine?: Money;
  /** Once it is over. */
  readonly winner?: {
    readonly name: string;
    readonly bid: Money;
    readonly receives: Money;
    readonly others: Money;
  };
  /** What the amount typed would do. */
  readonly look?: { readonly receives: Money; readonly others: Money };
  /** Why this visitor cannot bid, as a sentence; absent for those who can. */
  readonly barredBecause?: string;
  /** What an officer may do now. */
  readonly next?: 'open' | 'award';
  readonly amount: string;
  /** How long it lasts, as typed. */
  readonly minutes: string;
  readonly hasPin: boolean;
  readonly refusals?: {
    readonly minutes?: RefusalText;
    readonly amount?: RefusalText;
    readonly pin?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function AuctionPage(props: AuctionPageProps) {
  const { frame, group, face, winner } = props;
  const words = wordsFor(frame.locale).tontines.auction;
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.title(props.round)}
      lead={words.kinds[props.kind]}
      refusal={props.refusals?.form}
    >
      <div class="card">
        <p class="figure">
          <Amount value={props.pot} locale={frame.locale} />
        </p>
        <p>{words.faces[face]}</p>
        {winner === undefined ? <Bounds {...props} /> : <Winner {...props} winner={winner} />}
      </div>
      {face === 'open' ? <Bid {...props} /> : null}
      <Officer {...props} />
    </GroupLayout>
  );
}

function Bounds({ frame, least, most, step, deadline, best, mine }: AuctionPageProps) {
  const words = wordsFor(frame.locale).tontines.auction;
  const shown = (value: Money) => <Amount value={value} locale={frame.locale} />;
  return (
    <Facts
      facts={[
        best && { name: words.best, value: shown(best), strong: true },
        mine && { name: words.mine, value: shown(mine) },
        { name: words.least, value: shown(least) },
        { name: words.most, value: shown(most) },
        { name: words.step, value: shown(step) },
        deadline && { name: words.until, value: formatDeadline(deadline, frame.locale, frame.timeZone) },
      ]}
    />
  );
}

type WinnerProps = AuctionPageProps & { readonly winner: NonNullable<AuctionPageProps['winner']> };

function Winner({ frame, kind, winner }: WinnerProps) {
  const words = wordsFor(frame.locale).tontines.auction;
  const shown = (value: Money) => <Amount value={value} locale={frame.locale} />;
  return (
    <Facts
      facts={[
        { name: words.winner, value: winner.name, strong: true },
        { name: words.bid, value: shown(winner.bid) },
        { name: words.receives, value: shown(winner.receives) },
        { name: words.others[kind], value: shown(winner.others) },
      ]}
    />
  );
}

function Bid(props: AuctionPageProps) {
  const { frame, group, kind, look, barredBecause, refusals } = props;
  const words = wordsFor(frame.locale).tontines.auction;
  const here = paths.tontineAuction(group.id);
  if (barredBecause !== undefined) return <p class="card">{barredBecause}</p>;
  return (
    <form method="post" action={here} class="card">
      <FormHead frame={frame} formId={props.formId} enter={words.look} />
      <AmountField
        name="amount"
        label={words.amount}
        hint={words.amountHint}
        value={props.amount}
        refusal={refusals?.amount}
      />
      <button type="submit" name="look" value="1" formNoValidate>
        {words.look}
      </button>
      {look === undefined ? null : (
        <p class="doubt">
          {words.wouldReceive(moneyText(look.receives, 'page', frame.locale))}{' '}
          {words.wouldGive[kind](moneyText(look.others, 'page', frame.locale))}
        </p>
      )}
      <PinStep frame={frame} hasPin={props.hasPin} back={here} hint={words.pinHint} refusal={refusals?.pin}>
        <button type="submit" class="primary" name="act" value="bid">
          {words.give}
        </button>
      </PinStep>
    </form>
  );
}

function Officer({ frame, group, formId, next, minutes, refusals }: AuctionPageProps) {
  const words = wordsFor(frame.locale).tontines.auction;
  if (next === undefined) return null;
  return (
    <form method="post" action={paths.tontineAuction(group.id)} class="card">
      <FormHead frame={frame} formId={formId} />
      {next === 'open' ? (
        <Field
          name="minutes"
          inputMode="numeric"
          autoComplete="off"
          label={words.minutes}
          hint={words.minutesHint}
          value={minutes}
          refusal={refusals?.minutes}
          maxLength={5}
        />
      ) : null}
      <button type="submit" class="primary" name="act" value={next}>
        {words.acts[next]}
      </button>
    </form>
  );
}
