/**
 * Receives GetMiPay's callbacks: keeps the raw bytes, answers at once, and does nothing else.
 *
 * No cookie, no session and no CSRF check here: the caller is a machine, and what it says is only a hint. The bytes are
 * taken before any parser, because a signature over re-serialised JSON fails on real messages. Besides POST the route
 * takes PUT, because a provider of the region has changed its mind about that before; GET only proves that we are here.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { makeCallbackToken, readCallbackToken } from '../../rails/inbox/callback-token.ts';
import { storeCallback } from '../../rails/inbox/store-callback.ts';
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
  /** Counts what came in, by verdict. */
  readonly count: (verdict: 'new' | 'again' | 'refused') => void;
}

export async function registerGetmipayCallbacks(app: FastifyInstance, door: CallbackDoor): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) => {
      done(null, body);
    });
    const receive = async (request: FastifyRequest, reply: FastifyReply) => await take(request, reply, door);
    for (const url of [CALLBACK_PATH, `${CALLBACK_PATH}:token/`]) {
      scope.route({ method: ['POST', 'PUT'], url, bodyLimit: MOST_BYTES, handler: receive });
      scope.get(url, async () => ({ ready: true }));
    }
  });
}

async function take(request: FastifyRequest, reply: FastifyReply, door: CallbackDoor): Promise<FastifyReply> {
  const { token } = request.params as { token?: string };
  const paymentId = token === undefined ? undefined : readCallbackToken(door.callbackKey, token);
  // An address that we never gave out: whoever calls it knows nothing of ours.
  if (token !== undefined && paymentId === undefined) return await reply.code(404).send({ received: false });
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  // Providers probe an address with an empty body before they use it.
  if (body.length === 0) return await reply.code(200).send({ received: true });
  const answer = await inTransaction(door.db, async (tx) =>
    storeCallback(tx, door.ground, door.rails, {
      paymentId,
      request: {
        body,
        headers: singleHeaders(request.raw.rawHeaders),
        contentType: request.headers['content-type'] ?? '',
        receivedAt: door.ground.clock.now(),
      },
    }),
  );
  if (!answer.ok) {
    door.count('refused');
    return await reply.code(401).send({ received: false });
  }
  door.count(answer.value);
  return await reply.code(200).send({ received: true });
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
