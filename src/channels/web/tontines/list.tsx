/**
 * Draws the list of a person's tontines, also as the answer to a code that opened nothing.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '../../../ground/refusal.ts';
import { listOpenRequests } from '../../../tontine/approvals/approval-request.rows.ts';
import { findGroup } from '../../../tontine/groups/group.rows.ts';
import { readGroup } from '../../../tontine/groups/read-group.ts';
import { listInvitedNumber, listPlacesOf } from '../../../tontine/members/membership.rows.ts';
import { findRolesOf } from '../../../tontine/members/membership-role.rows.ts';
import type { Assets } from '../assets.ts';
import { sendPage, statusOf } from '../send-page.ts';
import { signedInOf } from '../signed-in.ts';
import { frameOf, refusalText } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import { countToDecide } from './approvals/silence.ts';
import type { GroupStanding } from './group-sentence.ts';
import { standingOf } from './group-view.ts';
import { TontinesPage } from './page.tsx';

interface Outcome {
  readonly code?: string;
  readonly no?: Refusal;
}

export async function showTontines(
  request: FastifyRequest,
  reply: FastifyReply,
  door: WebDoor,
  assets: Assets,
  { code, no }: Outcome = {},
): Promise<FastifyReply> {
  const { person } = signedInOf(request);
  const groups = await readStandings(door, person.id);
  const invited = await listInvitedNumber(door.db, person.phone);
  const invitations = [];
  for (const { id: membershipId, groupId } of invited) {
    const group = await findGroup(door.db, groupId);
    if (group !== undefined) invitations.push({ membershipId, groupName: group.name });
  }
  const page = (
    <TontinesPage
      frame={frameOf(request, reply, door, assets)}
      groups={groups}
      invitations={invitations}
      {...(code === undefined ? {} : { code })}
      {...(no === undefined ? {} : { refusals: { code: refusalText(request, no) } })}
    />
  );
  return await sendPage(reply, page, no === undefined ? 200 : statusOf(no.kind));
}

async function readStandings(door: WebDoor, personId: string): Promise<GroupStanding[]> {
  const now = door.ground.clock.now();
  const standings: GroupStanding[] = [];
  for (const membership of await listPlacesOf(door.db, personId)) {
    const group = await findGroup(door.db, membership.groupId);
    if (group === undefined) continue;
    const roles = await findRolesOf(door.db, membership.id);
    const requests = await listOpenRequests(door.db, group.id);
    const toDecide = await countToDecide(door.db, requests, { membership, roles }, now);
    const reading = await readGroup(door.db, group.id);
    standings.push(standingOf(group, reading, { membershipId: membership.id, toDecide }, now));
  }
  return standings;
}
