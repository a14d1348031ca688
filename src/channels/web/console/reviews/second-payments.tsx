/**
 * Lists second payments: somebody paid twice, and two people say where the second money goes.
 */

import type { Currency } from '../../../../ground/money/currency.ts';
import { type Money, money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { SecondOutcome } from '../../../../rails/payments/second-payment.rows.ts';
import { Amount, When } from '../../parts/amount.tsx';
import { Csrf } from '../../parts/field.tsx';
import { named, quoted } from '../../words/quoted.ts';
import { wordsFor } from '../../words/words.ts';
import type { ConsoleFrame } from '../console-layout.tsx';
import { consolePaths } from '../console-paths.ts';

export interface SecondLine {
  readonly id: string;
  readonly paymentId: string;
  readonly reference: string;
  readonly theirReference: string;
  readonly foundAt: Date;
  /** What lies in suspense; absent while nobody can read how much it was. */
  readonly amount?: Money;
  readonly proposal?: {
    readonly id: string;
    readonly by: string;
    readonly isOwn: boolean;
    readonly outcome: SecondOutcome;
    readonly reason: string;
    readonly evidence: string;
    readonly stated?: bigint;
    readonly currency: Currency;
  };
}

interface SecondPaymentsProps {
  readonly frame: ConsoleFrame;
  readonly lines: readonly SecondLine[];
  readonly mayDecide: boolean;
}

export function SecondPayments({ frame, lines, mayDecide }: SecondPaymentsProps) {
  const words = wordsFor(frame.locale).console.second;
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="seconds">
      <h2 id="seconds">{words.title}</h2>
      <p class="hint">{words.lead}</p>
      <div class="pair">
        {lines.map((line) => (
          <SecondCard key={line.id} frame={frame} line={line} mayDecide={mayDecide} />
        ))}
      </div>
    </section>
  );
}

interface CardProps {
  readonly frame: ConsoleFrame;
  readonly line: SecondLine;
  readonly mayDecide: boolean;
}

function SecondCard({ frame, line, mayDecide }: CardProps) {
  const words = wordsFor(frame.locale).console.second;
  return (
    <article class="card" aria-label={`${words.title} ${line.theirReference}`}>
      <h3>
        <a href={consolePaths.payment(line.paymentId)}>{line.reference}</a>
      </h3>
      <p>
        {line.amount === undefined ? words.unread : <Amount value={line.amount} locale={frame.locale} />}
        <small>
          <code>{line.theirReference}</code> · <When instant={line.foundAt} locale={frame.locale} />
        </small>
      </p>
      {line.proposal === undefined ? null : <Proposal frame={frame} proposal={line.proposal} />}
      {mayDecide ? <Forms frame={frame} line={line} /> : null}
    </article>
  );
}

function Proposal({
  frame,
  proposal,
}: {
  readonly frame: ConsoleFrame;
  readonly proposal: NonNullable<SecondLine['proposal']>;
}) {
  const all = wordsFor(frame.locale).console;
  const stated =
    proposal.stated === undefined
      ? ''
      : ` · ${moneyText(money(proposal.stated, proposal.currency), 'page', frame.locale)}`;
  return (
    <p class="doubt">
      <strong>{`${all.decide.proposed(proposal.by, all.second.outcomes[proposal.outcome])}${stated}`}</strong>
      <small>{quoted(proposal.reason, frame.locale)}</small>
      <small>{named(all.decide.evidence, proposal.evidence, frame.locale)}</small>
    </p>
  );
}

function Forms({ frame, line }: { readonly frame: ConsoleFrame; readonly line: SecondLine }) {
  const words = wordsFor(frame.locale).console;
  const { proposal } = line;
  if (proposal === undefined) return <ProposeForm frame={frame} line={line} />;
  const decisions = proposal.isOwn ? (['refused'] as const) : (['approved', 'refused'] as const);
  return (
    <>
      {proposal.isOwn ? <p class="hint">{words.decide.own}</p> : null}
      {decisions.map((decision) => (
        <form key={decision} method="post" action={consolePaths.secondDecide(line.id)}>
          <Csrf token={frame.csrf} />
          <input type="hidden" name="proposal" value={proposal.id} />
          <input type="hidden" name="decision" value={decision} />
          <button type="submit" class={decision === 'approved' ? 'primary' : undefined}>
            {words.decide[decision]}
          </button>
        </form>
      ))}
    </>
  );
}

function ProposeForm({ frame, line }: { readonly frame: ConsoleFrame; readonly line: SecondLine }) {
  const words = wordsFor(frame.locale).console;
  const id = (name: string) => `f-${line.id}-${name}`;
  const outcomes: readonly SecondOutcome[] = ['credited', 'returned'];
  return (
    <form method="post" action={consolePaths.secondPropose(line.id)}>
      <Csrf token={frame.csrf} />
      <div class="field">
        <label for={id('outcome')}>{words.second.where}</label>
        <select id={id('outcome')} name="outcome">
          {outcomes.map((outcome) => (
            <option key={outcome} value={outcome}>
              {words.second.outcomes[outcome]}
            </option>
          ))}
        </select>
      </div>
      {line.amount === undefined ? (
        <div class="field">
          <label for={id('stated')}>{words.second.stated}</label>
          <input id={id('stated')} name="stated" inputMode="numeric" required autoComplete="off" />
        </div>
      ) : null}
      <div class="field">
        <label for={id('reason')}>{words.decide.reason}</label>
        <input id={id('reason')} name="reason" required maxLength={500} autoComplete="off" />
      </div>
      <div class="field">
        <label for={id('evidence')}>{words.decide.evidence}</label>
        <input id={id('evidence')} name="evidence" required maxLength={500} autoComplete="off" />
      </div>
      <button type="submit">{words.decide.propose}</button>
    </form>
  );
}
