/**
 * Draws the pages on which a tontine is found, founded, joined and followed, in every state.
 */
import type { Frame } from '../layout.tsx';
import { FoundPage } from '../tontines/found/page.tsx';
import { PreviewPage } from '../tontines/found/preview-page.tsx';
import { CalendarPage } from '../tontines/group/calendar-page.tsx';
import { GridPage } from '../tontines/group/grid-page.tsx';
import { JournalPage } from '../tontines/group/journal-page.tsx';
import { GroupPage, type GroupPageProps } from '../tontines/group/page.tsx';
import { RulesPage } from '../tontines/group/rules-page.tsx';
import { JoinPage } from '../tontines/join/page.tsx';
import { TontinesPage } from '../tontines/page.tsx';
import { StartPage } from '../tontines/start/page.tsx';
import {
  AT,
  CODE,
  DEADLINE,
  FORM,
  FORMING,
  GROUP,
  membersOf,
  RULES,
  STANDING,
  sampleDates,
  sampleGrid,
  TASKS,
} from './sample-group.ts';
import type { SamplePage } from './sample-pages.tsx';
import { refusalOf, xof } from './sample-values.ts';

const INVITATION = { code: CODE, url: `https://tontine.example/tontines/join/${CODE}/` };
const EXAMPLE = {
  pot: xof(300_000n),
  each: xof(26_000n),
  rounds: 12,
  firstDay: '2026-01-05',
  lastDay: '2026-12-05',
  late: { graceHours: 48, before: xof(500n), after: xof(1_000n) },
};
const DRAFT = {
  name: 'Les Étoiles',
  amount: '25 000',
  shares: '12',
  rhythm: 'monthly',
  first_day: '2026-01-05',
  deadline: '18:00',
  order: 'draw',
  grace_hours: '48',
  late_fee: '500',
  late_fee_served: '1 000',
};

export function tontinePages(frame: Frame, name: string): readonly SamplePage[] {
  return [
    ...listPages(frame),
    ...foundPages(frame),
    ...joinPages(frame, name),
    ...groupPages(frame, name),
    ...startPages(frame, name),
  ];
}

function listPages(frame: Frame): readonly SamplePage[] {
  const other = { ...STANDING, group: { ...GROUP, id: 'grp_2', name: 'Famille Koné de Bouaké' } };
  const { owed: _, ...even } = other;
  return [
    {
      name: 'tontines-empty',
      page: (
        <TontinesPage
          frame={frame}
          groups={[]}
          invitations={[{ membershipId: 'mem_9', groupName: GROUP.name }]}
        />
      ),
    },
    {
      name: 'tontines',
      page: (
        <TontinesPage
          frame={frame}
          groups={[
            STANDING,
            {
              ...other,
              owed: { amount: xof(2_600n), deadline: DEADLINE, isLate: true },
              toDecide: 2,
            },
            { ...even, group: { id: 'grp_3', name: 'Marché de Treichville' }, toDecide: 0 },
            { ...FORMING, group: { id: 'grp_4', name: 'Collègues' } },
            { ...FORMING, group: { id: 'grp_5', name: 'Cousines' }, phase: 'complete' },
          ]}
        />
      ),
    },
    {
      name: 'tontines-refused',
      page: (
        <TontinesPage frame={frame} groups={[]} code="7H3K" refusals={{ code: refusalOf('code_unknown') }} />
      ),
    },
  ];
}

function foundPages(frame: Frame): readonly SamplePage[] {
  const refusals = {
    amount: refusalOf('amount_negative'),
    shares: refusalOf('shares_many'),
    guarantee: refusalOf('amount_exponent'),
  };
  return [
    { name: 'found', page: <FoundPage frame={frame} formId={FORM} values={DRAFT} /> },
    {
      name: 'found-example',
      page: <FoundPage frame={frame} formId={FORM} values={DRAFT} example={EXAMPLE} />,
    },
    {
      name: 'found-refused',
      page: (
        <FoundPage
          frame={frame}
          formId={FORM}
          values={{ ...DRAFT, amount: '-100', rhythm: 'twice-weekly' }}
          refusals={refusals}
        />
      ),
    },
    {
      name: 'found-preview',
      page: (
        <PreviewPage
          frame={frame}
          formId={FORM}
          values={DRAFT}
          example={EXAMPLE}
          dates={sampleDates('Awa').map(({ recipients: _, ...date }) => ({
            ...date,
            is: 'coming',
            mine: false,
          }))}
        />
      ),
    },
  ];
}

function joinPages(frame: Frame, name: string): readonly SamplePage[] {
  const join = {
    frame,
    formId: FORM,
    code: CODE,
    groupName: GROUP.name,
    presidentName: name,
    members: 5,
    each: xof(26_000n),
    pot: xof(300_000n),
    rules: RULES,
  };
  return [
    { name: 'join', page: <JoinPage {...join} asks={false} /> },
    { name: 'join-asks', page: <JoinPage {...join} asks refusal={refusalOf('invitation_over')} /> },
  ];
}

/** A group at its fourth round, for somebody with many rights. */
export function sampleGroup(frame: Frame, name: string): GroupPageProps {
  return {
    frame,
    standing: STANDING,
    round: {
      number: 4,
      of: 12,
      recipients: ['Fatou Diallo'],
      isMine: false,
      collected: xof(240_000n),
      expected: xof(300_000n),
      deadline: DEADLINE,
      phase: 'open',
      places: membersOf(name).map((_, place) => ({ hasPaid: place % 4 !== 0, receives: place === 3 })),
    },
    notices: [
      { id: 'ntc_1', kind: 'cash.to-confirm', amount: xof(26_000n), at: AT, href: '/tontines/grp_1/cash/' },
    ],
    turns: [
      { shareNumber: 1, round: { number: 9, day: '2026-09-05', isServed: false }, pot: xof(300_000n) },
      { shareNumber: 2, round: { number: 1, day: '2026-01-05', isServed: true }, pot: xof(300_000n) },
      { shareNumber: 3, pot: xof(300_000n) },
    ],
    tasks: TASKS,
    grid: sampleGrid(name),
    dates: sampleDates(name).slice(3, 7),
    funds: [
      { kind: 'pot', total: xof(240_000n), inCash: xof(52_000n) },
      { kind: 'solidarity', total: xof(45_000n) },
      { kind: 'guarantee', total: xof(300_000n) },
      { kind: 'fines', total: xof(1_500n) },
      { kind: 'box', keeper: 'Mariam', total: xof(52_000n) },
    ],
    rules: RULES,
    journal: [
      { id: 'grj_1', at: AT, by: 'Mariam', text: 'Espèces déclarées : 26 000 F CFA de Koffi.' },
      {
        id: 'grj_2',
        at: AT,
        by: name,
        text: 'Ibrahim est suspendu.',
        reason: 'Deux tours de retard sans nouvelles',
      },
      { id: 'grj_3', at: AT, text: 'Amende de 500 F CFA pour Koffi.' },
    ],
  };
}

function groupPages(frame: Frame, name: string): readonly SamplePage[] {
  const group = sampleGroup(frame, name);
  const { round, grid: _, ...before } = group;
  const forming = { joined: 5, mayStart: true, invitation: INVITATION };
  const { owed: __, ...even } = STANDING;
  const inner = { frame, group: GROUP };
  return [
    { name: 'group', page: <GroupPage {...group} /> },
    {
      name: 'group-mine',
      page: (
        <GroupPage
          {...group}
          standing={even}
          {...(round ? { round: { ...round, isMine: true, phase: 'closed' } } : {})}
        />
      ),
    },
    {
      name: 'group-forming',
      page: <GroupPage {...before} standing={FORMING} forming={forming} dates={[]} journal={[]} turns={[]} />,
    },
    {
      name: 'group-member-waits',
      page: (
        <GroupPage
          {...before}
          standing={FORMING}
          forming={{ joined: 5, mayStart: false }}
          dates={[]}
          tasks={[]}
        />
      ),
    },
    {
      name: 'grid',
      page: <GridPage {...inner} grid={sampleGrid(name)} earlierHref="?from=1" laterHref="?from=25" />,
    },
    { name: 'calendar', page: <CalendarPage {...inner} dates={sampleDates(name)} /> },
    { name: 'calendar-empty', page: <CalendarPage {...inner} dates={[]} /> },
    { name: 'journal', page: <JournalPage {...inner} lines={group.journal} olderHref="?before=grj_1" /> },
    {
      name: 'rules',
      page: (
        <RulesPage
          {...inner}
          change={{ formId: FORM, values: DRAFT, example: EXAMPLE, hasPin: true }}
          versions={[
            { version: 2, from: '2026-05-01', is: 'coming', rules: RULES },
            { version: 1, from: '2026-01-01', is: 'in-force', rules: RULES },
          ]}
        />
      ),
    },
  ];
}

function startPages(frame: Frame, name: string): readonly SamplePage[] {
  const start = {
    frame,
    group: GROUP,
    formId: FORM,
    holders: membersOf(name).map((member) => ({ ...member, count: '1' })),
    startsOn: '2026-01-05',
    shares: membersOf(name).map((member, place) => ({ ...member, place: String(place + 1) })),
    dates: sampleDates(name),
  };
  return [
    {
      name: 'start',
      page: (
        <StartPage {...start} decidedBy="typed" hasPin refusals={{ order: refusalOf('order_incomplete') }} />
      ),
    },
    { name: 'start-draw', page: <StartPage {...start} decidedBy="draw" hasPin={false} /> },
  ];
}
