/**
 * Opens the place where heads of the chains are published, as it is configured.
 *
 * Jobs, console and commands use the same one. It is best a place that this machine can write and not change: a bucket
 * with versions and a lock, or a folder of another machine.
 */
import type { Ground } from '../ground/ground.ts';
import { deriveKey } from '../ground/keys.ts';
import { type HeadShelf, openHeadShelf } from '../oversight/heads/head-shelf.ts';
import { headSigner } from '../oversight/heads/published-head.ts';
import { openStoreAt } from './backups.ts';
import type { ChannelSettings } from './settings.ts';

/** Nothing when no place is configured. */
export function openPublishedHeads(
  settings: ChannelSettings,
  secret: string,
  ground: Pick<Ground, 'clock'>,
): HeadShelf | undefined {
  const store = openStoreAt(settings.HEADS_TO ?? settings.BACKUP_TO, settings, ground);
  return store && openHeadShelf(store, headSigner(deriveKey(secret, 'published-head')));
}
