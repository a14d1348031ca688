/**
 * Seals bytes that others sent us, as `sealed-text.ts` does texts: for one place, the key's name inside.
 *
 * Whoever sends bytes may begin them as a sealed row begins, so what cannot be opened is taken for what it looks like to
 * everybody else: bytes that nobody understands. It must never stop those who read the rows beside it.
 */
import { invariant } from '../refusal.ts';
import { decrypted, encrypted, type Place, sealStart } from './sealed-text.ts';
import type { Vault } from './vault.ts';

export function sealBytes(vault: Vault, place: Place, bytes: Uint8Array): Buffer {
  return Buffer.concat([startOf(vault.first.id), encrypted(vault, place, bytes)]);
}

/** What was sealed here; what was not, or does not open, is given back as it is. */
export function openBytes(vault: Vault, place: Place, bytes: Uint8Array): Uint8Array {
  const id = keyOfBytes(bytes);
  if (id === undefined || !vault.keys.some((key) => key.id === id)) return bytes;
  try {
    return decrypted(vault, place, id, bytes.subarray(startOf(id).length));
  } catch {
    return bytes;
  }
}

/**
 * Whether bytes that somebody sent begin as a sealed row does. They are sealed at once, also while nothing else is: a walk
 * that seals the rest could not tell that no key was ever behind them, and would stop there.
 */
export function looksSealed(bytes: Uint8Array): boolean {
  return keyOfBytes(bytes) !== undefined;
}

/** The same for whoever seals them anew. Throws when the key is not in the vault: they would be sealed twice. */
export function openBytesToReseal(vault: Vault, place: Place, bytes: Uint8Array): Uint8Array {
  const id = keyOfBytes(bytes);
  invariant(
    id === undefined || vault.keys.some((key) => key.id === id),
    `${place.table}.${place.column} is sealed under the seal key ${id}, which is not among SEAL_KEYS`,
  );
  return openBytes(vault, place, bytes);
}

/** How all bytes begin that this key sealed. */
function startOf(keyId: string): Buffer {
  return Buffer.from(sealStart(keyId));
}

/** The name of the key that sealed them, as they say. */
function keyOfBytes(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, startOf('01234567').length)).toString('latin1');
  const id = start.slice(1, -1);
  return /^[0-9a-f]{8}$/.test(id) && start === sealStart(id) ? id : undefined;
}
