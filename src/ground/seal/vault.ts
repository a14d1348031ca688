/**
 * Is the bunch of keys under which phone numbers and names are kept, so that a copy of the database tells nobody who
 * saves here.
 *
 * The first key seals and all of them open: that is what lets keys change while people are served. Each key is derived
 * twice, once for sealing and once for look-ups, so that a hash that somebody guesses says nothing about a seal. Deriving
 * costs something and happens when the vault is opened, never for a row; so does making them what the ciphers take, because
bytes are turned into a key anew each time that they are handed over as one.
 */
import { createHash, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { Chance } from '../chance.ts';
import { invariant } from '../refusal.ts';

export interface SealKey {
  /** Eight hexadecimal digits that tell which key it is and nothing about it. */
  readonly id: string;
  readonly seal: KeyObject;
  readonly lookup: KeyObject;
}

export interface Vault {
  /** The one that seals. */
  readonly first: SealKey;
  /** All that open, the first one among them. */
  readonly keys: readonly SealKey[];
  readonly chance: Chance;
}

/** `secrets`: at least one, the one that seals first. */
export function openVault(secrets: readonly string[], chance: Chance): Vault {
  const keys = secrets.map(derive);
  const [first] = keys;
  invariant(first !== undefined, 'a vault without a key');
  invariant(new Set(keys.map(({ id }) => id)).size === keys.length, 'the same seal key stands twice');
  return { first, keys, chance };
}

function derive(secret: string): SealKey {
  const part = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, 'tontine-pro seal', purpose, 32));
  const id = createHash('sha256').update(part('name')).digest('hex').slice(0, 8);
  return { id, seal: createSecretKey(part('seal')), lookup: createSecretKey(part('lookup')) };
}
