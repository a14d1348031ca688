/**
 * Draws the list of a person's tontines, also as the answer to a code that opened nothing.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '../../../ground/refusal.ts';
import { listMyGroups } from '../../../tontine/groups/list-my-groups.ts';
import type { GroupStanding } from '../../../tontine/groups/my-groups.rows.ts';
import { MEMBER_STATES } from '../../../tontine/members/membership.ts';
import type { Assets } from '../assets.ts';
import { sendPage, statusOf } from '../send-page.ts';
import { signedInOf } from '../signed-in.ts';
import { frameOf, refusalText } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
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
  const { groups, invitations } = await listMyGroups(door.db, door.ground, person);
  const page = (
    <TontinesPage
      frame={frameOf(request, reply, door, assets)}
      groups={groups.filter(isMember).map((one) => standingOf(one, door.ground.clock.now()))}
      invitations={invitations}
      {...(code === undefined ? {} : { code })}
      {...(no === undefined ? {} : { refusals: { code: refusalText(request, no) } })}
    />
  );
  return await sendPage(reply, page, no === undefined ? 200 : statusOf(no.kind));
}

/** Groups that wait for an answer, of the person or of the group, have nothing to show yet. */
function isMember({ membershipState }: GroupStanding): boolean {
  return MEMBER_STATES.includes(membershipState);
}
