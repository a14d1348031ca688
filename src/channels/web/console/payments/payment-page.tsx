/**
 * Shows one payment with its whole story, and the two questions that an operator may ask about it.
 */
import { money } from '../../../../ground/money/money.ts';
import { countAnswers, type StoryStep } from '../../../../oversight/payments/payment-story.ts';
import type { Payment } from '../../../../rails/payments/payment.ts';
import { Amount, When } from '../../parts/amount.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Csrf } from '../../parts/field.tsx';
import { wordsFor } from '../../words/words.ts';
import { type ConsoleFrame, ConsoleLayout } from '../console-layout.tsx';
import { consolePaths } from '../console-paths.ts';
import { codeText, StateChip } from '../parts/state-chip.tsx';
import { StoryList } from '../parts/story-list.tsx';

export interface PaymentPageProps {
  readonly frame: ConsoleFrame;
  readonly payment: Payment;
  readonly ownerName?: string;
  /** Masked, unless the reader just said why they need all of it. */
  readonly phoneText: string;
  readonly isMasked: boolean;
  readonly story: readonly StoryStep[];
  readonly names: ReadonlyMap<string, string>;
  readonly mayNudge: boolean;
}

export function PaymentPage(props: PaymentPageProps) {
  const { frame, payment } = props;
  const words = wordsFor(frame.locale).console;
  return (
    <ConsoleLayout frame={frame} title={payment.reference} active="payments">
      <p class="back">
        <a href={consolePaths.payments}>{words.back}</a>
      </p>
      <div class="title">
        <h1>{payment.reference}</h1>
        <StateChip state={payment.state} locale={frame.locale} />
      </div>
      {payment.reason === undefined ? null : <p class="lead">{codeText(words.reasons, payment.reason)}</p>}
      <div class="pair">
        <section class="card" aria-label={words.follow.figures}>
          <PaymentFacts {...props} />
        </section>
        <section class="card" aria-labelledby="acts">
          <h2 id="acts">{words.follow.acts}</h2>
          {props.mayNudge ? <AskForm frame={frame} paymentId={payment.id} /> : null}
          {props.isMasked ? <UnmaskForm frame={frame} paymentId={payment.id} /> : null}
          <p class="hint">{words.follow.actsHint}</p>
        </section>
      </div>
      <section class="card" aria-labelledby="story">
        <h2 id="story">{words.story.title}</h2>
        <StoryList
          frame={frame}
          story={props.story}
          currency={payment.currency}
          names={props.names}
          mayReplay={props.mayNudge}
        />
      </section>
    </ConsoleLayout>
  );
}

function PaymentFacts({ frame, payment, ownerName, phoneText, story }: PaymentPageProps) {
  const all = wordsFor(frame.locale);
  const words = all.console.follow;
  const amountOf = (amount: bigint) => (
    <Amount value={money(amount, payment.currency)} locale={frame.locale} />
  );
  const when = (instant: Date | undefined) =>
    instant === undefined ? all.console.none : <When instant={instant} locale={frame.locale} />;
  return (
    <Facts
      facts={[
        { name: words.amount, value: amountOf(payment.amount), strong: true },
        { name: words.quotedFee, value: amountOf(payment.quotedFee) },
        payment.fee === undefined ? undefined : { name: words.fee, value: amountOf(payment.fee) },
        payment.credited === undefined
          ? undefined
          : { name: words.credited, value: amountOf(payment.credited) },
        { name: words.method, value: `${all.methods[payment.method]} · ${payment.country}` },
        { name: words.number, value: phoneText },
        {
          name: words.owner,
          value: <a href={consolePaths.person(payment.ownerId)}>{ownerName ?? payment.ownerId}</a>,
        },
        { name: words.created, value: when(payment.createdAt) },
        { name: words.settled, value: when(payment.settledAt) },
        { name: words.nextLook, value: when(payment.nextActionAt) },
        { name: words.asks, value: String(Math.max(payment.enquiries, countAnswers(story))) },
        payment.enquiredAt === undefined
          ? undefined
          : { name: words.lastAsked, value: when(payment.enquiredAt) },
        payment.providerReference === undefined
          ? undefined
          : { name: words.theirReference, value: <code>{payment.providerReference}</code> },
        payment.upstreamReference === undefined
          ? undefined
          : { name: words.upstreamReference, value: <code>{payment.upstreamReference}</code> },
        { name: words.environment, value: `${payment.provider} · ${payment.environment}` },
        { name: words.id, value: <code>{payment.id}</code> },
      ]}
    />
  );
}

interface ActProps {
  readonly frame: ConsoleFrame;
  readonly paymentId: string;
}

function AskForm({ frame, paymentId }: ActProps) {
  return (
    <form method="post" action={consolePaths.paymentAsk(paymentId)}>
      <Csrf token={frame.csrf} />
      <button type="submit" class="primary">
        {wordsFor(frame.locale).console.follow.ask}
      </button>
    </form>
  );
}

function UnmaskForm({ frame, paymentId }: ActProps) {
  const words = wordsFor(frame.locale).console.follow;
  return (
    <form method="post" action={consolePaths.paymentUnmask(paymentId)}>
      <Csrf token={frame.csrf} />
      <div class="field">
        <label for="f-reason">{words.unmaskWhy}</label>
        <input id="f-reason" name="reason" required maxLength={300} autoComplete="off" />
      </div>
      <button type="submit">{words.unmask}</button>
    </form>
  );
}
