/**
 * Shows one answer of the provider in the story of a payment: what it said, who asked, how long it took, and how often
 * the same was said before anything changed.
 */
import { isCurrency } from '../../../../ground/money/currency.ts';
import { money } from '../../../../ground/money/money.ts';
import { type Locale, moneyText } from '../../../../ground/money/money-text.ts';
import type { StatusAnswerStory } from '../../../../rails/payments/status-answer.rows.ts';
import { When } from '../../parts/amount.tsx';
import { wordsFor } from '../../words/words.ts';
import type { ConsoleFrame } from '../console-layout.tsx';

interface AnswerStepProps {
  readonly frame: ConsoleFrame;
  readonly answer: StatusAnswerStory;
}

export function AnswerStep({ frame, answer }: AnswerStepProps) {
  const words = wordsFor(frame.locale).console;
  const word = answer.word === '' ? '' : ` (${answer.word})`;
  return (
    <div>
      <strong>{words.story.answer(`${words.answerVerdicts[answer.verdict]}${word}`)}</strong>
      <small>{linesOf(frame.locale, answer).join(' · ')}</small>
      {answer.times === 1 ? null : (
        <small>
          {`${words.story.again(answer.times)} `}
          <When instant={answer.lastAt} locale={frame.locale} />
        </small>
      )}
      {answer.excerpt === undefined || answer.excerpt === '' ? null : <pre>{answer.excerpt}</pre>}
    </div>
  );
}

function linesOf(locale: Locale, answer: StatusAnswerStory): string[] {
  const { answerSources, story } = wordsFor(locale).console;
  return [
    answerSources[answer.source],
    answer.secondReference === undefined ? undefined : story.second(answer.secondReference),
    paidText(locale, answer),
    answer.httpStatus === undefined ? undefined : `HTTP ${answer.httpStatus}`,
    answer.took_ms === undefined ? undefined : `${answer.took_ms} ms`,
  ].filter((line) => line !== undefined);
}

/** What the provider names before it has the money is only what was asked for. */
function paidText(locale: Locale, { paid, verdict }: StatusAnswerStory): string | undefined {
  const words = wordsFor(locale).console.story;
  if (paid === undefined) return undefined;
  const [digits = '', currency] = paid.split(' ');
  if (!isCurrency(currency)) return words.paidUnreadable;
  const amount = moneyText(money(BigInt(digits), currency), 'page', locale);
  return verdict === 'succeeded' ? words.paid(amount) : words.named(amount);
}
