/**
 * Makes what every page of the console is drawn with, and answers with a page.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { countRaisedAlerts } from '../../../oversight/alerts/alert.rows.ts';
import { countOpenReviews } from '../../../rails/payments/review.rows.ts';
import type { Assets } from '../assets.ts';
import { signedInOf } from '../signed-in.ts';
import { frameOf } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import type { ConsoleFrame } from './console-layout.tsx';

export async function consoleFrameOf(
  request: FastifyRequest,
  reply: FastifyReply,
  door: WebDoor,
  assets: Assets,
): Promise<ConsoleFrame> {
  const frame = frameOf(request, reply, door, assets);
  const waiting = {
    reviews: await countOpenReviews(door.db),
    alerts: await countRaisedAlerts(door.db),
  };
  return { ...frame, roles: signedInOf(request).roles, waiting };
}
