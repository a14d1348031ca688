/**
 * Draws the pages of notes that leave a box: the list, as a keeper and as a member see it, and one line at each step.
 */
import type { Frame } from '../layout.tsx';
import { NotePage } from '../tontines/notes/note-page.tsx';
import { NotesPage } from '../tontines/notes/page.tsx';
import { wordsFor } from '../words/words.ts';
import { AT, GROUP, membersOf } from './sample-group.ts';
import type { SamplePage } from './sample-pages.tsx';
import { refusalOf, xof } from './sample-values.ts';

const HANDOUT = 'hnd_01kx0000000000000000000000';
const HANDOVER = 'hov_01kx0000000000000000000000';

export function tontineNotesPages(frame: Frame, name: string): readonly SamplePage[] {
  return [...listPages(frame, name), ...handoutPages(frame, name), ...handoverPages(frame, name)];
}

function linesOf(frame: Frame, name: string) {
  const { notes: words } = wordsFor(frame.locale).tontines;
  const toMembers = [
    {
      id: HANDOUT,
      who: 'Jean-Baptiste Kouassi',
      about: `${words.purposes.refund} · ${words.waiting}`,
      amount: xof(26_000n),
      step: 'hand-over',
    },
    {
      id: `${HANDOUT}2`,
      who: 'Moussa',
      about: `${words.purposes.aid} · ${words.declared('Mariam')}`,
      amount: xof(60_000n),
      step: 'confirm-handover',
    },
    {
      id: `${HANDOUT}3`,
      who: 'Fatou Diallo',
      about: `${words.ofRound(words.purposes.payout, 3)} · ${words.waiting}`,
      amount: xof(300_000n),
    },
  ] as const;
  const between = [
    {
      id: HANDOVER,
      who: `Mariam → ${name}`,
      amount: xof(40_000n),
      step: 'answer',
    },
    { id: `${HANDOVER}2`, who: 'Mariam → Yao', about: words.awaits('Yao'), amount: xof(5_000n) },
  ] as const;
  return { toMembers, between };
}

function listPages(frame: Frame, name: string): readonly SamplePage[] {
  const { toMembers, between } = linesOf(frame, name);
  const boxes = [
    { keeperId: 'mem_0', keeper: name, holds: xof(52_000n), free: xof(26_000n) },
    { keeperId: 'mem_2', keeper: 'Mariam', holds: xof(140_000n) },
    { keeperId: 'mem_9', keeper: 'Sékou', holds: xof(78_000n), gone: 'deceased' },
  ] as const;
  const own = { keeperId: 'mem_0', keeper: name, isOwn: true, free: xof(26_000n) };
  const give = {
    formId: HANDOVER,
    from: [own],
    to: membersOf(name).slice(1, 4),
    values: {},
    hasPin: true,
  };
  const page = { frame, group: GROUP };
  return [
    { name: 'notes', page: <NotesPage {...page} {...{ toMembers, between, boxes, give }} /> },
    {
      name: 'notes-for-a-keeper-who-died',
      page: (
        <NotesPage
          {...page}
          toMembers={[]}
          between={[]}
          boxes={boxes}
          give={{
            ...give,
            from: [own, { keeperId: 'mem_9', keeper: 'Sékou', isOwn: false, free: xof(78_000n) }],
            values: { from: 'mem_9', amount: '-100' },
          }}
          refusals={{ amount: refusalOf('amount_negative') }}
        />
      ),
    },
    {
      name: 'notes-nobody-else',
      page: (
        <NotesPage
          {...page}
          toMembers={toMembers.slice(2)}
          between={[]}
          boxes={boxes.slice(0, 1)}
          give={{ ...give, to: [] }}
        />
      ),
    },
    { name: 'notes-empty', page: <NotesPage {...page} toMembers={[]} between={[]} boxes={[]} /> },
  ];
}

function handoutPages(frame: Frame, name: string): readonly SamplePage[] {
  const handout = {
    frame,
    group: GROUP,
    noteId: HANDOUT,
    kind: 'handout',
    amount: xof(60_000n),
    to: 'Jean-Baptiste Kouassi',
    what: wordsFor(frame.locale).tontines.notes.purposes.aid,
    since: AT,
    mayTakeBack: false,
    hasPin: true,
  } as const;
  const declared = { ...handout, by: 'Mariam', declaredAt: AT } as const;
  return [
    {
      name: 'note-to-hand-over',
      page: (
        <NotePage {...handout} face="hand-over" step="hand-over" refusals={{ pin: refusalOf('pin_wrong') }} />
      ),
    },
    { name: 'note-box-short', page: <NotePage {...handout} face="short" free={xof(26_000n)} /> },
    {
      name: 'note-to-confirm-own',
      page: <NotePage {...declared} to={name} face="confirm-own" step="confirm-handover" mayTakeBack />,
    },
    {
      name: 'note-to-confirm-for-another',
      page: <NotePage {...declared} face="confirm-other" step="confirm-handover" hasPin={false} />,
    },
    {
      name: 'note-confirmed',
      page: <NotePage {...declared} face="confirmed" endedAt={AT} confirmedBy={name} />,
    },
  ];
}

function handoverPages(frame: Frame, name: string): readonly SamplePage[] {
  const handover = {
    frame,
    group: GROUP,
    noteId: HANDOVER,
    kind: 'handover',
    amount: xof(40_000n),
    by: 'Mariam',
    to: name,
    declaredAt: AT,
    mayTakeBack: false,
    hasPin: true,
  } as const;
  return [
    { name: 'note-given', page: <NotePage {...handover} face="receiver" mayTakeBack /> },
    { name: 'note-to-answer', page: <NotePage {...handover} face="answer" step="answer" /> },
    { name: 'note-refused', page: <NotePage {...handover} face="refused" endedAt={AT} /> },
  ];
}
