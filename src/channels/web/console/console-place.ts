/**
 * Guards the console: every route of it names the permission that it needs, and is open to nobody else.
 *
 * Strangers are sent to log in, members are told that there is no such page, operators without a code of their
 * authenticator in this session are asked for one, and those whose role does not allow it are told so. A route that names
 * no permission answers 404 to everybody: forgetting it closes a door and opens none.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may, type Permission } from '../../../oversight/access/permission.ts';
import type { Operator } from '../../../oversight/operator.ts';
import { deviceLabel } from '../../../people/device-label.ts';
import { grantedRoles } from '../../../people/role.ts';
import type { Assets } from '../assets.ts';
import { sendError } from '../errors/route.tsx';
import { paths } from '../paths.ts';
import { signedInOf } from '../signed-in.ts';
import type { WebDoor } from '../web-door.ts';
import { consolePaths } from './console-paths.ts';

/** What a route of the console asks of who opens it. */
export type ConsoleNeed =
  | Permission
  | 'role' // any role, before the second factor
  | 'login'; // anybody who is signed in: an invited person has no role yet

declare module 'fastify' {
  interface FastifyContextConfig {
    consoleNeed?: ConsoleNeed;
  }
}

/** For the options of a route. */
export function needs(consoleNeed: ConsoleNeed): { readonly config: { readonly consoleNeed: ConsoleNeed } } {
  return { config: { consoleNeed } };
}

/** A hook for the scope of the console. */
export function guardConsole(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  app.addHook('onRequest', async (request, reply) => {
    const need = request.routeOptions.config.consoleNeed;
    const { signedIn } = request.visitor;
    if (signedIn === undefined) {
      const next = request.method === 'GET' ? request.url : consolePaths.now;
      return await reply.redirect(`${paths.login}?next=${encodeURIComponent(next)}`, 302);
    }
    if (need === 'login') return undefined;
    if (need === undefined || grantedRoles(signedIn.roles).length === 0) {
      return await sendError(request, reply, 404, assets, door);
    }
    if (need === 'role') return undefined;
    if (signedIn.session.secondFactorAt === undefined) return await askForCode(request, reply);
    if (!may(signedIn.roles, need)) return await sendError(request, reply, 403, assets, door);
    return undefined;
  });
}

async function askForCode(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const next = request.method === 'GET' ? request.url : consolePaths.now;
  return await reply.redirect(`${consolePaths.secondFactor}?next=${encodeURIComponent(next)}`, 302);
}

/** Who acts, for the acts and the trail. */
export function operatorOf(request: FastifyRequest): Operator {
  const { person, roles } = signedInOf(request);
  return {
    personId: person.id,
    roles,
    ip: request.ip,
    device: deviceLabel(request.headers['user-agent']),
  };
}
