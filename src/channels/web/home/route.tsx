/**
 * Opens the first page, and sends whoever is signed in to the wallet.
 */
import type { FastifyInstance } from 'fastify';
import type { Assets } from '../assets.ts';
import { paths } from '../paths.ts';
import { sendPage } from '../send-page.ts';
import { frameOf } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import { HomePage } from './page.tsx';

export function registerHome(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  app.get(paths.home, async (request, reply) => {
    if (request.visitor.signedIn !== undefined) return await reply.redirect(paths.wallet, 302);
    return await sendPage(reply, <HomePage frame={frameOf(request, reply, door, assets)} />);
  });
}
