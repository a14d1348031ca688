/**
 * Seals a secret that we must be able to read again, so that a copy of the database gives it to nobody.
 *
 * A PIN can be kept as a hash; the secret of an authenticator cannot, because its codes are computed from it. AES-256-GCM
 * with a fresh nonce; whose secret it is goes in as associated text, so that a row moved to another person does not open.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Chance } from '../ground/chance.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Nonce, tag and secret, one after the other. */
export function sealSecret(
  key: Uint8Array,
  chance: Chance,
  sealing: { readonly secret: Uint8Array; readonly owner: string },
): Uint8Array {
  const nonce = Buffer.from(chance.bytes(NONCE_BYTES));
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(sealing.owner));
  const body = Buffer.concat([cipher.update(sealing.secret), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Throws when the key, the owner or the bytes are not those of the sealing. */
export function openSealed(
  key: Uint8Array,
  opening: { readonly sealed: Uint8Array; readonly owner: string },
): Uint8Array {
  const bytes = Buffer.from(opening.sealed);
  const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(opening.owner))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([cipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), cipher.final()]);
}
