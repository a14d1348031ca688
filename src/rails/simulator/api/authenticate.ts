/**
 * Finds out which generation of the API a caller speaks, and refuses strangers.
 *
 * The newer generation carries a bearer token, the older one the key itself in `X-API-KEY`; a signature is checked
 * whenever one is sent, because a client that signs wrongly should learn it here and not in production.
 */
import type { FastifyRequest } from 'fastify';
import { MINUTE_MS } from '../../../ground/clock.ts';
import type { Counter } from '../merchant.ts';
import { isSameText, signRequest } from '../signature.ts';
import { ApiError } from './api-error.ts';

export type Generation =
  | 'jwt' // bearer token from `/action/auth`
  | 'api-key'; // the key in a header, as the official clients do

export const API_PREFIX = '/api/v1';

/** How far a signed request's timestamp may be from our clock. */
const SIGNATURE_WINDOW_S = (5 * MINUTE_MS) / 1000;

/** Refuses (401) no credentials, an unknown key, a dead token, and a signature that is wrong or too old. */
export function authenticate(counter: Counter, request: FastifyRequest): Generation {
  const { authorization } = request.headers;
  const key = request.headers['x-api-key'];
  if (authorization !== undefined) {
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
    if (token === undefined || !counter.tokens.isValid(token)) {
      throw new ApiError(401, 'TOKEN_INVALID', 'The token is invalid or has expired.');
    }
    return 'jwt';
  }
  if (typeof key !== 'string') throw new ApiError(401, 'UNAUTHENTICATED', 'Authentication is required.');
  const { publicKey, secretKey } = counter.merchant;
  if (!isSameText(key, publicKey) && !isSameText(key, secretKey)) {
    throw new ApiError(401, 'API_KEY_INVALID', 'The API key is invalid.');
  }
  if (request.headers['x-signature'] !== undefined) checkSignature(counter, request, key);
  return 'api-key';
}

function checkSignature(counter: Counter, request: FastifyRequest, key: string): void {
  const signature = String(request.headers['x-signature']);
  const timestamp = String(request.headers['x-timestamp'] ?? '');
  const [path = ''] = request.url.slice(API_PREFIX.length).split('?');
  const body = Buffer.isBuffer(request.body) ? request.body : '';
  const expected = signRequest({ method: request.method, path, timestamp, body }, key);
  if (!isSameText(signature, expected)) {
    throw new ApiError(401, 'SIGNATURE_INVALID', 'The request signature is invalid.');
  }
  const age_s = Math.abs(counter.clock.now().getTime() / 1000 - Number(timestamp));
  if (!/^\d{1,12}$/.test(timestamp) || age_s > SIGNATURE_WINDOW_S) {
    throw new ApiError(401, 'TIMESTAMP_INVALID', 'The request timestamp is missing, malformed or too old.');
  }
}
