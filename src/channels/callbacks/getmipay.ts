/**
 * Receives GetMiPay's callbacks: keeps the raw bytes, answers at once, and does nothing else.
 *
 * No cookie, no session and no CSRF check here: the caller is a machine, and what it says is only a hint. The bytes are
 * taken before any parser, because a signature over re-serialised JSON fails on real messages. Besides POST the route
 * takes PUT, because a provider of the region has changed its mind about that before; GET only proves that we are here.
 */
import rateLimit from '@fastify/rate-limit';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { isDatabaseAway } from '../../ground/postgres/in-transaction.ts';
import { readArrival } from '../../rails/inbox/callback-arrival.ts';
import { type CallbackLane, INBOX_FULL, openCallbackLane } from '../../rails/inbox/callback-lane.ts';
import { makeCallbackToken, readCallbackToken } from '../../rails/inbox/callback-token.ts';
import type { Rails } from '../../rails/rails.ts';
import { CALLBACK_PATH } from '../callback-path.ts';

const MOST_BYTES = 64 * 1024;

/** The address at which one payment's outcome is told; built from configuration, never from a request. */
export function callbackUrlOf(publicUrl: string, key: Uint8Array, paymentId: string): string {
  return `${publicUrl}${CALLBACK_PATH}${makeCallbackToken(key, paymentId)}/`;
}

export interface CallbackDoor {
  readonly db: Db;
  readonly ground: Ground;
  readonly rails: Rails;
  readonly callbackKey: Uint8Array;
  /** Requests of one address in one minute that are not proven to be the provider's. */
  readonly requestsPerMinute: number;
  /** Counts what came in, by verdict. */
  readonly count: (verdict: 'new' | 'again' | 'refused') => void;
}

/**
 * Opens the door in a scope of its own. The scope knows nothing of what pages need (cookies, a content policy, compressed
 * answers), as long as it is registered before them.
 */
export async function registerGetmipayCallbacks(app: FastifyInstance, door: CallbackDoor): Promise<void> {
  await app.register(async (scope) => {
    const lane = openCallbackLane(door.db, door.ground, door.rails);
    scope.addHook('onClose', async () => await lane.close());
    await scope.register(rateLimit, { global: false, max: door.requestsPerMinute, timeWindow: 60_000 });
    const countStranger = scope.createRateLimit();
    const isTooMany = async (request: FastifyRequest): Promise<boolean> => {
      const limit = await countStranger(request);
      return !limit.isAllowed && limit.isExceeded;
    };
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) => {
      done(null, body);
    });
    scope.setErrorHandler(answerFault);
    const receive = async (request: FastifyRequest, reply: FastifyReply): Promise<Told> =>
      await take(request, reply, { ...door, lane, isTooMany });
    for (const url of [CALLBACK_PATH, `${CALLBACK_PATH}:token/`]) {
      scope.route({ method: ['POST', 'PUT'], url, bodyLimit: MOST_BYTES, handler: receive });
      scope.get(url, async () => ({ ready: true }));
    }
  });
}

interface Told {
  readonly received: boolean;
}

const TAKEN: Told = { received: true };
const NOT_TAKEN: Told = { received: false };
/** Providers repeat a callback that was not taken; this is when it is worth their while. */
const RETRY_AFTER_S = 10;

async function take(
  request: FastifyRequest,
  reply: FastifyReply,
  door: CallbackDoor & { lane: CallbackLane; isTooMany: (request: FastifyRequest) => Promise<boolean> },
): Promise<Told> {
  const { token } = request.params as { token?: string };
  const paymentId = token === undefined ? undefined : readCallbackToken(door.callbackKey, token);
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const arrival = readArrival(door.rails.provider, {
    paymentId,
    request: {
      body,
      headers: singleHeaders(request.raw.rawHeaders),
      contentType: request.headers['content-type'] ?? '',
      receivedAt: door.ground.clock.now(),
    },
  });
  // All callbacks come from one address, a thousand in a bad second: what is signed is not counted by where it is from.
  if (arrival.verdict.verdict !== 'verified' && (await door.isTooMany(request))) {
    reply.code(429);
    return NOT_TAKEN;
  }
  // An address that we never gave out: whoever calls it knows nothing of ours.
  if (token !== undefined && paymentId === undefined) {
    reply.code(404);
    return NOT_TAKEN;
  }
  // Providers probe an address with an empty body before they use it.
  if (body.length === 0) return TAKEN;
  const answer = await door.lane.take(arrival);
  if (answer.ok) {
    door.count(answer.value);
    return TAKEN;
  }
  if (answer.refusal === INBOX_FULL) reply.code(503).header('retry-after', String(RETRY_AFTER_S));
  else {
    door.count('refused');
    reply.code(401);
  }
  return NOT_TAKEN;
}

/** What happened inside stays in the log; the provider hears whether to come again. */
async function answerFault(error: FastifyError, request: FastifyRequest, reply: FastifyReply): Promise<Told> {
  const told = error.statusCode ?? 500;
  const status = isDatabaseAway(error) ? 503 : told >= 400 && told < 600 ? told : 500;
  if (status >= 500) request.log.error({ err: error, request: request.id }, 'a callback was not kept');
  if (status === 503) reply.header('retry-after', String(RETRY_AFTER_S));
  reply.code(status);
  return NOT_TAKEN;
}

/** Header values by lower-case name. A header sent twice becomes two values joined by a comma, which no signature fits. */
function singleHeaders(rawHeaders: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let place = 0; place + 1 < rawHeaders.length; place += 2) {
    const name = (rawHeaders[place] ?? '').toLowerCase();
    const value = rawHeaders[place + 1] ?? '';
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
}
