/**
 * Compares each box with the books: what was in it, what came, what went, what was counted.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Frame } from '../../layout.tsx';
import { Amount } from '../../parts/amount.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Field } from '../../parts/field.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { AmountField } from '../parts/amount-field.tsx';
import { FormHead } from '../parts/form-head.tsx';
import type { MeetingPageProps } from './page.tsx';

export interface Box {
  readonly keeperId: string;
  readonly keeper: string;
  readonly opening: Money;
  readonly came: Money;
  readonly went: Money;
  readonly expected: Money;
  readonly counted?: Money;
  /** Counted less expected; absent when they agree or nothing was counted. */
  readonly variance?: Money;
  /** Why it differs, once somebody said so. */
  readonly explanation?: string;
  /** True for the keeper's own box, which is counted here. */
  readonly isMine: boolean;
}

export function Boxes(props: MeetingPageProps) {
  return (
    <>
      {props.boxes.map((box) => (
        <OneBox key={box.keeperId} frame={props.frame} box={box} />
      ))}
      {props.meeting?.isClosed === false && props.boxes.some((box) => box.isMine) ? (
        <Count {...props} />
      ) : null}
      {props.meeting?.isClosed === false ? <Explain {...props} /> : null}
    </>
  );
}

function OneBox({ frame, box }: { readonly frame: Frame; readonly box: Box }) {
  const words = wordsFor(frame.locale).tontines.meeting;
  const shown = (value: Money) => <Amount value={value} locale={frame.locale} />;
  return (
    <>
      <h3>{words.boxOf(box.keeper)}</h3>
      <Facts
        facts={[
          { name: words.opening, value: shown(box.opening) },
          { name: words.came, value: shown(box.came) },
          { name: words.went, value: shown(box.went) },
          { name: words.expected, value: shown(box.expected), strong: true },
          box.counted && { name: words.counted, value: shown(box.counted) },
        ]}
      />
      {box.variance === undefined ? null : (
        <p class="refusal">{words.variance(moneyText(box.variance, 'page', frame.locale))}</p>
      )}
      {box.explanation === undefined ? null : <p class="reason">{box.explanation}</p>}
    </>
  );
}

function Count({ frame, group, formId, values, refusals }: MeetingPageProps) {
  const words = wordsFor(frame.locale).tontines.meeting;
  return (
    <form method="post" action={paths.tontineMeeting(group.id)}>
      <FormHead frame={frame} formId={formId} />
      <AmountField
        name="counted"
        label={words.count}
        hint={words.countHint}
        value={values.counted}
        refusal={refusals?.counted}
      />
      <button type="submit" name="act" value="count">
        {words.countGive}
      </button>
    </form>
  );
}

/** One box after the other: the first that differs and that nobody has explained. */
function Explain({ frame, group, formId, boxes, values, refusals }: MeetingPageProps) {
  const words = wordsFor(frame.locale).tontines.meeting;
  const box = boxes.find((one) => one.variance !== undefined && one.explanation === undefined);
  if (box === undefined) return null;
  return (
    <form method="post" action={paths.tontineMeeting(group.id)}>
      <FormHead frame={frame} formId={formId} />
      <input type="hidden" name="keeper" value={box.keeperId} />
      <Field
        name="explanation"
        autoComplete="off"
        label={words.explanation}
        value={values.explanation}
        refusal={refusals?.explanation}
        maxLength={200}
      />
      <button type="submit" name="act" value="explain">
        {words.explain}
      </button>
    </form>
  );
}
