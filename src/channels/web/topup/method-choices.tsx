/**
 * Offers the ways of paying that are open now, each with its limits and fee before anything is chosen.
 */
import { amountText, moneyText } from '../../../ground/money/money-text.ts';
import type { Method } from '../../../rails/provider.ts';
import type { Frame } from '../layout.tsx';
import { Empty } from '../parts/empty.tsx';
import { FieldRefusal } from '../parts/field.tsx';
import { MethodMark } from '../parts/method-mark.tsx';
import type { RefusalText } from '../parts/notice.tsx';
import { formatBasisPoints, wordsFor } from '../words/words.ts';
import type { MethodChoice } from './method-choice.ts';

interface MethodChoicesProps {
  readonly frame: Frame;
  readonly methods: readonly MethodChoice[];
  readonly chosen: Method | undefined;
  readonly refusal: RefusalText | undefined;
  /** What is asked, and what is said when nothing is open; about paying unless given. */
  readonly wording?: Readonly<Record<'method' | 'noMethod' | 'noMethodHint', string>>;
}

export function MethodChoices({ frame, methods, chosen, refusal, wording }: MethodChoicesProps) {
  const words = wording ?? wordsFor(frame.locale).topup;
  if (methods.length === 0) {
    return (
      <Empty icon="warning" title={words.noMethod} text={words.noMethodHint}>
        <FieldRefusal id="f-method-refusal" refusal={refusal} />
      </Empty>
    );
  }
  return (
    <fieldset aria-describedby={refusal === undefined ? undefined : 'f-method-refusal'}>
      <legend>{words.method}</legend>
      {methods.map((choice) => (
        <label key={choice.method} class="choice">
          <input
            type="radio"
            name="method"
            value={choice.method}
            checked={choice.method === chosen}
            required
          />
          <MethodMark method={choice.method} />
          <span>
            <strong>{wordsFor(frame.locale).methods[choice.method]}</strong>
            {terms(frame, choice).map((term) => (
              <small key={term}>{term}</small>
            ))}
          </span>
        </label>
      ))}
      <FieldRefusal id="f-method-refusal" refusal={refusal} />
    </fieldset>
  );
}

/** Limits, fee and what else will be asked. */
function terms(frame: Frame, choice: MethodChoice): readonly string[] {
  const { locale } = frame;
  const words = wordsFor(locale).topup;
  const fee =
    choice.feeBasisPoints === undefined
      ? words.feeUnknown
      : words.feeAbout(formatBasisPoints(choice.feeBasisPoints, locale));
  const limits = words.limits(amountText(choice.min, 'page', locale), moneyText(choice.max, 'page', locale));
  return [limits, fee, ...(choice.needsOtp ? [words.needsOtp] : [])];
}
