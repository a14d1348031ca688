/**
 * Lays out one payment under review: what was asked beside what is known, then the decision that two people take.
 */
import type { Currency } from '../../../../ground/money/currency.ts';
import { type Money, money } from '../../../../ground/money/money.ts';
import type { StatedLines } from '../../../../oversight/decide/stated-lines.ts';
import { countAnswers, type StoryStep } from '../../../../oversight/payments/payment-story.ts';
import type { Payment } from '../../../../rails/payments/payment.ts';
import type { ReviewOutcome } from '../../../../rails/payments/review.rows.ts';
import { Amount, When } from '../../parts/amount.tsx';
import { type Fact, Facts } from '../../parts/facts.tsx';
import { Csrf } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { wordsFor } from '../../words/words.ts';
import { type ConsoleFrame, ConsoleLayout } from '../console-layout.tsx';
import { consolePaths } from '../console-paths.ts';
import { codeText, StateChip } from '../parts/state-chip.tsx';
import { StoryList } from '../parts/story-list.tsx';
import { StatedCard } from './stated-card.tsx';

export interface CaseProposal {
  readonly id: string;
  readonly by: string;
  readonly outcome: ReviewOutcome;
  readonly reason: string;
  readonly evidence: string;
  readonly at: Date;
  readonly expiresAt: Date;
}

export interface CasePageProps {
  readonly frame: ConsoleFrame;
  readonly reviewId: string;
  readonly reason: string;
  readonly openedAt: Date;
  readonly payment: Payment;
  /** Masked. */
  readonly phoneText: string;
  /** What really came of a deposit, waiting in suspense. */
  readonly suspended?: Money;
  /** The float before and after the last instruction. */
  readonly float?: { readonly before: bigint; readonly after?: bigint };
  /** Present while the case is open and the reader may decide. */
  readonly outcomes?: readonly ReviewOutcome[];
  readonly proposal?: CaseProposal;
  /** The reader made the open proposal. */
  readonly isOwn?: boolean;
  readonly outcome?: 'paid' | 'failed' | 'settled-by-provider';
  readonly stated: StatedLines;
  readonly story: readonly StoryStep[];
  readonly names: ReadonlyMap<string, string>;
}

export function CasePage(props: CasePageProps) {
  const { frame, payment, reason, outcome } = props;
  const words = wordsFor(frame.locale).console;
  const title = `${words.decide.caseTitle} ${payment.reference}`;
  return (
    <ConsoleLayout frame={frame} title={title} active="reviews">
      <p class="back">
        <a href={consolePaths.reviews}>{words.back}</a>
      </p>
      <div class="title">
        <h1>{title}</h1>
        <StateChip state={payment.state} locale={frame.locale} />
      </div>
      <p class="lead">{codeText(words.reasons, reason)}</p>
      {outcome === undefined ? null : (
        <Notice kind="info" text={words.decide.closedAs(words.outcomes[outcome])} locale={frame.locale} />
      )}
      <div class="pair">
        <Asked {...props} />
        <Known {...props} />
      </div>
      <StatedCard frame={frame} stated={props.stated} />
      <Decision {...props} />
      <section class="card" aria-labelledby="story">
        <h2 id="story">{words.story.title}</h2>
        <StoryList frame={frame} story={props.story} currency={payment.currency} names={props.names} />
      </section>
    </ConsoleLayout>
  );
}

function Asked({ frame, payment, phoneText }: CasePageProps) {
  const all = wordsFor(frame.locale);
  const words = all.console.decide;
  const amountOf = (amount: bigint) => (
    <Amount value={money(amount, payment.currency)} locale={frame.locale} />
  );
  return (
    <section class="card" aria-labelledby="asked">
      <h2 id="asked">{words.asked}</h2>
      <Facts
        facts={[
          { name: words.kind, value: payment.direction === 'in' ? words.deposit : words.withdrawal },
          { name: words.amount, value: amountOf(payment.amount), strong: true },
          { name: words.fee, value: amountOf(payment.quotedFee) },
          { name: words.method, value: `${all.methods[payment.method]} · ${payment.country}` },
          { name: words.number, value: phoneText },
          { name: words.since, value: <When instant={payment.createdAt} locale={frame.locale} /> },
          {
            name: words.payment,
            value: <a href={consolePaths.payment(payment.id)}>{payment.reference}</a>,
          },
        ]}
      />
    </section>
  );
}

function Known(props: CasePageProps) {
  const { frame, payment, suspended, float } = props;
  const words = wordsFor(frame.locale).console.decide;
  const facts: (Fact | undefined)[] = [
    suspended && {
      name: words.suspended,
      value: <Amount value={suspended} locale={frame.locale} />,
      strong: true,
    },
    ...floatFacts(frame, float, payment),
    payment.providerReference === undefined
      ? { name: words.theirReference, value: words.none }
      : { name: words.theirReference, value: <code>{payment.providerReference}</code> },
    { name: words.asks, value: String(Math.max(payment.enquiries, countAnswers(props.story))) },
    { name: words.opened, value: <When instant={props.openedAt} locale={frame.locale} /> },
  ];
  return (
    <section class="card" aria-labelledby="known">
      <h2 id="known">{words.known}</h2>
      <Facts facts={facts} />
    </section>
  );
}

/** The float before and after, and whether the difference is the amount: the best evidence about a lost answer. */
function floatFacts(frame: ConsoleFrame, float: CasePageProps['float'], payment: Payment): Fact[] {
  if (float === undefined) return [];
  const words = wordsFor(frame.locale).console.decide;
  const text = (amount: bigint, currency: Currency = payment.currency) => (
    <Amount value={money(amount, currency)} locale={frame.locale} />
  );
  const facts: Fact[] = [{ name: words.floatBefore, value: text(float.before) }];
  if (float.after === undefined) return [...facts, { name: words.floatAfter, value: words.unread }];
  const moved = float.before - float.after;
  const hint =
    moved >= payment.amount ? words.floatMoved : moved === 0n ? words.floatStill : words.floatOther;
  return [
    ...facts,
    { name: words.floatAfter, value: text(float.after) },
    { name: words.floatSays, value: hint, strong: true },
  ];
}

function Decision(props: CasePageProps) {
  const { frame, proposal, outcomes, isOwn = false, outcome } = props;
  const words = wordsFor(frame.locale).console;
  if (outcome !== undefined) return null;
  if (proposal === undefined)
    return outcomes === undefined ? <p>{words.decide.financeOnly}</p> : <ProposeForm {...props} />;
  return (
    <section class="card" aria-labelledby="proposal">
      <h2 id="proposal">{words.decide.proposed(proposal.by, words.outcomes[proposal.outcome])}</h2>
      <Facts
        facts={[
          { name: words.decide.reason, value: proposal.reason },
          { name: words.decide.evidence, value: proposal.evidence },
          { name: words.decide.at, value: <When instant={proposal.at} locale={frame.locale} /> },
          { name: words.decide.expires, value: <When instant={proposal.expiresAt} locale={frame.locale} /> },
        ]}
      />
      {outcomes === undefined ? (
        <p>{words.decide.financeOnly}</p>
      ) : (
        <>
          {isOwn ? (
            <p class="doubt">{words.decide.own}</p>
          ) : (
            <DecideForm {...props} proposal={proposal} decision="approved" />
          )}
          <DecideForm {...props} proposal={proposal} decision="refused" />
        </>
      )}
    </section>
  );
}

interface DecideFormProps extends CasePageProps {
  readonly proposal: CaseProposal;
  readonly decision: 'approved' | 'refused';
}

function DecideForm({ frame, reviewId, proposal, decision, payment }: DecideFormProps) {
  const words = wordsFor(frame.locale).console.decide;
  return (
    <form method="post" action={consolePaths.reviewDecide(reviewId)}>
      <Csrf token={frame.csrf} />
      <input type="hidden" name="proposal" value={proposal.id} />
      <input type="hidden" name="decision" value={decision} />
      {decision === 'approved' ? <p>{words.effects[payment.direction][proposal.outcome]}</p> : null}
      <button type="submit" class={decision === 'approved' ? 'primary' : undefined}>
        {words[decision]}
      </button>
    </form>
  );
}

function ProposeForm({ frame, reviewId, outcomes = [], payment }: CasePageProps) {
  const all = wordsFor(frame.locale).console;
  const words = all.decide;
  return (
    <form method="post" action={consolePaths.reviewPropose(reviewId)} class="card">
      <h2>{words.propose}</h2>
      <Csrf token={frame.csrf} />
      <fieldset>
        <legend>{words.what}</legend>
        {outcomes.map((one) => (
          <label key={one} class="choice">
            <input type="radio" name="outcome" value={one} required />
            <span>
              <strong>{all.outcomes[one]}</strong>
              <small>{words.effects[payment.direction][one]}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div class="field">
        <label for="f-reason">{words.reason}</label>
        <textarea id="f-reason" name="reason" required maxLength={500} />
      </div>
      <div class="field">
        <label for="f-evidence">{words.evidence}</label>
        <p class="hint" id="f-evidence-hint">
          {words.evidenceHint}
        </p>
        <textarea
          id="f-evidence"
          name="evidence"
          required
          maxLength={500}
          aria-describedby="f-evidence-hint"
        />
      </div>
      <button type="submit" class="primary">
        {words.propose}
      </button>
    </form>
  );
}
