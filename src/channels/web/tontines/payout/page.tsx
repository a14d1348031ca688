/**
 * Follows one pot to whoever receives it: collected of expected, who stands in for what is missing, the voices, the
 * money, and the beneficiary's own "yes, received".
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Frame } from '../../layout.tsx';
import { Amount } from '../../parts/amount.tsx';
import { Facts } from '../../parts/facts.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { Meter } from '../parts/meter.tsx';
import { PinStep } from '../parts/pin-step.tsx';

export type PayoutFace =
  | 'collecting' // contributions still come in
  | 'ready' // the round is closed, nobody proposed it yet
  | 'short' // the pot is not whole and the rule says to wait
  | 'proposed' // voices are waited for
  | 'approved' // the voices are there, the money moves
  | 'paid' // in the wallet or handed over
  | 'acknowledged'; // the beneficiary said yes

export interface PotPayout {
  readonly id: string;
  readonly beneficiary: string;
  readonly isMine: boolean;
  readonly face: PayoutFace;
  readonly amount: Money;
  /** The part that is handed over in cash, and by whom. */
  readonly inCash?: { readonly amount: Money; readonly keeper: string };
  readonly approvalId?: string;
  readonly given: number;
  readonly needed: number;
  /** What this visitor can do next; absent when nothing. At most one of a page has one. */
  readonly next?: 'propose' | 'hand-over' | 'confirm-handover' | 'acknowledge';
  /** What it is done about: the place of the pot, the payout, or the notes. */
  readonly subject?: string;
}

export interface PayoutPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly formId: string;
  readonly round: number;
  readonly collected: Money;
  readonly expected: Money;
  /** What is missing, whose dues it is, and how the rules fill it. */
  readonly missing?: {
    readonly amount: Money;
    readonly owing: readonly { readonly name: string; readonly amount: Money }[];
    readonly rule: 'wait' | 'guarantee' | 'pay-what-is-there';
    readonly advance?: Money;
  };
  readonly payouts: readonly PotPayout[];
  readonly hasPin: boolean;
  readonly refusals?: { readonly pin?: RefusalText; readonly form?: RefusalText };
}

export function PayoutPage(props: PayoutPageProps) {
  const { frame, group } = props;
  const words = wordsFor(frame.locale).tontines.payout;
  return (
    <GroupLayout frame={frame} group={group} title={words.title(props.round)} refusal={props.refusals?.form}>
      <section class="card" aria-labelledby="pot">
        <h2 id="pot">{words.pot}</h2>
        <p class="figure">
          <Amount value={props.collected} locale={frame.locale} />
        </p>
        <Meter part={props.collected.amount} whole={props.expected.amount} />
        <p>{words.of(moneyText(props.expected, 'page', frame.locale))}</p>
        <Missing {...props} />
      </section>
      {props.payouts.length === 0 ? <p class="card">{words.nobody}</p> : null}
      {props.payouts.map((payout) => (
        <OnePayout key={payout.id} {...props} payout={payout} />
      ))}
    </GroupLayout>
  );
}

function Missing({ frame, missing }: PayoutPageProps) {
  const words = wordsFor(frame.locale).tontines.payout;
  if (missing === undefined) return null;
  const text = (value: Money) => moneyText(value, 'page', frame.locale);
  return (
    <div class="doubt">
      <strong>{words.missing(text(missing.amount))}</strong>
      <p>{missing.owing.map(({ name, amount }) => words.owes(name, text(amount))).join(', ')}</p>
      <p>
        {missing.advance === undefined ? words.rules[missing.rule] : words.advance(text(missing.advance))}
      </p>
    </div>
  );
}

type OnePayoutProps = PayoutPageProps & { readonly payout: PotPayout };

function OnePayout(props: OnePayoutProps) {
  const { frame, group, payout } = props;
  const words = wordsFor(frame.locale).tontines.payout;
  const { inCash } = payout;
  return (
    <article class="card">
      <h2>{payout.isMine ? words.mine : words.for(payout.beneficiary)}</h2>
      <Facts
        facts={[
          { name: words.amount, value: <Amount value={payout.amount} locale={frame.locale} />, strong: true },
          inCash && {
            name: words.inCash(inCash.keeper),
            value: <Amount value={inCash.amount} locale={frame.locale} />,
          },
          { name: words.state, value: words.faces[payout.face] },
          payout.needed === 0
            ? undefined
            : { name: words.voices, value: `${payout.given} / ${payout.needed}` },
        ]}
      />
      {payout.approvalId === undefined ? null : (
        <a class="more" href={paths.tontineApproval(group.id, payout.approvalId)}>
          {words.toVoices}
        </a>
      )}
      <Next {...props} />
    </article>
  );
}

function Next({ frame, group, formId, payout, hasPin, refusals }: OnePayoutProps) {
  const words = wordsFor(frame.locale).tontines.payout;
  const { next } = payout;
  if (next === undefined) return null;
  const here = paths.tontinePayout(group.id);
  return (
    <form method="post" action={here}>
      <FormHead frame={frame} formId={formId} />
      <input type="hidden" name="payout_id" value={payout.subject} />
      <PinStep frame={frame} hasPin={hasPin} back={here} hint={words.pinHints[next]} refusal={refusals?.pin}>
        <button type="submit" class="primary" name="act" value={next}>
          {words.acts[next]}
        </button>
      </PinStep>
    </form>
  );
}
