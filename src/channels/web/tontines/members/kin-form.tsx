/**
 * Opens the naming of a next of kin: one's own, or that of a member without a phone for officers; absent for all others.
 *
 * It asks for the PIN, because it decides into whose wallet a pot goes one day.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { formatPhone, parsePhone } from '../../../../people/phone-number.ts';
import { findMembership } from '../../../../tontine/members/membership.rows.ts';
import { MEMBER_STATES, type Membership } from '../../../../tontine/members/membership.ts';
import { nameNextOfKin } from '../../../../tontine/members/name-next-of-kin.ts';
import { isOfficer } from '../../../../tontine/members/permission.ts';
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
  type No,
  refusalsOf,
  registerGroupPage,
  statusOfNo,
  usualField,
  type Visit,
  wordsOf,
} from '../group-visit.ts';
import { KinPage } from './kin-page.tsx';

type FieldName = 'name' | 'phone' | 'pin' | 'form';

interface Typed {
  readonly name: string | undefined;
  readonly phone: string | undefined;
}

export function registerKin(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineKin(':id', ':member'), {
    show: async (visit) => await showKin(visit, undefined, undefined),
    act: takeName,
  });
}

/** Whether this visitor may name the next of kin of that member. */
export function mayName({ actor }: Visit, member: Pick<Membership, 'id' | 'personId' | 'state'>): boolean {
  if (!MEMBER_STATES.includes(member.state) || actor.membership.state !== 'active') return false;
  return member.id === actor.membership.id || (member.personId === null && isOfficer(actor.roles));
}

async function memberOf(visit: Visit): Promise<Membership | undefined> {
  const { member: id } = visit.request.params as { member: string };
  const member = await findMembership(visit.door.db, id);
  return member?.groupId === visit.actor.group.id && mayName(visit, member) ? member : undefined;
}

async function takeName(visit: Visit): Promise<FastifyReply> {
  const { pin, ...typed } = formFields(visit.request, ['name', 'phone', 'pin']);
  const member = await memberOf(visit);
  if (member === undefined) return await absent(visit);
  const { door, who, person } = visit;
  const isWithout = (typed.phone?.trim() ?? '') === '';
  const number = isWithout ? undefined : parsePhone(typed.phone, person.country);
  if (number?.ok === false) return await showKin(visit, typed, { field: 'phone', no: number.refusal });
  const asked = {
    ...who,
    membershipId: member.id,
    name: typed.name,
    ...given({ phone: number?.value.e164 }),
  };
  const named = await actWithPin(visit, pin, async (tx) => await nameNextOfKin(tx, door.ground, asked));
  if (named.ok)
    return await done(visit, wordsOf(visit).kin.done, paths.tontineMember(who.groupId, member.id));
  const no = named.refusal;
  const field = no.code.startsWith('name-') ? 'name' : usualField(no) === 'pin' ? 'pin' : 'form';
  return await showKin(visit, typed, { field, no });
}

async function showKin(
  visit: Visit,
  typed: Typed | undefined,
  no: No<FieldName> | undefined,
): Promise<FastifyReply> {
  const member = await memberOf(visit);
  if (member === undefined) return await absent(visit);
  const { door, actor, person, reply } = visit;
  const kept = {
    name: member.nextOfKinName,
    phone: member.nextOfKinPhone === null ? undefined : formatPhone(member.nextOfKinPhone),
  };
  const page = (
    <KinPage
      frame={frameOfVisit(visit)}
      group={actor.group}
      formId={door.ground.ids.next('grj')}
      membershipId={member.id}
      member={member.displayName}
      isMe={member.id === actor.membership.id}
      values={given(typed ?? kept)}
      hasPin={person.hasPin}
      {...given({ refusals: refusalsOf(visit, no) })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}
