/**
 * Asks the solidarity fund for help after an event that the by-law names, and shows what was asked before.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Frame } from '../../layout.tsx';
import { Amount, When } from '../../parts/amount.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Field } from '../../parts/field.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { type Option, SelectField } from '../../parts/select-field.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';

export interface AidEvent {
  readonly kind: string;
  readonly name: string;
  readonly amount: Money;
  /** Months of membership before it can be asked for. */
  readonly afterMonths: number;
}

export interface AidClaim {
  readonly id: string;
  readonly name: string;
  readonly event: string;
  readonly amount: Money;
  readonly at: Date;
  readonly face: 'asked' | 'granted' | 'paid' | 'refused';
}

export interface AidPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly formId: string;
  readonly fund: Money;
  readonly events: readonly AidEvent[];
  readonly claims: readonly AidClaim[];
  /** Whom whoever looks may ask for, themself first; absent for those who ask for themselves alone. */
  readonly people?: readonly Option[];
  readonly values: {
    readonly for?: string;
    readonly event?: string;
    readonly about?: string;
    readonly happened_on?: string;
    readonly proof?: string;
  };
  readonly refusals?: {
    readonly for?: RefusalText;
    readonly about?: RefusalText;
    readonly happened_on?: RefusalText;
    readonly event?: RefusalText;
    readonly proof?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function AidPage(props: AidPageProps) {
  const { frame, group, events, claims } = props;
  const words = wordsFor(frame.locale).tontines.aid;
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.title}
      lead={
        <>
          {words.fund} <Amount value={props.fund} locale={frame.locale} />
        </>
      }
      refusal={props.refusals?.form}
    >
      {events.length === 0 ? (
        <div class="card">
          <Empty icon="info" title={words.noneTitle} text={words.none} />
        </div>
      ) : (
        <Ask {...props} />
      )}
      {claims.length === 0 ? null : <Claims {...props} />}
    </GroupLayout>
  );
}

function Ask({ frame, group, formId, events, people, values, refusals }: AidPageProps) {
  const words = wordsFor(frame.locale).tontines.aid;
  return (
    <form method="post" action={paths.tontineAid(group.id)} class="card">
      <FormHead frame={frame} formId={formId} />
      {people === undefined ? null : (
        <SelectField
          name="for"
          label={words.for}
          hint={words.forHint}
          value={values.for}
          refusal={refusals?.for}
          options={people}
        />
      )}
      <SelectField
        name="event"
        label={words.event}
        hint={words.eventHint}
        value={values.event}
        refusal={refusals?.event}
        options={events.map((event) => ({
          value: event.kind,
          text: words.offer(event.afterMonths, event.name, moneyText(event.amount, 'page', frame.locale)),
        }))}
      />
      <Field
        name="about"
        autoComplete="off"
        label={words.about}
        hint={words.aboutHint}
        value={values.about}
        refusal={refusals?.about}
        maxLength={60}
      />
      <Field
        name="happened_on"
        type="date"
        autoComplete="off"
        label={words.happenedOn}
        value={values.happened_on}
        refusal={refusals?.happened_on}
      />
      <Field
        name="proof"
        autoComplete="off"
        label={words.proof}
        hint={words.proofHint}
        value={values.proof}
        refusal={refusals?.proof}
        maxLength={200}
      />
      <button type="submit" class="primary">
        {words.ask}
      </button>
      <p class="hint centred">{words.next}</p>
    </form>
  );
}

function Claims({ frame, claims }: AidPageProps) {
  const words = wordsFor(frame.locale).tontines.aid;
  return (
    <section class="card" aria-labelledby="claims">
      <h2 id="claims">{words.claims}</h2>
      <ul class="lines">
        {claims.map((claim) => (
          <li key={claim.id} class="line">
            <span>
              <strong>{`${claim.name} · ${claim.event}`}</strong>
              <small>
                {words.faces[claim.face]}
                {' · '}
                <When instant={claim.at} locale={frame.locale} timeZone={frame.timeZone} />
              </small>
            </span>
            <Amount value={claim.amount} locale={frame.locale} />
          </li>
        ))}
      </ul>
    </section>
  );
}
