/**
 * Opens the place where heads of the chain are published: the job, the doctor and the console compare with the same one.
 */
import type { Ground } from '../ground/ground.ts';
import type { HeadShelf } from '../ground/heads/head-shelf.ts';
import { headKeys } from '../ground/heads/published-head.ts';
import { deriveKey } from '../ground/keys.ts';
import { openPlace } from './backups.ts';
import type { ChannelSettings } from './settings.ts';

/** Nothing when no place is configured. */
export function openHeads(
  settings: ChannelSettings,
  parts: { readonly ground: Pick<Ground, 'clock'>; readonly secret: string },
): HeadShelf | undefined {
  if (settings.HEADS_TO === undefined) return undefined;
  return {
    store: openPlace(settings.HEADS_TO, settings, parts.ground),
    keys: headKeys(deriveKey(parts.secret, 'head')),
  };
}
