/**
 * Opens the list of members: codes, invitations by number, members without a phone.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Refusal } from '../../../../ground/refusal.ts';
import { parsePhone } from '../../../../people/phone-number.ts';
import { decidedTurns, type GroupBooks, readBooks } from '../../../../tontine/groups/read-books.ts';
import { addMember } from '../../../../tontine/members/add-member.ts';
import { listInvitations } from '../../../../tontine/members/invitation.rows.ts';
import { inviteNumber } from '../../../../tontine/members/invite-number.ts';
import { makeInvitation } from '../../../../tontine/members/make-invitation.ts';
import type { Membership, MembershipState } from '../../../../tontine/members/membership.ts';
import type { GroupRole } from '../../../../tontine/members/permission.ts';
import { revokeInvitation } from '../../../../tontine/members/revoke-invitation.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { invitationUrl } from '../group/route.tsx';
import {
  act,
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
import { type MemberLine, MembersPage, type MembersPageProps } from './page.tsx';
import { sendInvitation } from './send-invitation.ts';

type FieldName = 'phone' | 'name' | 'form';

interface Typed {
  readonly phone?: string | undefined;
  readonly name?: string | undefined;
}

export function registerMembers(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineMembers(':id'), {
    show: async (visit) => await showMembers(visit, {}, undefined),
    act: takeInvitation,
  });
}

async function takeInvitation(visit: Visit): Promise<FastifyReply> {
  const { phone, name, act: asked, code } = formFields(visit.request, ['phone', 'name', 'act', 'code']);
  const { door, who, person } = visit;
  const here = paths.tontineMembers(who.groupId);
  const words = wordsOf(visit).members;
  const typed = { phone, name };
  if (asked === 'new-code') {
    const made = await act(visit, async (tx) => await makeInvitation(tx, door.ground, who));
    if (made.ok) return await visit.reply.redirect(here, 303);
    return await showMembers(visit, typed, { field: 'form', no: made.refusal });
  }
  if (asked === 'withdraw-code') {
    const ended = await act(
      visit,
      async (tx) => await revokeInvitation(tx, door.ground, { ...who, code: code ?? '' }),
    );
    if (ended.ok) return await done(visit, words.codeWithdrawn, here);
    return await showMembers(visit, typed, { field: 'form', no: ended.refusal });
  }
  // Without a number it is somebody without a phone, for whom the officers act.
  if ((phone?.trim() ?? '') === '') {
    const added = await act(visit, async (tx) => await addMember(tx, door.ground, { ...who, name }));
    if (added.ok) return await done(visit, words.admitted, here);
    return await showMembers(visit, typed, { field: fieldOf(added.refusal), no: added.refusal });
  }
  const number = parsePhone(phone, person.country);
  if (!number.ok) return await showMembers(visit, typed, { field: 'phone', no: number.refusal });
  const invited = await act(
    visit,
    async (tx) => await inviteNumber(tx, door.ground, { ...who, phone: number.value.e164, name }),
  );
  if (invited.ok) {
    const outcome = await sendInvitation(visit, number.value);
    return await done(visit, outcome === 'sent' ? words.invitedBySms : words.invited, here);
  }
  return await showMembers(visit, typed, { field: fieldOf(invited.refusal), no: invited.refusal });
}

function fieldOf(no: Refusal): FieldName {
  if (no.code.startsWith('name-')) return 'name';
  return no.code === 'member-already' ? 'phone' : 'form';
}

const SHOWN: readonly MembershipState[] = ['active', 'suspended', 'invited'];

async function showMembers(visit: Visit, typed: Typed, no: No<FieldName> | undefined): Promise<FastifyReply> {
  const { door, actor, reply } = visit;
  const books = await readBooks(door.db, actor.group.id);
  const asking = may(visit, 'admit-member') ? books.people.filter((one) => one.state === 'asked') : [];
  const page = (
    <MembersPage
      frame={frameOfVisit(visit)}
      group={actor.group}
      members={books.people
        .filter((one) => SHOWN.includes(one.state))
        .map((one) => memberLine(books, one, actor.membership.id))}
      asking={asking.map((one) => ({ id: one.id, name: one.displayName }))}
      {...given({
        invitation: await invitationOf(visit, typed),
        refusals: refusalsOf(visit, no),
      })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

export function rolesOf(books: Pick<GroupBooks, 'offices'>, membershipId: string): readonly GroupRole[] {
  const held = books.offices.filter((office) => office.membershipId === membershipId);
  return held.length === 0 ? ['member'] : held.map((office) => office.role);
}

export function turnNumbers(books: GroupBooks, membershipId: string): readonly number[] {
  return decidedTurns(books).flatMap((one) =>
    one.share.membershipId === membershipId && one.round !== undefined ? [one.round.number] : [],
  );
}

function memberLine(books: GroupBooks, one: Membership, meId: string): MemberLine {
  return {
    id: one.id,
    name: one.displayName,
    face: one.state,
    roles: rolesOf(books, one.id),
    shares: books.shares.filter((share) => share.membershipId === one.id && share.state === 'active').length,
    turns: turnNumbers(books, one.id),
    isMe: one.id === meId,
  };
}

async function invitationOf(visit: Visit, typed: Typed): Promise<MembersPageProps['invitation']> {
  if (!may(visit, 'invite-member')) return undefined;
  const { door, actor, now } = visit;
  const [open] = await listInvitations(door.db, actor.group.id, now);
  return {
    formId: door.ground.ids.next('inv'),
    ...given({
      phone: typed.phone,
      name: typed.name,
      open: open && { code: open.code, url: invitationUrl(door, open.code) },
    }),
  };
}
