/**
 * Shows the life of a payment step by step, oldest first, as the rows tell it.
 */
import { accountCurrency } from '../../../../ground/ledger/account.ts';
import type { Currency } from '../../../../ground/money/currency.ts';
import { money } from '../../../../ground/money/money.ts';
import { type Locale, moneyText } from '../../../../ground/money/money-text.ts';
import type { StoryStep } from '../../../../oversight/payments/payment-story.ts';
import { When } from '../../parts/amount.tsx';
import { Csrf } from '../../parts/field.tsx';
import { named, numbered, quoted } from '../../words/quoted.ts';
import { formatDateTime, wordsFor } from '../../words/words.ts';
import type { ConsoleFrame } from '../console-layout.tsx';
import { consolePaths } from '../console-paths.ts';
import { AnswerStep } from './answer-step.tsx';
import { actFacts, type Facts, factsText } from './fact-text.ts';
import { codeText } from './state-chip.tsx';

interface StoryListProps {
  readonly frame: ConsoleFrame;
  readonly story: readonly StoryStep[];
  readonly currency: Currency;
  /** Who is behind an operator's id. */
  readonly names: ReadonlyMap<string, string>;
  /** Whether stored callbacks can be replayed from here. */
  readonly mayReplay?: boolean;
}

export function StoryList({ frame, story, currency, names, mayReplay = false }: StoryListProps) {
  return (
    <ol class="story">
      {story.map((step, place) => (
        <li key={`${step.kind}-${place}`} class={step.kind === 'transfer' ? undefined : 'plain'}>
          <small>
            <When instant={step.at} locale={frame.locale} />
            {` · ${step.at.toISOString().slice(17, 19)} s`}
          </small>
          <Step frame={frame} step={step} currency={currency} names={names} />
          {mayReplay && step.kind === 'callback' && step.text !== '' ? (
            <Replay frame={frame} callbackId={step.callback.id} />
          ) : null}
        </li>
      ))}
    </ol>
  );
}

function Step({ frame, step, currency, names }: StepProps) {
  const words = wordsFor(frame.locale).console;
  switch (step.kind) {
    case 'event':
      return (
        <p>
          <strong>{codeText(words.events, step.event.name)}</strong>
          <FactsLine locale={frame.locale} facts={step.event.facts} names={names} currency={currency} />
        </p>
      );
    case 'archive':
      return <ArchiveStep frame={frame} until={step.until} file={step.file} />;
    case 'command':
      return <CommandStep frame={frame} command={step.command} currency={currency} />;
    case 'callback':
      return (
        <div>
          <strong>
            {words.story.callback(words.callbackStates[step.callback.state], step.callback.seen)}
          </strong>
          <small>
            {words.verdicts[step.callback.verdict]}
            {step.callback.verdictReason === undefined ? '' : ` (${step.callback.verdictReason})`}
          </small>
          {step.text === '' ? null : <pre>{step.text}</pre>}
        </div>
      );
    case 'answer':
      return <AnswerStep frame={frame} answer={step.answer} />;
    case 'message':
      return (
        <p>
          <strong>{words.story.message(words.messageFacts[step.message.fact])}</strong>
          <small>{words.messageStates[step.message.state]}</small>
        </p>
      );
    case 'transfer':
      return <TransferStep frame={frame} transfer={step.transfer} />;
    case 'review':
      return (
        <p>
          <strong>{words.story.review(codeText(words.reasons, step.review.reason))}</strong>
          <small>
            <a href={consolePaths.review(step.review.id)}>{words.story.openCase}</a>
          </small>
        </p>
      );
    case 'proposal':
      return <ProposalStep frame={frame} proposal={step.proposal} names={names} />;
    case 'act':
      return (
        <p>
          <strong>{`${words.trail.acts[step.act.act]} · ${names.get(step.act.actorId) ?? step.act.actorId}`}</strong>
          {step.act.reason === undefined ? null : <small>{quoted(step.act.reason, frame.locale)}</small>}
          {step.act.after === undefined ? null : (
            <small>{actFacts(frame.locale, step.act.after, names)}</small>
          )}
        </p>
      );
  }
}

type StepProps = Omit<StoryListProps, 'story' | 'mayReplay'> & { readonly step: StoryStep };

interface CommandStepProps {
  readonly frame: ConsoleFrame;
  readonly command: Extract<StoryStep, { kind: 'command' }>['command'];
  readonly currency: Currency;
}

function CommandStep({ frame, command, currency }: CommandStepProps) {
  const words = wordsFor(frame.locale).console;
  const text = (amount: bigint) => moneyText(money(amount, currency), 'page', frame.locale);
  return (
    <p>
      <strong>{words.story.command(command.attempt, words.commandStates[command.state])}</strong>
      {command.evidence === undefined ? null : (
        <small>
          <code>{command.evidence}</code>
        </small>
      )}
      {command.balanceBefore === undefined ? null : (
        <small>
          {words.story.float(
            text(command.balanceBefore),
            command.balanceAfter === undefined ? words.unknownValue : text(command.balanceAfter),
          )}
        </small>
      )}
    </p>
  );
}

interface ArchiveStepProps {
  readonly frame: ConsoleFrame;
  readonly until: Date;
  readonly file: string;
}

/** Said instead of showing nothing: whoever decides must know that there was more. */
function ArchiveStep({ frame, until, file }: ArchiveStepProps) {
  const words = wordsFor(frame.locale).console.story;
  return (
    <p>
      <strong>{words.archived(formatDateTime(until, frame.locale))}</strong>
      <small>{words.archivedIn(file)}</small>
    </p>
  );
}

interface ProposalStepProps {
  readonly frame: ConsoleFrame;
  readonly proposal: Extract<StoryStep, { kind: 'proposal' }>['proposal'];
  readonly names: ReadonlyMap<string, string>;
}

function ProposalStep({ frame, proposal, names }: ProposalStepProps) {
  const words = wordsFor(frame.locale).console;
  const who = names.get(proposal.proposedBy) ?? proposal.proposedBy;
  return (
    <p>
      <strong>{words.story.proposal(who, words.outcomes[proposal.outcome])}</strong>
      <small>{quoted(proposal.reason, frame.locale)}</small>
      <small>{named(words.decide.evidence, proposal.evidence, frame.locale)}</small>
    </p>
  );
}

interface FactsLineProps {
  /** What amounts are in where the facts do not say. */
  readonly currency: Currency;
  readonly locale: Locale;
  readonly facts: Facts;
  readonly names: ReadonlyMap<string, string>;
}

function FactsLine({ locale, facts, names, currency }: FactsLineProps) {
  const text = factsText(locale, facts, names, currency);
  return text === '' ? null : <small>{text}</small>;
}

function Replay({ frame, callbackId }: { readonly frame: ConsoleFrame; readonly callbackId: string }) {
  return (
    <form method="post" action={consolePaths.callbackReplay(callbackId)} class="row">
      <Csrf token={frame.csrf} />
      <button type="submit" class="small">
        {wordsFor(frame.locale).console.story.replay}
      </button>
    </form>
  );
}

interface TransferStepProps {
  readonly frame: ConsoleFrame;
  readonly transfer: Extract<StoryStep, { kind: 'transfer' }>['transfer'];
}

function TransferStep({ frame, transfer }: TransferStepProps) {
  const words = wordsFor(frame.locale).console;
  const amount = moneyText(money(transfer.amount, accountCurrency(transfer.debit)), 'page', frame.locale);
  return (
    <p>
      <strong>{words.story.transfer(words.transferKinds[transfer.kind], amount)}</strong>
      <small>
        <code>{`${transfer.debit} → ${transfer.credit}`}</code>
      </small>
      <small>{`${codeText(words.journalKinds, transfer.journalKind)} · ${numbered(transfer.seq, frame.locale)}`}</small>
    </p>
  );
}
