/**
 * Opens the vault with the keys that the host gave it, or in a demo with one that follows from the secret.
 *
 * In production they are apart from `SECRET_KEY`, because they change on other occasions: a new secret makes every PIN
 * useless, new seal keys are an evening's walk along the rows.
 */
import type { Chance } from '../chance.ts';
import type { GroundSettings } from '../configuration.ts';
import { deriveKey } from '../keys.ts';
import { openSecret } from '../open-secret.ts';
import { openVault, type Vault } from './vault.ts';

export function openSealKeys(settings: GroundSettings, chance: Chance): Vault {
  const keys = settings.SEAL_KEYS?.split(',') ?? [
    Buffer.from(deriveKey(openSecret(settings, chance), 'seal')).toString('base64url'),
  ];
  return openVault(keys, chance);
}
