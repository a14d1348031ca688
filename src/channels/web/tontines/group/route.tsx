/**
 * Opens the pages on which a group is read: its home, the grid, the calendar, the by-law, the journal.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import type { Currency } from '../../../../ground/money/currency.ts';
import { money } from '../../../../ground/money/money.ts';
import { type GroupBooks, readBooks } from '../../../../tontine/groups/read-books.ts';
import type { FundsStanding } from '../../../../tontine/groups/read-funds.ts';
import { type GroupView, readGroup } from '../../../../tontine/groups/read-group.ts';
import { readJournal } from '../../../../tontine/groups/read-journal.ts';
import { listInvitations } from '../../../../tontine/members/invitation.rows.ts';
import { readNotesOfBoxes } from '../../../../tontine/rounds/read-notes.ts';
import type { Assets } from '../../assets.ts';
import { queryFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { datesOf, gridOf, membersOf, roundCardOf, standingOf, turnsOf } from '../group-view.ts';
import { absent, frameOfVisit, may, registerGroupPage, type Visit } from '../group-visit.ts';
import { countNotes } from '../notes/seen-notes.ts';
import { rulesSummary } from '../rules-view.ts';
import { CalendarPage } from './calendar-page.tsx';
import type { FormingCard } from './forming.tsx';
import type { Fund } from './funds.tsx';
import { GridPage } from './grid-page.tsx';
import { journalLines } from './journal-lines.ts';
import { JournalPage } from './journal-page.tsx';
import { GroupPage } from './page.tsx';
import { readNotices } from './read-notices.ts';
import { visitorTasks, type Waiting } from './visitor-tasks.ts';

const JOURNAL_LINES = 20;
/** A grid of more rounds than this is cut, so that its page stays light. */
const GRID_ROUNDS = 24;
/** On the home page only what is near, so that it opens on a slow network. */
const NEAR = { before: 3, after: 2, dates: 4 };

export function registerGroup(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const open = (path: string, show: (visit: Visit) => Promise<FastifyReply>) =>
    registerGroupPage(app, door, assets, path, { show });
  open(paths.tontine(':id'), showGroup);
  open(paths.tontineGrid(':id'), showGrid);
  open(paths.tontineCalendar(':id'), showCalendar);
  open(paths.tontineJournal(':id'), showJournal);
}

async function showGroup(visit: Visit): Promise<FastifyReply> {
  const { door, actor, now, reply } = visit;
  const { group, membership } = actor;
  const view = await readGroup(door.db, door.ground, visit.who, visit.actor);
  if (!view.ok) return await absent(visit);
  const { standing, books, journal, funds } = view.value;
  const dates = datesOf(books, membership.id);
  const present = Math.max(
    dates.findIndex((date) => date.is !== 'past'),
    0,
  );
  const round = books.cycle?.state === 'running' ? roundCardOf(books, membership.id, now) : undefined;
  const page = (
    <GroupPage
      frame={frameOfVisit(visit)}
      standing={standingOf(standing, now)}
      notices={await readNotices(visit)}
      turns={turnsOf(books, membership.id)}
      tasks={visitorTasks(visit, books, {
        toDecide: standing.toDecide,
        notes: await notesOf(visit, view.value),
      })}
      dates={dates.slice(present, present + NEAR.dates)}
      funds={fundsOf(funds, group.currency)}
      rules={rulesSummary(actor.rules, group.currency, visit.request.visitor.locale)}
      journal={journalLines(visit, books, journal)}
      {...given({
        round,
        forming: round === undefined ? await formingOf(visit, books) : undefined,
        grid: nearGrid(visit, books),
      })}
    />
  );
  return await sendPage(reply, page);
}

/** Where nobody ever kept a box no notes can be on their way, and nothing is asked. */
async function notesOf(
  { door, actor }: Visit,
  { books, funds }: Pick<GroupView, 'books' | 'funds'>,
): Promise<Waiting['notes']> {
  if (!books.people.some((one) => one.keepsBox)) return { seen: 0, waiting: 0 };
  const held = funds.boxes.map(({ keeperId, amount }) => ({ keeperId, holds: amount }));
  const notes = await readNotesOfBoxes(door.db, actor.group.id, held);
  return countNotes({ actor, books, notes });
}

/** A fund that this group does not have is not shown as an empty one. */
function fundsOf({ funds, boxes }: FundsStanding, currency: Currency): readonly Fund[] {
  const shown = funds.filter(({ fund, wallet, cash }) => fund === 'pot' || wallet + cash !== 0n);
  return [
    ...shown.map(({ fund, wallet, cash }) => ({
      kind: fund,
      total: money(wallet + cash, currency),
      ...(cash === 0n ? {} : { inCash: money(cash, currency) }),
    })),
    ...boxes.map(({ name, amount }) => ({
      kind: 'box' as const,
      keeper: name,
      total: money(amount, currency),
    })),
  ];
}

async function formingOf(visit: Visit, books: GroupBooks): Promise<FormingCard | undefined> {
  const { door, actor, now } = visit;
  if (books.cycle?.state !== undefined && books.cycle.state !== 'forming') return undefined;
  const [invitation] = may(visit, 'invite-member') ? await listInvitations(door.db, actor.group.id, now) : [];
  return {
    joined: membersOf(books).length,
    mayStart: may(visit, 'start-cycle'),
    ...(invitation && { invitation: { code: invitation.code, url: invitationUrl(door, invitation.code) } }),
  };
}

export function invitationUrl(door: WebDoor, code: string): string {
  return `${door.publicUrl}${paths.tontineInvitation(code)}`;
}

function nearGrid({ actor, now }: Visit, books: GroupBooks) {
  const whole = gridOf(books, actor.membership.id, now, []);
  if (whole === undefined) return undefined;
  const first = Math.max(1, whole.present - NEAR.before);
  const near = books.rounds.map((round) => round.number).filter((number) => number >= first);
  return gridOf(books, actor.membership.id, now, near.slice(0, NEAR.before + 1 + NEAR.after));
}

async function showGrid(visit: Visit): Promise<FastifyReply> {
  const { door, actor, now, request, reply } = visit;
  const books = await readBooks(door.db, actor.group.id);
  const { from } = queryFields(request, ['from']);
  const first = /^[1-9]\d{0,2}$/.test(from ?? '') ? Number(from) : 1;
  const numbers = books.rounds.map((round) => round.number);
  const shown = numbers.slice(first - 1, first - 1 + GRID_ROUNDS);
  const grid = gridOf(books, actor.membership.id, now, shown);
  if (grid === undefined) return await reply.redirect(paths.tontine(actor.group.id), 302);
  const page = (
    <GridPage
      frame={frameOfVisit(visit)}
      group={actor.group}
      grid={grid}
      {...given({
        earlierHref: first > 1 ? `?from=${Math.max(1, first - GRID_ROUNDS)}` : undefined,
        laterHref: first - 1 + GRID_ROUNDS < numbers.length ? `?from=${first + GRID_ROUNDS}` : undefined,
      })}
    />
  );
  return await sendPage(reply, page);
}

async function showCalendar(visit: Visit): Promise<FastifyReply> {
  const { door, actor, reply } = visit;
  const books = await readBooks(door.db, actor.group.id);
  const dates = datesOf(books, actor.membership.id);
  return await sendPage(
    reply,
    <CalendarPage frame={frameOfVisit(visit)} group={actor.group} dates={dates} />,
  );
}

async function showJournal(visit: Visit): Promise<FastifyReply> {
  const { door, actor, request, reply, who } = visit;
  const { before } = queryFields(request, ['before']);
  const page = { before: isId('grj', before) ? before : undefined, limit: JOURNAL_LINES + 1 };
  const rows = await readJournal(door.db, door.ground, who, page, actor);
  if (!rows.ok) return await absent(visit);
  const shown = rows.value.slice(0, JOURNAL_LINES);
  const books = await readBooks(door.db, actor.group.id);
  const last = shown.at(-1);
  const hasOlder = rows.value.length > JOURNAL_LINES && last !== undefined;
  return await sendPage(
    reply,
    <JournalPage
      frame={frameOfVisit(visit)}
      group={actor.group}
      lines={journalLines(visit, books, shown)}
      {...(hasOlder ? { olderHref: `?before=${last.id}` } : {})}
    />,
  );
}
