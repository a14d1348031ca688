/**
 * Gives the same request the same answer, however often it is sent, with one effect.
 *
 * The key is made where the intention is born (the form that was drawn, the client that calls) and is kept with a
 * hash of what was asked. A refusal leaves no trace, so that the person can mend the input and send the form again.
 * Keys of money never expire.
 *
 * Refuses: `request-changed` when the key was used for something else.
 */
import { createHash } from 'node:crypto';
import type { Ground } from '../ground.ts';
import type { Tx } from '../postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../refusal.ts';
import { deleteKey, findKey, insertKey, markAnswered } from './idempotency-key.rows.ts';

export const REQUEST_CHANGED = refusal(
  'request-changed',
  'conflict',
  'Ce formulaire a déjà servi pour une autre demande. Rouvrez la page et recommencez.',
  'This form was already used for another request. Open the page again and start over.',
);

export interface RememberedRequest<T> {
  /** Whose keys these are: a person's id, or an API key's. */
  readonly scope: string;
  readonly key: string;
  /** What was asked, as text values only; two requests are the same when these are. */
  readonly request: Readonly<Record<string, string>>;
  /** Does it, the first time. The value must survive being written as JSON. */
  readonly act: () => Promise<Answer<T>>;
  /** Reads a stored value back; throws when it has another shape. */
  readonly read: (stored: unknown) => T;
}

export async function rememberAnswer<T>(
  tx: Tx,
  ground: Ground,
  asked: RememberedRequest<T>,
): Promise<Answer<T>> {
  const requestHash = hashRequest(asked.request);
  const { scope, key } = asked;
  const first = await insertKey(tx, { scope, key, requestHash, createdAt: ground.clock.now() });
  if (!first) {
    const earlier = await findKey(tx, scope, key);
    invariant(earlier !== undefined, `idempotency key ${key} was taken and cannot be read`);
    if (earlier.requestHash !== requestHash) return refused(REQUEST_CHANGED);
    return accepted(asked.read(earlier.answer));
  }
  const answer = await asked.act();
  if (answer.ok) await markAnswered(tx, scope, key, answer.value);
  else await deleteKey(tx, scope, key);
  return answer;
}

function hashRequest(request: Readonly<Record<string, string>>): string {
  const inOrder = Object.entries(request).sort(([left], [right]) => (left < right ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(inOrder)).digest('hex');
}
