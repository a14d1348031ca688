/**
 * Shows whoever holds an invitation what they would join, in francs and dates, before they say yes.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { type Frame, Layout } from '../../layout.tsx';
import { Amount } from '../../parts/amount.tsx';
import { Facts } from '../../parts/facts.tsx';
import { RefusalNotice, type RefusalText } from '../../parts/notice.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { RuleList, type RulesSummary } from '../parts/rule-list.tsx';

export interface JoinPageProps {
  readonly frame: Frame;
  readonly formId: string;
  readonly code: string;
  readonly groupName: string;
  readonly presidentName: string;
  readonly members: number;
  /** What one share pays each time, and what it receives once. */
  readonly each: Money;
  readonly pot: Money;
  readonly rules: RulesSummary;
  /** True when an officer still has to say yes. */
  readonly asks: boolean;
  readonly refusal?: RefusalText;
}

export function JoinPage(props: JoinPageProps) {
  const { frame } = props;
  const words = wordsFor(frame.locale).tontines.join;
  return (
    <Layout frame={frame} title={words.title(props.groupName)} active="tontines" narrow ofGroup>
      <p class="over">{words.over}</p>
      <h1>{props.groupName}</h1>
      <RefusalNotice refusal={props.refusal} locale={frame.locale} />
      <div class="card">
        <Facts
          facts={[
            { name: words.president, value: props.presidentName },
            { name: words.members, value: String(props.members) },
            { name: words.each, value: <Amount value={props.each} locale={frame.locale} /> },
            { name: words.pot, value: <Amount value={props.pot} locale={frame.locale} />, strong: true },
          ]}
        />
        <h2>{words.rules}</h2>
        <RuleList frame={frame} rules={props.rules} />
        <form method="post" action={paths.tontineInvitation(props.code)}>
          <FormHead frame={frame} formId={props.formId} />
          <button type="submit" class="primary">
            {props.asks ? words.ask : words.join}
          </button>
          <p class="hint centred">{props.asks ? words.askNext : words.joinNext}</p>
        </form>
      </div>
    </Layout>
  );
}
