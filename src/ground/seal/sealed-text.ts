/**
 * Seals a text for one place in the database, and opens it there and nowhere else.
 *
 * AES-256-GCM with a fresh nonce. The key's name is inside, so that several keys can be in use at once, and table, column
 * and row go in as associated text: a number that somebody copies to another row, to be paid there, does not open.
 * A sealed text stands in the column in which the plain one stood. It begins with a sign that no number has and no name
 * may have, so a row says by itself which of the two it is.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { invariant } from '../refusal.ts';
import type { Vault } from './vault.ts';

/** U+0001: control signs are refused in everything that people type. */
export const SEAL_MARK = '\u0001';

const ID_DIGITS = 8;
const NONCE_BYTES = 12;
const BEFORE_BODY = NONCE_BYTES + 16; // and the tag

/** Where a text stands. */
export interface Place {
  readonly table: string;
  readonly column: string;
  /** The row's primary key, as text. */
  readonly row: string;
}

export function sealText(vault: Vault, place: Place, text: string): string {
  const bytes = encrypted(vault, place, Buffer.from(text));
  return `${sealStart(vault.first.id)}${bytes.toString('base64url')}`;
}

/** Nonce, tag and body under the key that seals. */
export function encrypted(vault: Vault, place: Place, plain: Uint8Array): Buffer {
  const nonce = Buffer.from(vault.chance.bytes(NONCE_BYTES));
  const cipher = createCipheriv('aes-256-gcm', vault.first.seal, nonce).setAAD(nameOf(place));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/**
 * What was sealed here. A text that was never sealed is given back as it is. Throws when the key is not in the vault, and
 * when the bytes were changed or come from another place.
 */
export function openText(vault: Vault, place: Place, text: string): string {
  const id = sealedUnder(text);
  if (id === undefined) return text;
  return decrypted(vault, place, id, Buffer.from(text.slice(sealStart(id).length), 'base64url')).toString(
    'utf8',
  );
}

/** What `encrypted` made here under the key with this name. Throws as `openText` does. */
export function decrypted(vault: Vault, place: Place, id: string, bytes: Uint8Array): Buffer {
  const key = vault.keys.find((one) => one.id === id);
  invariant(
    key !== undefined,
    `${place.table}.${place.column} is sealed under the seal key ${id}, which is not among SEAL_KEYS`,
  );
  const cipher = createDecipheriv('aes-256-gcm', key.seal, bytes.subarray(0, NONCE_BYTES))
    .setAAD(nameOf(place))
    .setAuthTag(bytes.subarray(NONCE_BYTES, BEFORE_BODY));
  const plain = cipher.update(bytes.subarray(BEFORE_BODY));
  // This way of sealing has no blocks: the end has no bytes and only says whether the tag was right.
  cipher.final();
  return plain;
}

export function isSealed(text: string): boolean {
  return text.startsWith(SEAL_MARK);
}

/** How every text begins that this key sealed. */
export function sealStart(keyId: string): string {
  return `${SEAL_MARK}${keyId}:`;
}

/** The name of the key that sealed it; nothing for a plain text. */
export function sealedUnder(text: string): string | undefined {
  return isSealed(text) ? text.slice(1, 1 + ID_DIGITS) : undefined;
}

function nameOf({ table, column, row }: Place): Buffer {
  return Buffer.from(`${table}.${column}:${row}`);
}
