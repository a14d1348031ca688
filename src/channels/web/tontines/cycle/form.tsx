/**
 * Ends a cycle and prepares the next one. Where neither can be done now, it leads to the start or back to the group.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import type { Tx } from '../../../../ground/postgres/database.ts';
import { type Answer, type Refusal, refused } from '../../../../ground/refusal.ts';
import { FORM_TOO_OLD } from '../../../../rails/payments/collect.ts';
import { isCalendarDay } from '../../../../tontine/cycles/calendar-day.ts';
import { CYCLE_NOT_RUNNING } from '../../../../tontine/cycles/cycle.ts';
import { endCycle } from '../../../../tontine/cycles/end-cycle.ts';
import { formCycle } from '../../../../tontine/cycles/form-cycle.ts';
import { type GroupBooks, readBooks } from '../../../../tontine/groups/read-books.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import {
  absent,
  actWithPin,
  done,
  frameOfVisit,
  may,
  type No,
  refusalsOf,
  registerGroupPage,
  statusOfNo,
  usualField,
  type Visit,
  wordsOf,
} from '../group-visit.ts';
import { START_DAY } from '../start/start-day.ts';
import { CyclePage } from './page.tsx';

type FieldName = 'first_day' | 'pin' | 'form';

export function registerCycle(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineCycle(':id'), {
    show: async (visit) => await showCycle(visit, '', undefined),
    act: takeAct,
  });
}

/** What can be done about cycles in this group now; nothing while one forms or collects. */
export function nextOfCycle({ cycle, rounds }: GroupBooks): 'end' | 'form' | undefined {
  if (cycle === undefined || cycle.state === 'complete' || cycle.state === 'broken') return 'form';
  const isServed = rounds.every((round) => round.state === 'served' || round.state === 'cancelled');
  return cycle.state === 'running' && isServed ? 'end' : undefined;
}

async function takeAct(visit: Visit): Promise<FastifyReply> {
  const {
    act: asked,
    form_id,
    first_day,
    pin,
  } = formFields(visit.request, ['act', 'form_id', 'first_day', 'pin']);
  const { who } = visit;
  const books = await readBooks(visit.door.db, who.groupId);
  const answer = await actWithPin<unknown>(
    visit,
    pin,
    async (tx) => await perform(tx, visit, books, { asked, formId: form_id, firstDay: first_day }),
  );
  const words = wordsOf(visit).cycle;
  if (answer.ok) {
    return await done(
      visit,
      words.done,
      asked === 'form' ? paths.tontineStart(who.groupId) : paths.tontine(who.groupId),
    );
  }
  return await showCycle(visit, first_day ?? '', { field: fieldOf(answer.refusal), no: answer.refusal });
}

interface Asked {
  readonly asked: string | undefined;
  readonly formId: string | undefined;
  readonly firstDay: string | undefined;
}

async function perform(
  tx: Tx,
  { door, who }: Visit,
  { cycle }: GroupBooks,
  { asked, formId, firstDay }: Asked,
): Promise<Answer<unknown>> {
  if (asked === 'form') {
    if (!isCalendarDay(firstDay)) return refused(START_DAY);
    if (!isId('cyc', formId)) return refused(FORM_TOO_OLD);
    return await formCycle(tx, door.ground, { ...who, cycleId: formId, startsOn: firstDay });
  }
  if (cycle === undefined) return refused(CYCLE_NOT_RUNNING);
  return await endCycle(tx, door.ground, { ...who, cycleId: cycle.id });
}

function fieldOf(no: Refusal): FieldName {
  if (no.code === START_DAY.code) return 'first_day';
  return usualField(no) === 'pin' ? 'pin' : 'form';
}

async function showCycle(
  visit: Visit,
  firstDay: string,
  no: No<FieldName> | undefined,
): Promise<FastifyReply> {
  const { door, actor, person, reply } = visit;
  if (!may(visit, 'end-cycle')) return await absent(visit);
  const next = nextOfCycle(await readBooks(door.db, actor.group.id));
  if (next === undefined) return await reply.redirect(paths.tontine(actor.group.id), 302);
  const page = (
    <CyclePage
      frame={frameOfVisit(visit)}
      group={actor.group}
      formId={door.ground.ids.next('cyc')}
      next={next}
      firstDay={firstDay}
      hasPin={person.hasPin}
      {...given({ refusals: refusalsOf(visit, no) })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}
