/**
 * Lists a person's tontines: one sentence and one big button each, and the two ways into a new one.
 */
import { moneyText } from '../../../ground/money/money-text.ts';
import { type Frame, Layout } from '../layout.tsx';
import { Csrf, Field } from '../parts/field.tsx';
import { Icon } from '../parts/icons.tsx';
import { Mark } from '../parts/logo.tsx';
import type { RefusalText } from '../parts/notice.tsx';
import { paths } from '../paths.ts';
import { wordsFor } from '../words/words.ts';
import { type GroupStanding, groupSentence } from './group-sentence.ts';
import { Meter } from './parts/meter.tsx';

export interface TontinesPageProps {
  readonly frame: Frame;
  readonly groups: readonly GroupStanding[];
  /** Groups that wait for this number's answer. */
  readonly invitations?: readonly { readonly membershipId: string; readonly groupName: string }[];
  /** The code that was typed, given back unchanged after a refusal. */
  readonly code?: string;
  readonly refusals?: { readonly code?: RefusalText };
}

export function TontinesPage(props: TontinesPageProps) {
  const { frame, groups } = props;
  const words = wordsFor(frame.locale).tontines.list;
  return (
    <Layout frame={frame} title={words.title} active="tontines" narrow ofGroup>
      <h1>{words.title}</h1>
      <Invitations {...props} />
      {groups.length === 0 ? (
        <Welcome frame={frame} />
      ) : (
        groups.map((standing) => <OneGroup key={standing.group.id} frame={frame} standing={standing} />)
      )}
      <JoinByCode {...props} />
      {groups.length === 0 ? null : (
        <p class="actions">
          <a class="button" href={paths.tontineFound}>
            <Icon name="plus" size={20} />
            {words.found}
          </a>
        </p>
      )}
    </Layout>
  );
}

function Welcome({ frame }: { readonly frame: Frame }) {
  const words = wordsFor(frame.locale).tontines.list;
  return (
    <div class="card empty">
      <Mark size={96} />
      <h2>{words.emptyTitle}</h2>
      <p>{words.empty}</p>
      <a class="button primary" href={paths.tontineFound}>
        {words.found}
      </a>
    </div>
  );
}

function OneGroup({ frame, standing }: { readonly frame: Frame; readonly standing: GroupStanding }) {
  const { group, round, owed, toDecide } = standing;
  const words = wordsFor(frame.locale).tontines.list;
  return (
    <article class="card group">
      <h2>
        <a href={paths.tontine(group.id)}>{group.name}</a>
      </h2>
      {round === undefined ? null : <Meter part={BigInt(round.paid)} whole={BigInt(round.payers)} />}
      <p>{groupSentence(frame, standing)}</p>
      {owed === undefined ? (
        <a class="button wide" href={paths.tontine(group.id)}>
          {words.open}
        </a>
      ) : (
        <a class="button primary wide" href={paths.tontinePay(group.id)}>
          {words.pay(moneyText(owed.amount, 'page', frame.locale))}
        </a>
      )}
      {toDecide === 0 ? null : (
        <p>
          <a class="with-icon" href={paths.tontineApprovals(group.id)}>
            <Icon name="shield" size={20} />
            {words.toDecide(toDecide)}
          </a>
        </p>
      )}
    </article>
  );
}

function Invitations({ frame, invitations = [] }: TontinesPageProps) {
  const words = wordsFor(frame.locale).tontines.list;
  return (
    <>
      {invitations.map(({ membershipId, groupName }) => (
        <form key={membershipId} method="post" action={paths.tontineJoin} class="card">
          <Csrf token={frame.csrf} />
          <input type="hidden" name="membership_id" value={membershipId} />
          <h2>{words.invited(groupName)}</h2>
          <div class="moves">
            <button type="submit" class="primary" name="answer" value="yes">
              {words.accept}
            </button>
            <button type="submit" name="answer" value="no">
              {words.decline}
            </button>
          </div>
        </form>
      ))}
    </>
  );
}

function JoinByCode({ frame, code, refusals }: TontinesPageProps) {
  const words = wordsFor(frame.locale).tontines.list;
  return (
    <form method="post" action={paths.tontineJoin} class="card">
      <Csrf token={frame.csrf} />
      <Field
        name="code"
        autoComplete="off"
        label={words.code}
        hint={words.codeHint}
        value={code}
        refusal={refusals?.code}
        maxLength={20}
        large
      />
      <button type="submit">{words.join}</button>
    </form>
  );
}
