/**
 * Looks at a stored callback again, as if it had come now.
 *
 * A callback is a hint: following it up asks the provider and settles through the one `settle`, so that a replay, also of
 * one that was applied, moves nothing a second time. One that was not believed has left no bytes to look at.
 *
 * Refuses: callback-absent, callback-not-believed, callback-archived.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { PROCESS_CALLBACKS } from '../payments/payment-jobs.ts';
import { type CallbackStory, lockCallback, markCallbackReplayed } from './provider-callback.rows.ts';

const ABSENT = refusal(
  'callback-absent',
  'absent',
  'Cette notification n’existe pas.',
  'There is no such callback.',
);
const NOT_BELIEVED = refusal(
  'callback-not-believed',
  'conflict',
  'Cette notification a été refusée : il n’en reste que l’empreinte.',
  'This callback was refused: only its fingerprint was kept.',
);

const ARCHIVED = refusal(
  'callback-archived',
  'conflict',
  'Les octets de cette notification sont dans un fichier scellé : demandez plutôt au fournisseur.',
  'The bytes of this callback are in a sealed file: ask the provider instead.',
);

/** The callback as it was before. */
export async function replayCallback(tx: Tx, ground: Ground, id: string): Promise<Answer<CallbackStory>> {
  const callback = await lockCallback(tx, id);
  if (callback === undefined) return refused(ABSENT);
  if (callback.body === undefined) return refused(callback.state === 'rejected' ? NOT_BELIEVED : ARCHIVED);
  await markCallbackReplayed(tx, id, ground.clock.now());
  await ground.queue.enqueue(tx, PROCESS_CALLBACKS);
  return accepted(callback);
}
