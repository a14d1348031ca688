/**
 * Shows what each member receives of the common fund, to the franc and before anybody agrees to it; afterwards, what each
 * received.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Frame } from '../../layout.tsx';
import { Amount } from '../../parts/amount.tsx';
import { Facts } from '../../parts/facts.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';

export type ShareOutField = 'pin' | 'form';

export interface ShareOutLine {
  readonly membershipId: string;
  readonly name: string;
  readonly shares: number;
  /** Absent where the by-law shows only one's own. */
  readonly amount?: Money;
  /** How much of it is handed over in notes; absent when nothing is. */
  readonly inNotes?: Money;
}

export interface ShareOutPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly formId: string;
  /** What is in each fund that is shared out; empty once it was. */
  readonly funds: readonly { readonly fund: 'fines' | 'interest'; readonly amount: Money }[];
  readonly total?: Money;
  readonly lines: readonly ShareOutLine[];
  /** When it was shared out, and the journal's word for it. */
  readonly sharedOn?: string;
  /** Why it cannot be shared out now. */
  readonly whyNot?: string;
  /** Notes are missing, and the reader may bring some. */
  readonly mayBringNotes?: boolean;
  /** The request that waits for voices. */
  readonly approvalId?: string;
  /** Absent for whoever may only look. */
  readonly ask?: { readonly hasPin: boolean };
  readonly refusals?: Readonly<Partial<Record<ShareOutField, RefusalText>>>;
}

export function ShareOutPage(props: ShareOutPageProps) {
  const { frame, group, whyNot, sharedOn, approvalId, ask } = props;
  const words = wordsFor(frame.locale).tontines.shareOut;
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.title}
      lead={sharedOn === undefined ? words.lead : words.sharedOn(sharedOn)}
      refusal={props.refusals?.form}
    >
      {whyNot === undefined ? null : <p class="card">{whyNot}</p>}
      {props.mayBringNotes === true ? (
        <a class="button wide" href={paths.tontineExchange(group.id)}>
          {words.bringNotes}
        </a>
      ) : null}
      <Funds {...props} />
      <Lines {...props} />
      {approvalId === undefined ? null : (
        <p class="card">
          <a href={paths.tontineApproval(group.id, approvalId)}>{words.waiting}</a>
        </p>
      )}
      {ask === undefined ? null : <Ask {...props} hasPin={ask.hasPin} />}
    </GroupLayout>
  );
}

function Funds(props: ShareOutPageProps) {
  const { frame, funds, total } = props;
  const words = wordsFor(frame.locale).tontines.shareOut;
  const shown = (value: Money) => <Amount value={value} locale={frame.locale} />;
  if (funds.length === 0 && total === undefined) return null;
  return (
    <section class="card">
      <Facts
        facts={[
          ...funds.map(({ fund, amount }) => ({ name: words.funds[fund], value: shown(amount) })),
          total && {
            name: props.sharedOn === undefined ? words.total : words.totalThen,
            value: shown(total),
            strong: true,
          },
        ]}
      />
    </section>
  );
}

function Lines({ frame, lines, sharedOn }: ShareOutPageProps) {
  const words = wordsFor(frame.locale).tontines.shareOut;
  if (lines.length === 0) return null;
  return (
    <section class="card" aria-labelledby="parts">
      <h2 id="parts">{sharedOn === undefined ? words.parts : words.partsThen}</h2>
      <ul class="lines">
        {lines.map(({ membershipId, name, shares, amount, inNotes }) => (
          <li key={membershipId} class="line">
            <span>
              {name}
              <small>
                {words.shares(shares)}
                {inNotes === undefined ? '' : ` · ${words.inNotes(moneyText(inNotes, 'page', frame.locale))}`}
              </small>
            </span>
            {amount === undefined ? null : <Amount value={amount} locale={frame.locale} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Ask({ frame, group, formId, hasPin, refusals }: ShareOutPageProps & { readonly hasPin: boolean }) {
  const words = wordsFor(frame.locale).tontines.shareOut;
  const here = paths.tontineShareOut(group.id);
  return (
    <form method="post" action={here} class="card">
      <FormHead frame={frame} formId={formId} />
      <PinStep frame={frame} hasPin={hasPin} back={here} hint={words.pinHint} refusal={refusals?.pin}>
        <button type="submit" class="primary">
          {words.ask}
        </button>
      </PinStep>
    </form>
  );
}
