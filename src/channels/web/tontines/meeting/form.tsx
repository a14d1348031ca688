/**
 * Runs a meeting over HTTP: opening, the roll, cash with one tap, fines, decisions, counts, the end, the minutes.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { money } from '../../../../ground/money/money.ts';
import { parseAmount } from '../../../../ground/money/parse-amount.ts';
import type { Tx } from '../../../../ground/postgres/database.ts';
import { type Answer, type Refusal, refused } from '../../../../ground/refusal.ts';
import { FORM_TOO_OLD } from '../../../../rails/payments/collect.ts';
import { fineMember } from '../../../../tontine/discipline/fine-member.ts';
import { type GroupBooks, presentRound, readBooks } from '../../../../tontine/groups/read-books.ts';
import { closeMeeting } from '../../../../tontine/meetings/close-meeting.ts';
import { countCash } from '../../../../tontine/meetings/count-cash.ts';
import { MEETING_ABSENT } from '../../../../tontine/meetings/enter-meeting.ts';
import { explainVariance } from '../../../../tontine/meetings/explain-variance.ts';
import {
  findLastClosed,
  findMeeting,
  findOpenMeeting,
  listPresences,
  type Meeting,
  type Presence,
} from '../../../../tontine/meetings/meeting.rows.ts';
import { openMeeting } from '../../../../tontine/meetings/open-meeting.ts';
import { readMinutes } from '../../../../tontine/meetings/read-minutes.ts';
import { recordDecision } from '../../../../tontine/meetings/record-decision.ts';
import { recordPresence } from '../../../../tontine/meetings/record-presence.ts';
import { listDeclared } from '../../../../tontine/rounds/contribution.rows.ts';
import { declareCash } from '../../../../tontine/rounds/declare-cash.ts';
import { missingOf } from '../../../../tontine/rounds/due.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { faceOf, membersOf, openDuesOf, sum } from '../group-view.ts';
import {
  absent,
  act,
  actWithPin,
  done,
  frameOfVisit,
  may,
  type No,
  refusalsOf,
  registerGroupPage,
  statusOfNo,
  type Visit,
  wordsOf,
} from '../group-visit.ts';
import { drawMinutes } from './minutes-pdf.ts';
import { MeetingPage, type RollLine } from './page.tsx';
import { boxesOf } from './read-boxes.ts';

type FieldName = 'fine' | 'reason' | 'counted' | 'decision' | 'explanation' | 'pin' | 'form';

const PRESENCES: readonly Presence[] = ['present', 'represented', 'excused', 'absent'];

export function registerMeeting(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineMeeting(':id'), {
    show: async (visit) => await showMeeting(visit, {}, undefined),
    act: takeAct,
  });
  registerGroupPage(app, door, assets, paths.tontineMinutes(':id', ':meeting'), { show: sendMinutes });
}

type Fields = Readonly<Partial<Record<(typeof NAMES)[number], string | undefined>>>;

const NAMES = [
  'act',
  'form_id',
  'take',
  'present',
  'represented',
  'excused',
  'absent',
  'member',
  'fine',
  'reason',
  'decision',
  'counted',
  'keeper',
  'explanation',
  'pin',
] as const;

async function takeAct(visit: Visit): Promise<FastifyReply> {
  const fields: Fields = formFields(visit.request, NAMES);
  const { door, who } = visit;
  const meeting = await findOpenMeeting(door.db, who.groupId);
  const run = async (tx: Tx) => await perform(tx, visit, meeting, fields);
  const answer = fields.act === 'close' ? await actWithPin(visit, fields.pin, run) : await act(visit, run);
  const words = wordsOf(visit).meeting;
  if (answer.ok) {
    return await done(
      visit,
      fields.take === undefined ? words.done : words.taken,
      paths.tontineMeeting(who.groupId),
    );
  }
  const no = answer.refusal;
  return await showMeeting(visit, fields, { field: fieldOf(no, fields), no });
}

async function perform(
  tx: Tx,
  visit: Visit,
  meeting: Meeting | undefined,
  fields: Fields,
): Promise<Answer<unknown>> {
  const { door, who } = visit;
  const { ground } = door;
  if (fields.act === 'open') {
    if (!isId('mtg', fields.form_id)) return refused(FORM_TOO_OLD);
    return await openMeeting(tx, ground, { ...who, meetingId: fields.form_id });
  }
  if (meeting === undefined) return refused(MEETING_ABSENT);
  const within = { ...who, meetingId: meeting.id };
  const presence = PRESENCES.find((one) => fields[one] !== undefined);
  if (presence !== undefined) {
    const presences = [{ membershipId: fields[presence] ?? '', presence }];
    return await recordPresence(tx, ground, { ...within, presences });
  }
  if (fields.take !== undefined) return await takeCash(tx, visit, fields.take);
  switch (fields.act) {
    case 'fine':
      return await giveFine(tx, visit, fields);
    case 'decide':
      return await recordDecision(tx, ground, { ...within, decision: fields.decision ?? '' });
    case 'count': {
      const typed = fields.counted?.trim();
      const counted = typed === '0' ? undefined : parseAmount(typed, visit.actor.group.currency);
      if (counted?.ok === false) return counted;
      return await countCash(tx, ground, { ...within, counted: counted?.value.amount ?? 0n });
    }
    case 'explain': {
      const { keeper: keeperId = '', explanation = '' } = fields;
      return await explainVariance(tx, ground, { ...within, keeperId, explanation });
    }
    case 'close':
      return await closeMeeting(tx, ground, within);
    default:
      return refused(MEETING_ABSENT);
  }
}

/** One tap: the whole due of a member, as the books say now and not as the page said. */
async function takeCash(tx: Tx, visit: Visit, taken: string): Promise<Answer<unknown>> {
  const [membershipId = '', contributionId = ''] = taken.split(' ');
  if (!isId('ctr', contributionId)) return refused(FORM_TOO_OLD);
  const books = await readBooks(tx, visit.who.groupId);
  const amount = sum(openDuesOf(books, membershipId).map(missingOf));
  return await declareCash(tx, visit.door.ground, { ...visit.who, contributionId, membershipId, amount });
}

async function giveFine(tx: Tx, visit: Visit, fields: Fields): Promise<Answer<unknown>> {
  const amount = parseAmount(fields.fine, visit.actor.group.currency);
  if (!amount.ok) return amount;
  if (!isId('mtg', fields.form_id)) return refused(FORM_TOO_OLD);
  return await fineMember(tx, visit.door.ground, {
    ...visit.who,
    membershipId: fields.member ?? '',
    formId: fields.form_id,
    kind: 'other',
    amount: amount.value.amount,
    reason: fields.reason ?? '',
  });
}

function fieldOf(no: Refusal, fields: Fields): FieldName {
  if (no.code.startsWith('pin-') && no.code !== 'pin-not-set') return 'pin';
  if (no.code === 'decision-words') return 'decision';
  if (no.code === 'reason-missing') return fields.act === 'explain' ? 'explanation' : 'reason';
  if (no.code.startsWith('amount-')) return fields.act === 'fine' ? 'fine' : 'counted';
  return no.code === 'cash-variance-agreed' ? 'counted' : 'form';
}

async function showMeeting(
  visit: Visit,
  fields: Fields,
  no: No<FieldName> | undefined,
): Promise<FastifyReply> {
  const { door, actor, person, reply } = visit;
  const { group } = actor;
  const books = await readBooks(door.db, group.id);
  const round = presentRound(books);
  if (round === undefined) return await reply.redirect(paths.tontine(group.id), 302);
  const meeting = await meetingOf(visit, round.id);
  const page = (
    <MeetingPage
      frame={frameOfVisit(visit)}
      group={group}
      formId={door.ground.ids.next('mtg')}
      round={round.number}
      mayLead={may(visit, 'open-meeting')}
      roll={meeting === undefined ? [] : await rollOf(visit, books, meeting)}
      boxes={meeting === undefined ? [] : await boxesOf(visit, books, meeting)}
      decisions={meeting?.decisions?.split('\n') ?? []}
      hasPin={person.hasPin}
      values={given({
        member: fields.member,
        fine: fields.fine,
        counted: fields.counted,
        decision: fields.decision,
        explanation: fields.explanation,
      })}
      {...given({
        meeting: meeting && { id: meeting.id, isClosed: meeting.closedAt !== null },
        refusals: refusalsOf(visit, no),
      })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

/** The one that is open; otherwise the last one of this round. */
async function meetingOf({ door, who }: Visit, roundId: string): Promise<Meeting | undefined> {
  const open = await findOpenMeeting(door.db, who.groupId);
  if (open !== undefined) return open;
  const closed = await findLastClosed(door.db, who.groupId);
  return closed?.roundId === roundId ? closed : undefined;
}

async function rollOf(visit: Visit, books: GroupBooks, meeting: Meeting): Promise<RollLine[]> {
  const { door, actor, now } = visit;
  const { currency, id } = actor.group;
  const presences = await listPresences(door.db, meeting.id);
  const declared = await listDeclared(door.db, id);
  const round = presentRound(books);
  return membersOf(books).map((member) => {
    const waiting = declared.filter((one) => one.membershipId === member.id);
    const owed = sum(openDuesOf(books, member.id).map(missingOf));
    const presence = presences.find((one) => one.membershipId === member.id)?.presence;
    return {
      membershipId: member.id,
      name: member.displayName,
      face: round === undefined ? 'none' : faceOf(books, round, member.id, now),
      contributionId: door.ground.ids.next('ctr'),
      ...(presence === undefined ? {} : { presence }),
      ...(owed > 0n && may(visit, 'declare-cash') ? { owed: money(owed, currency) } : {}),
      ...(waiting.length === 0 ? {} : { declared: money(sum(waiting.map((one) => one.amount)), currency) }),
    };
  });
}

async function sendMinutes(visit: Visit): Promise<FastifyReply> {
  const { door, actor, request, reply, who, now } = visit;
  const { meeting: meetingId } = request.params as { meeting?: unknown };
  const meeting = isId('mtg', meetingId)
    ? await findMeeting(door.db, { groupId: who.groupId, meetingId })
    : undefined;
  if (meeting === undefined) return await absent(visit);
  const minutes = await readMinutes(door.db, actor.group, meeting, now);
  const pdf = await drawMinutes(minutes, request.visitor.locale);
  return await reply
    .type('application/pdf')
    .header('content-disposition', `inline; filename="minutes-${meeting.heldOn}.pdf"`)
    .send(pdf);
}
