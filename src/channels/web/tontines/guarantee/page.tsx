/**
 * Lets a member answer for somebody else's share, with the most that it can cost before it is signed.
 */
import type { Money } from '../../../../ground/money/money.ts';
import type { Frame } from '../../layout.tsx';
import { Amount } from '../../parts/amount.tsx';
import { Facts } from '../../parts/facts.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { type Option, SelectField } from '../../parts/select-field.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';

export interface GuaranteePageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly formId: string;
  /** False where the by-law never makes guarantors pay. */
  readonly isUsed: boolean;
  readonly signed: readonly { readonly id: string; readonly guarantor: string; readonly name: string }[];
  /** Shares of others that this member has not signed for. */
  readonly shares: readonly Option[];
  readonly share?: string;
  readonly preview?: { readonly most: Money; readonly rounds: number };
  readonly hasPin: boolean;
  readonly refusals?: {
    readonly share?: RefusalText;
    readonly pin?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function GuaranteePage(props: GuaranteePageProps) {
  const { frame, group, signed, isUsed } = props;
  const words = wordsFor(frame.locale).tontines.guarantee;
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.title}
      lead={isUsed ? words.lead : words.unused}
      refusal={props.refusals?.form}
    >
      {signed.length === 0 ? null : (
        <section class="card" aria-labelledby="signed">
          <h2 id="signed">{words.signed}</h2>
          <ul class="lines">
            {signed.map((one) => (
              <li key={one.id}>
                <p>{words.line(one.guarantor, one.name)}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {props.shares.length === 0 ? <p class="card">{words.nothing}</p> : <Sign {...props} />}
    </GroupLayout>
  );
}

function Sign({ frame, group, formId, shares, share, preview, hasPin, refusals }: GuaranteePageProps) {
  const words = wordsFor(frame.locale).tontines.guarantee;
  const here = paths.tontineGuarantee(group.id);
  return (
    <form method="post" action={here} class="card">
      <FormHead frame={frame} formId={formId} enter={words.look} />
      <SelectField
        name="share"
        label={words.share}
        options={shares}
        value={share}
        refusal={refusals?.share}
      />
      <button type="submit" name="look" value="1" formNoValidate>
        {words.look}
      </button>
      {preview === undefined ? null : (
        <>
          <Facts
            facts={[
              {
                name: words.most,
                value: <Amount value={preview.most} locale={frame.locale} />,
                strong: true,
              },
            ]}
          />
          <p class="hint">{words.mostHint(preview.rounds)}</p>
        </>
      )}
      <PinStep frame={frame} hasPin={hasPin} back={here} hint={words.pinHint} refusal={refusals?.pin}>
        <button type="submit" class="primary" name="act" value="sign">
          {words.give}
        </button>
      </PinStep>
    </form>
  );
}
