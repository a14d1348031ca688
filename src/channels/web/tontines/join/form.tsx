/**
 * Lets people in: by a code or a link, which asks an officer, or by an invitation to their own number.
 *
 * A code shows a group's name and rules to whoever holds it, and nothing of its members or money.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { money } from '../../../../ground/money/money.ts';
import { answerInTransaction } from '../../../../ground/postgres/answer-in-transaction.ts';
import { type Answer, accepted, type Refusal, refused } from '../../../../ground/refusal.ts';
import { payoutPerShare } from '../../../../tontine/cycles/rotation.ts';
import { findGroup } from '../../../../tontine/groups/group.rows.ts';
import type { Group } from '../../../../tontine/groups/group.ts';
import { currentRules } from '../../../../tontine/groups/group-rules.rows.ts';
import type { Rules } from '../../../../tontine/groups/rules.ts';
import { answerInvitation } from '../../../../tontine/members/answer-invitation.ts';
import { askToJoin } from '../../../../tontine/members/ask-to-join.ts';
import { findInvitation } from '../../../../tontine/members/invitation.rows.ts';
import {
  ALREADY_IN_GROUP,
  INVITATION_ABSENT,
  readInvitationCode,
} from '../../../../tontine/members/invitation.ts';
import { findMembership, findPlaceOf, listMembers } from '../../../../tontine/members/membership.rows.ts';
import { MEMBER_STATES } from '../../../../tontine/members/membership.ts';
import { listOffices } from '../../../../tontine/members/membership-role.rows.ts';
import type { Assets } from '../../assets.ts';
import { sendError } from '../../errors/route.tsx';
import { formFields } from '../../form-fields.ts';
import { paths, patternOf } from '../../paths.ts';
import { sendPage, statusOf } from '../../send-page.ts';
import { requireSignIn, signedInOf } from '../../signed-in.ts';
import { frameOf, leaveFlash, refusalText } from '../../visitor.ts';
import type { WebDoor } from '../../web-door.ts';
import { wordsFor } from '../../words/words.ts';
import { showTontines } from '../list.tsx';
import { rulesSummary } from '../rules-view.ts';
import { JoinPage } from './page.tsx';

/** What the steps of this door share. */
interface Call {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly door: WebDoor;
  readonly assets: Assets;
}

export function registerJoin(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const guarded = { onRequest: requireSignIn };
  const link = patternOf(paths.tontineInvitation(':code'));
  const called =
    (take: (call: Call) => Promise<FastifyReply>) => async (request: FastifyRequest, reply: FastifyReply) =>
      await take({ request, reply, door, assets });
  app.get(paths.tontineJoin, guarded, async (_request, reply) => await reply.redirect(paths.tontines, 302));
  app.post(paths.tontineJoin, guarded, called(takeCodeOrAnswer));
  app.get(
    link,
    guarded,
    called(async (call) => await showGroup(call, undefined)),
  );
  app.post(link, guarded, called(takeWish));
}

async function takeCodeOrAnswer(call: Call): Promise<FastifyReply> {
  const { request, reply, door, assets } = call;
  const { code, membership_id, answer } = formFields(request, ['code', 'membership_id', 'answer']);
  if (membership_id !== undefined) return await takeAnswer(call, membership_id, answer);
  const opened = await openInvitation(door, code);
  if (opened.ok) return await reply.redirect(paths.tontineInvitation(opened.value.code), 303);
  return await showTontines(request, reply, door, assets, { code: code ?? '', no: opened.refusal });
}

async function takeWish(call: Call): Promise<FastifyReply> {
  const { request, door } = call;
  const { code } = request.params as { code: string };
  const { person } = signedInOf(request);
  const asked = await answerInTransaction(
    door.db,
    async (tx) => await askToJoin(tx, door.ground, { person, code }),
  );
  return asked.ok ? await tell(call, 'asked') : await showGroup(call, asked.refusal);
}

async function takeAnswer(
  call: Call,
  membershipId: string,
  typed: string | undefined,
): Promise<FastifyReply> {
  const { request, reply, door, assets } = call;
  const answer = typed === 'yes' ? 'yes' : 'no';
  const { person } = signedInOf(request);
  const answered = await answerInTransaction(
    door.db,
    async (tx) => await answerInvitation(tx, door.ground, { person, membershipId, answer }),
  );
  if (!answered.ok) return await showTontines(request, reply, door, assets, { no: answered.refusal });
  if (answer === 'no') return await tell(call, 'declined');
  const membership = await findMembership(door.db, membershipId);
  return await tell(call, 'joined', membership && paths.tontine(membership.groupId));
}

async function tell(
  { request, reply, door }: Call,
  what: 'asked' | 'joined' | 'declined',
  path: string = paths.tontines,
): Promise<FastifyReply> {
  const text = wordsFor(request.visitor.locale).tontines.list[what];
  leaveFlash(reply, door, { kind: 'success', text });
  return await reply.redirect(path, 303);
}

async function showGroup(call: Call, no: Refusal | undefined): Promise<FastifyReply> {
  const { request, reply, door, assets } = call;
  const { code } = request.params as { code: string };
  const opened = await openInvitation(door, code);
  if (!opened.ok) return await sendError(request, reply, 404, assets, door);
  const { group } = opened.value;
  const { person } = signedInOf(request);
  const place = await findPlaceOf(door.db, { groupId: group.id, personId: person.id });
  if (place !== undefined && MEMBER_STATES.includes(place.state)) {
    return await reply.redirect(paths.tontine(group.id), 302);
  }
  const said = no ?? (place?.state === 'asked' ? ALREADY_IN_GROUP : undefined);
  const page = await joinPage(call, opened.value, said);
  return await sendPage(reply, page, no === undefined ? 200 : statusOf(no.kind));
}

async function joinPage(call: Call, opened: Opened, no: Refusal | undefined) {
  const { request, reply, door, assets } = call;
  const { group, rules, code } = opened;
  const members = await listMembers(door.db, group.id);
  const offices = await listOffices(door.db, group.id);
  const president = offices.find((office) => office.role === 'president');
  const shares = Math.max(members.length + 1, 2);
  const { contribution, rounds = shares, solidarity } = rules;
  return (
    <JoinPage
      frame={frameOf(request, reply, door, assets)}
      formId={door.ground.ids.next('mem')}
      code={code}
      groupName={group.name}
      presidentName={members.find((one) => one.id === president?.membershipId)?.displayName ?? '…'}
      members={members.length}
      each={money(contribution + solidarity.contribution, group.currency)}
      pot={money(payoutPerShare({ shares, rounds, contribution }), group.currency)}
      rules={rulesSummary(rules, group.currency, request.visitor.locale)}
      asks
      {...(no === undefined ? {} : { refusal: refusalText(request, no) })}
    />
  );
}

interface Opened {
  readonly code: string;
  readonly group: Group;
  readonly rules: Rules;
}

async function openInvitation(door: WebDoor, typed: unknown): Promise<Answer<Opened>> {
  const now = door.ground.clock.now();
  const invitation = await findInvitation(door.db, readInvitationCode(typed));
  const isOpen =
    invitation !== undefined &&
    invitation.revokedAt === null &&
    invitation.expiresAt > now &&
    invitation.uses < invitation.mostUses;
  const group = isOpen ? await findGroup(door.db, invitation.groupId) : undefined;
  if (invitation === undefined || group === undefined) return refused(INVITATION_ABSENT);
  const { rules } = await currentRules(door.db, group.id, now);
  return accepted({ code: invitation.code, group, rules });
}
