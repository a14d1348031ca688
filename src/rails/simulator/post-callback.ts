/**
 * Posts a callback over HTTP to the merchant.
 *
 * It follows no redirect and waits ten seconds at most, so that a merchant who never answers holds up nobody else's
 * callbacks for long.
 */
import { request } from 'undici';
import { SECOND_MS } from '../../ground/clock.ts';
import type { PostCallback } from './send-callbacks-once.ts';

export const postCallback: PostCallback = async ({ url, body, headers }) => {
  try {
    const answer = await request(url, {
      method: 'POST',
      body,
      headers,
      headersTimeout: 10 * SECOND_MS,
      bodyTimeout: 10 * SECOND_MS,
    });
    await answer.body.dump();
    return { status: answer.statusCode };
  } catch (error) {
    // A merchant that cannot be reached is an ordinary day here: the books keep the complaint and try again.
    return { complaint: error instanceof Error ? error.message : String(error) };
  }
};
