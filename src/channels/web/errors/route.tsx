/**
 * Answers everything that went wrong with a page that says what to do, and the number under which we find it.
 *
 * What happened inside stays in the log. A database that is away is not an error of ours to hide behind a 500: it is a
 * 503 that says that nothing was lost, and that makes providers repeat their callbacks.
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseAway } from '../../../ground/postgres/in-transaction.ts';
import type { Assets } from '../assets.ts';
import { given } from '../given.ts';
import type { Frame } from '../layout.tsx';
import { sendPage } from '../send-page.ts';
import type { WebDoor } from '../web-door.ts';
import { ErrorPage, type ErrorStatus } from './page.tsx';

const RETRY_AFTER_S = 10;

export async function registerErrors(app: FastifyInstance, door: WebDoor, assets: Assets): Promise<void> {
  app.setNotFoundHandler(async (request, reply) => await sendError(request, reply, 404, assets, door));
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const status = statusOfError(error);
    if (status >= 500) request.log.error({ err: error, request: request.id }, 'request failed');
    else request.log.info({ code: error.code, status }, 'request refused');
    return await sendError(request, reply, status, assets, door);
  });
}

/** Sends the page for a status; a machine that did not ask for a page gets two fields instead. */
export async function sendError(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  assets: Assets,
  door: WebDoor,
): Promise<FastifyReply> {
  if (status === 503) reply.header('retry-after', String(RETRY_AFTER_S));
  reply.header('cache-control', 'no-store');
  if (!(request.headers.accept ?? '').includes('text/html') && request.method !== 'GET') {
    return await reply.code(status).send({ error: status, request: request.id });
  }
  const frame: Frame = {
    // The visitor may be unknown: that is what failed.
    locale:
      request.visitor?.locale ?? (/^en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'fr'),
    assets,
    ...given({ demo: door.demo && { smsUrl: '/demo/sms/', phoneUrl: door.demo.phoneUrl } }),
  };
  const face = faceOf(status);
  const retry = face === 503 || face === 429 ? { retryAfter_s: RETRY_AFTER_S } : {};
  return await sendPage(
    reply,
    <ErrorPage frame={frame} status={face} requestId={request.id} {...retry} />,
    status,
  );
}

function statusOfError(error: FastifyError): number {
  if (isDatabaseAway(error)) return 503;
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 600 ? status : 500;
}

function faceOf(status: number): ErrorStatus {
  if (status === 403 || status === 404 || status === 429 || status === 503) return status;
  return status < 500 ? 400 : 500;
}
