/**
 * Is the home of one tontine: the round of now, what I owe, when it is my turn, who paid, and where the money is.
 *
 * Every member sees the same page; only the buttons differ by role. What is long has a page of its own, so that this one
 * opens on a slow network.
 */
import type { VNode } from 'preact';
import { type Frame, Layout } from '../../layout.tsx';
import { Icon } from '../../parts/icons.tsx';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { type GroupStanding, groupSentence } from '../group-sentence.ts';
import { MarkShapes } from '../parts/due-mark.tsx';
import { type PotDate, PotDates } from '../parts/pot-dates.tsx';
import { RuleList, type RulesSummary } from '../parts/rule-list.tsx';
import { Forming, type FormingCard } from './forming.tsx';
import { type Fund, Funds } from './funds.tsx';
import { type Grid, GridTable } from './grid-table.tsx';
import { Journal, type JournalLine } from './journal.tsx';
import { type MyTurn, MyTurns } from './my-turns.tsx';
import { type MemberNotice, Notices } from './notices.tsx';
import { type RoundCard, RoundNow } from './round-now.tsx';
import { type Task, Tasks } from './tasks.tsx';

export interface GroupPageProps {
  readonly frame: Frame;
  readonly standing: GroupStanding;
  /** Present before the first round. */
  readonly forming?: FormingCard;
  /** The round that is open or was last; absent before the first. */
  readonly round?: RoundCard;
  /** What this member was told last. */
  readonly notices: readonly MemberNotice[];
  readonly turns: readonly MyTurn[];
  readonly tasks: readonly Task[];
  readonly grid?: Grid;
  /** The round of now and the next ones. */
  readonly dates: readonly PotDate[];
  readonly funds: readonly Fund[];
  readonly rules: RulesSummary;
  /** The newest lines. */
  readonly journal: readonly JournalLine[];
}

export function GroupPage(props: GroupPageProps) {
  const { frame, standing, round, forming, grid } = props;
  const { group } = standing;
  const words = wordsFor(frame.locale).tontines.group;
  return (
    <Layout frame={frame} title={group.name} active="tontines" ofGroup>
      <p class="back">
        <a href={paths.tontines}>
          <Icon name="back" size={20} />
          {words.all}
        </a>
      </p>
      <h1>{group.name}</h1>
      <p class="lead">{groupSentence(frame, standing)}</p>
      <MarkShapes />
      <div class="overview">
        <div>
          {forming === undefined ? null : <Forming frame={frame} group={group} card={forming} />}
          {round === undefined ? null : (
            <RoundNow frame={frame} group={group} card={round} owed={standing.owed} />
          )}
          <Notices frame={frame} notices={props.notices} />
          <MyTurns frame={frame} turns={props.turns} />
          <Tasks frame={frame} group={group} tasks={props.tasks} />
        </div>
        <div>
          {grid === undefined ? null : (
            <Section id="grid" title={words.grid} more={[paths.tontineGrid(group.id), words.gridMore]}>
              <GridTable frame={frame} grid={grid} />
            </Section>
          )}
          <Sections {...props} />
        </div>
      </div>
    </Layout>
  );
}

function Sections({ frame, standing, dates, funds, rules, journal }: GroupPageProps) {
  const words = wordsFor(frame.locale).tontines.group;
  const { id } = standing.group;
  return (
    <>
      {dates.length === 0 ? null : (
        <Section id="calendar" title={words.calendar} more={[paths.tontineCalendar(id), words.calendarMore]}>
          <PotDates frame={frame} dates={dates} />
        </Section>
      )}
      <Section id="funds" title={words.funds}>
        <Funds frame={frame} funds={funds} />
      </Section>
      <Section id="rules" title={words.rules} more={[paths.tontineRules(id), words.rulesMore]}>
        <RuleList frame={frame} rules={rules} />
      </Section>
      <Section id="journal" title={words.journal} more={[paths.tontineJournal(id), words.journalMore]}>
        <Journal frame={frame} lines={journal} />
      </Section>
    </>
  );
}

interface SectionProps {
  readonly id: string;
  readonly title: string;
  /** Address and words of the whole of it. */
  readonly more?: readonly [string, string];
  readonly children: VNode;
}

function Section({ id, title, more, children }: SectionProps) {
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
      {more === undefined ? null : (
        <a class="more" href={more[0]}>
          {more[1]}
        </a>
      )}
    </section>
  );
}
