/**
 * Opens the page of people and access, its forms, and the page behind an invitation.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import type { Tx } from '../../../../ground/postgres/database.ts';
import { inTransaction } from '../../../../ground/postgres/in-transaction.ts';
import { type Answer, refusal, refused } from '../../../../ground/refusal.ts';
import { acceptConsoleInvitation } from '../../../../oversight/access/accept-console-invitation.ts';
import { endSessions } from '../../../../oversight/access/end-sessions.ts';
import { inviteToConsole } from '../../../../oversight/access/invite-to-console.ts';
import { listTeam, type TeamMember } from '../../../../oversight/access/list-team.ts';
import { takeRoleBack } from '../../../../oversight/access/take-role-back.ts';
import { unlinkAuthenticator } from '../../../../oversight/access/unlink-authenticator.ts';
import { withdrawInvitation } from '../../../../oversight/access/withdraw-invitation.ts';
import type { Operator } from '../../../../oversight/operator.ts';
import { invitationNotice } from '../../../../people/notices.ts';
import { listOpenInvitations } from '../../../../people/operator-invitation.rows.ts';
import { PERSON_ABSENT } from '../../../../people/person.ts';
import { maskPhone, parsePhone } from '../../../../people/phone-number.ts';
import { isGrantedRole } from '../../../../people/role.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import { signedInOf } from '../../signed-in.ts';
import { leaveFlash } from '../../visitor.ts';
import type { WebDoor } from '../../web-door.ts';
import { wordsFor } from '../../words/words.ts';
import { answerAct } from '../answer-act.tsx';
import { consoleFrameOf } from '../console-frame.ts';
import { consolePaths } from '../console-paths.ts';
import { needs, operatorOf } from '../console-place.ts';
import { InvitationPage } from './invitation-page.tsx';
import { AccessPage, type TeamLine } from './page.tsx';

const ROLE_UNKNOWN = refusal('role-unknown', 'invalid', 'Choisissez un rôle.', 'Choose a role.');

export function registerAccess(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const manages = needs('manage-access');
  const to = consolePaths.access;

  app.get(to, manages, async (request, reply) => await showAccess(request, reply, { door, assets }));

  app.post(consolePaths.accessInvite, manages, async (request, reply) => {
    const fields = formFields(request, ['phone', 'role']);
    const phone = parsePhone(fields.phone, door.defaultCountry);
    if (!phone.ok) return await answerAct(request, reply, phone, { door, assets, to });
    const { role } = fields;
    if (!isGrantedRole(role))
      return await answerAct(request, reply, refused(ROLE_UNKNOWN), { door, assets, to });
    const invite = { phone: phone.value, role };
    const invited = await act(request, async (tx, by) => await inviteToConsole(tx, door.ground, by, invite));
    if (!invited.ok) return await answerAct(request, reply, invited, { door, assets, to });
    const link = `${door.publicUrl}${consolePaths.invitation(invited.value.token)}`;
    await door.sms.send({ to: phone.value.e164, text: invitationNotice(link) });
    return await showAccess(request, reply, { door, assets, link });
  });

  app.post(consolePaths.accessWithdraw, manages, async (request, reply) => {
    const id = formFields(request, ['invitation']).invitation ?? '';
    const done = await act(request, async (tx, by) => await withdrawInvitation(tx, door.ground, by, id));
    return await answerAct(request, reply, done, { door, assets, to });
  });

  app.post(consolePaths.accessRevoke, manages, async (request, reply) => {
    const { person: personId = '', role } = formFields(request, ['person', 'role']);
    if (!isGrantedRole(role))
      return await answerAct(request, reply, refused(ROLE_UNKNOWN), { door, assets, to });
    const done = await act(
      request,
      async (tx, by) => await takeRoleBack(tx, door.ground, by, { personId, role }),
    );
    return await answerAct(request, reply, done, { door, assets, to });
  });

  for (const [path, run] of [
    [consolePaths.accessSessions, endSessions],
    [consolePaths.accessUnlink, unlinkAuthenticator],
  ] as const) {
    app.post(path, manages, async (request, reply) => {
      const personId = formFields(request, ['person']).person;
      const done = isId('per', personId)
        ? await act(
            request,
            async (tx, by): Promise<Answer<unknown>> => await run(tx, door.ground, by, personId),
          )
        : refused(PERSON_ABSENT);
      return await answerAct(request, reply, done, { door, assets, to });
    });
  }

  async function act<T>(
    request: FastifyRequest,
    run: (tx: Tx, by: Operator) => Promise<Answer<T>>,
  ): Promise<Answer<T>> {
    return await inTransaction(door.db, async (tx) => await run(tx, operatorOf(request)));
  }
}

/** The page that an invited person opens, who has no role yet. */
export function registerInvitation(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const path = consolePaths.invitation(':token');

  app.get(path, needs('login'), async (request, reply) => {
    const frame = await consoleFrameOf(request, reply, door, assets);
    return await sendPage(reply, <InvitationPage frame={frame} token={tokenOf(request)} />);
  });

  app.post(path, needs('login'), async (request, reply) => {
    const acceptance = { token: tokenOf(request), person: signedInOf(request).person };
    const accepted = await inTransaction(
      door.db,
      async (tx) => await acceptConsoleInvitation(tx, door.ground, operatorOf(request), acceptance),
    );
    if (!accepted.ok) return await answerAct(request, reply, accepted, { door, assets, to: paths.wallet });
    // The role ended every session: the next login is one of staff.
    leaveFlash(reply, door, {
      kind: 'success',
      text: wordsFor(request.visitor.locale).console.invitation.accepted,
    });
    return await reply.redirect(`${paths.login}?next=${encodeURIComponent(consolePaths.now)}`, 303);
  });
}

function tokenOf(request: FastifyRequest): string {
  const { token } = request.params as { token?: unknown };
  return typeof token === 'string' ? token.slice(0, 60) : '';
}

interface Showing {
  readonly door: WebDoor;
  readonly assets: Assets;
  readonly link?: string;
}

async function showAccess(
  request: FastifyRequest,
  reply: FastifyReply,
  { door, assets, link }: Showing,
): Promise<FastifyReply> {
  const now = door.ground.clock.now();
  const team = await listTeam(door.db, now);
  const invitations = await listOpenInvitations(door.db, now);
  const page = (
    <AccessPage
      frame={await consoleFrameOf(request, reply, door, assets)}
      team={team.map(toLine)}
      invitations={invitations.map((one) => ({
        id: one.id,
        phoneText: maskPhone(one.phone),
        role: one.role,
        expiresAt: one.expiresAt,
      }))}
      {...given({ link })}
    />
  );
  return await sendPage(reply, page);
}

function toLine(member: TeamMember): TeamLine {
  return {
    personId: member.person.id,
    name: member.person.displayName ?? maskPhone(member.person.phone),
    phoneText: maskPhone(member.person.phone),
    roles: member.roles,
    hasFactor: member.hasFactor,
    sessions: member.sessions.map((session) => ({
      id: session.id,
      ip: session.ip,
      lastSeenAt: session.lastSeenAt,
      inConsole: session.secondFactorAt !== undefined,
      ...given({ device: session.device }),
    })),
  };
}
