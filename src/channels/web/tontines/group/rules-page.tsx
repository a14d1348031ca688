/**
 * Shows the by-law in force, the one to come, and since when: a change takes effect after everybody was told.
 */
import { given } from '../../given.ts';
import type { Frame } from '../../layout.tsx';
import { Field } from '../../parts/field.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { paths } from '../../paths.ts';
import { formatDay } from '../../words/day-text.ts';
import { wordsFor } from '../../words/words.ts';
import { AuctionFields } from '../found/auction-fields.tsx';
import { Example, type RulesExample } from '../found/example.tsx';
import { LateFields } from '../found/late-fields.tsx';
import { MoreRules } from '../found/more-rules.tsx';
import { type DraftProps, OrderChoice } from '../found/page.tsx';
import type { DraftField } from '../found/rules-draft.ts';
import { WhenFields } from '../found/when-fields.tsx';
import { AmountField } from '../parts/amount-field.tsx';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';
import { RuleList, type RulesSummary } from '../parts/rule-list.tsx';

export interface RulesVersion {
  readonly version: number;
  /** From this day on, as `2026-04-05`. */
  readonly from: string;
  readonly is: 'in-force' | 'coming' | 'proposed' | 'past';
  readonly rules: RulesSummary;
}

/** What the heads of a group may propose to change. */
export interface RulesChange extends Omit<DraftProps, 'frame' | 'refusals'> {
  readonly formId: string;
  readonly reason?: string;
  /** What the change would give; present once it could be understood. */
  readonly example?: RulesExample;
  readonly hasPin: boolean;
  readonly refusals?: Readonly<Partial<Record<DraftField | 'form' | 'reason' | 'pin', RefusalText>>>;
}

export interface RulesPageProps {
  /** Present for those who may propose. */
  readonly change?: RulesChange;
  readonly frame: Frame;
  readonly group: GroupHead;
  /** Newest first. */
  readonly versions: readonly RulesVersion[];
}

export function RulesPage({ frame, group, versions, change }: RulesPageProps) {
  const words = wordsFor(frame.locale).tontines.rules;
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.title}
      lead={words.lead}
      refusal={change?.refusals?.form}
    >
      {versions.map((one) => (
        <section key={one.version} class="card" aria-labelledby={`v${one.version}`}>
          <h2 id={`v${one.version}`}>{words.version(one.version, formatDay(one.from, frame.locale))}</h2>
          <p class="hint">{words[one.is]}</p>
          <RuleList frame={frame} rules={one.rules} />
        </section>
      ))}
      {change === undefined ? null : <Change frame={frame} group={group} change={change} />}
    </GroupLayout>
  );
}

interface ChangeProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly change: RulesChange;
}

function Change({ frame, group, change }: ChangeProps) {
  const { rules: words, found } = wordsFor(frame.locale).tontines;
  const { values, refusals } = change;
  const draft = { frame, values, ...given({ refusals }) };
  const here = paths.tontineRules(group.id);
  return (
    <form method="post" action={here} class="card">
      <FormHead frame={frame} formId={change.formId} />
      <details open={refusals !== undefined || change.example !== undefined}>
        <summary>{words.change}</summary>
        <p>{words.changeHint}</p>
        <AmountField
          name="amount"
          label={found.amount}
          hint={found.amountHint}
          value={values.amount}
          refusal={refusals?.amount}
        />
        <WhenFields {...draft} isChange />
        <OrderChoice {...draft} />
        <AuctionFields {...draft} />
        <LateFields {...draft} />
        <MoreRules {...draft} />
        <button type="submit" name="look" value="1" formNoValidate>
          {words.look}
        </button>
        {change.example === undefined ? null : <Example frame={frame} example={change.example} />}
        <Field
          name="reason"
          autoComplete="off"
          label={words.reason}
          value={change.reason}
          refusal={refusals?.reason}
          maxLength={200}
        />
        <PinStep
          frame={frame}
          hasPin={change.hasPin}
          back={here}
          hint={words.pinHint}
          refusal={refusals?.pin}
        >
          <button type="submit" class="primary">
            {words.propose}
          </button>
        </PinStep>
      </details>
    </form>
  );
}
