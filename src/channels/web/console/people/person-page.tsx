/**
 * Shows who a person is, hands over their data, and leads two operators through erasing their identity.
 *
 * What goes and what stays stands above the button, and what stands in the way takes its place: nobody should learn
 * afterwards what could not be undone.
 */
import type { Money } from '../../../../ground/money/money.ts';
import type { Country } from '../../../../people/country.ts';
import { Amount, When } from '../../parts/amount.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Csrf } from '../../parts/field.tsx';
import { wordsFor } from '../../words/words.ts';
import { ConsoleLayout } from '../console-layout.tsx';
import { consolePaths } from '../console-paths.ts';
import { EraseCard, type EraseCardProps } from './erase-card.tsx';
import { ReasonField } from './reason-field.tsx';

export interface PersonPageProps extends EraseCardProps {
  /** A name, or a masked number; absent once the person is erased. */
  readonly nameText: string | undefined;
  /** Masked. */
  readonly phoneText: string;
  readonly country: Country;
  readonly since: Date;
  readonly erasedAt: Date | undefined;
  readonly balances: readonly Money[];
  readonly mayExport: boolean;
}

export function PersonPage(props: PersonPageProps) {
  const { frame, erasedAt } = props;
  const all = wordsFor(frame.locale).console;
  const words = all.people;
  const title = props.nameText ?? words.erased;
  return (
    <ConsoleLayout frame={frame} title={title} active="people">
      <p class="back">
        <a href={consolePaths.people}>{all.back}</a>
      </p>
      <h1>{title}</h1>
      {erasedAt === undefined ? null : <p class="lead">{words.erasedLead}</p>}
      <div class="pair">
        <section class="card" aria-labelledby="facts">
          <h2 id="facts">{words.facts}</h2>
          <PersonFacts {...props} />
          <p>
            <a href={`${consolePaths.payments}?q=${props.personId}`}>{words.payments}</a>
          </p>
        </section>
        {erasedAt === undefined ? <ExportCard {...props} /> : null}
      </div>
      {erasedAt === undefined ? <EraseCard {...props} /> : null}
    </ConsoleLayout>
  );
}

function PersonFacts({ frame, erasedAt, balances, ...person }: PersonPageProps) {
  const all = wordsFor(frame.locale);
  const words = all.console.people;
  const when = (instant: Date) => <When instant={instant} locale={frame.locale} />;
  return (
    <Facts
      facts={[
        erasedAt === undefined
          ? { name: words.number, value: person.phoneText, strong: true }
          : { name: words.erasedOn, value: when(erasedAt), strong: true },
        ...balances.map((value) => ({
          name: words.balance,
          value: <Amount value={value} locale={frame.locale} />,
        })),
        balances.length === 0 ? { name: words.balance, value: words.noWallet } : undefined,
        { name: words.country, value: all.countries[person.country] },
        { name: words.since, value: when(person.since) },
        { name: words.id, value: <code>{person.personId}</code> },
      ]}
    />
  );
}

function ExportCard({ frame, personId, mayExport }: PersonPageProps) {
  const words = wordsFor(frame.locale).console.people;
  return (
    <section class="card" aria-labelledby="export">
      <h2 id="export">{words.exportTitle}</h2>
      <p>{words.exportLead}</p>
      {mayExport ? (
        <form method="post" action={consolePaths.personExport(personId)}>
          <Csrf token={frame.csrf} />
          <ReasonField id="f-export-reason" frame={frame} />
          <button type="submit">{words.exportDo}</button>
        </form>
      ) : (
        <p class="hint">{words.adminOnly}</p>
      )}
    </section>
  );
}
