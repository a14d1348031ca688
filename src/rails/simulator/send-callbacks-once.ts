/**
 * Sends the callbacks that are due, one bounded step of the delivery loop.
 *
 * A batch is sent in parallel: the duplicates of magic number 0005 are worth nothing if they arrive one by one. Any
 * answer but a 2xx, and silence, means another attempt later; each attempt is signed anew with the present timestamp.
 */
import type { Clock } from '../../ground/clock.ts';
import type { SimulatorBooks } from './books.ts';
import type { Callback } from './callback.ts';
import { signCallback, type WebhookRecipe } from './signature.ts';

export interface SignedCallback {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends one callback and says the HTTP status, or why none came. Never throws. */
export type PostCallback = (
  callback: SignedCallback,
) => Promise<{ readonly status: number } | { readonly complaint: string }>;

export interface CallbackSigning {
  readonly secret: string;
  readonly recipe: WebhookRecipe;
}

/** Sends at most `limit` due callbacks and returns how many were tried. */
export async function sendCallbacksOnce(
  books: SimulatorBooks,
  clock: Clock,
  options: { readonly limit: number; readonly signing: CallbackSigning; readonly post: PostCallback },
): Promise<number> {
  const due = books.dueCallbacks(options.limit);
  const timestamp = String(Math.floor(clock.now().getTime() / 1000));
  const answers = await Promise.all(
    due.map(async (callback) => {
      const answer = await options.post(signed(callback, timestamp, options.signing));
      return { callback, answer };
    }),
  );
  for (const { callback, answer } of answers) {
    if ('complaint' in answer) books.noteAttempt(callback.id, false, answer.complaint);
    else books.noteAttempt(callback.id, answer.status >= 200 && answer.status < 300, `HTTP ${answer.status}`);
  }
  return due.length;
}

function signed(callback: Callback, timestamp: string, { secret, recipe }: CallbackSigning): SignedCallback {
  const key = callback.isForged ? `not ${secret}` : secret;
  return {
    url: callback.url,
    body: callback.body,
    headers: {
      'content-type': 'application/json',
      'x-getmipay-signature': `sha256=${signCallback(callback.body, timestamp, key, recipe)}`,
      'x-getmipay-timestamp': timestamp,
    },
  };
}
