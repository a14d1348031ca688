/**
 * Sends a drawn page.
 */
import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import type { RefusalKind } from '../../ground/refusal.ts';
import { renderPage } from './layout.tsx';

export async function sendPage(reply: FastifyReply, page: VNode, status = 200): Promise<FastifyReply> {
  // As bytes, because a text would be counted, compressed and sent by turning it into bytes each time.
  const bytes = Buffer.from(renderPage(page));
  return await reply.code(status).type('text/html; charset=utf-8').send(bytes);
}

/** The HTTP status of a refusal that is shown on its form. */
export function statusOf(kind: RefusalKind): number {
  switch (kind) {
    case 'invalid':
      return 422;
    case 'denied':
      return 403;
    case 'absent':
      return 404;
    case 'conflict':
      return 409;
    case 'too-many':
      return 429;
    case 'unavailable':
      return 503;
  }
}
