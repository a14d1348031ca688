/**
 * Finds rows by a text that is sealed in them: equal texts have equal hashes, and nobody without the key can make one.
 *
 * HMAC-SHA-256. There are few phone numbers, so a hash without a key would be undone by trying them all. The key's name
 * stands before the hash: under a new key the same number has another hash, and until all are made anew every key's
 * hash is asked for.
 */
import { createHmac } from 'node:crypto';
import type { SealKey, Vault } from './vault.ts';

/** `kind` keeps the same digits apart where they mean different things. */
export type HashKind =
  | 'phone' // a whole number in its E.164 form
  | 'phone-end'; // the last four digits of one

export interface Sought {
  readonly kind: HashKind;
  readonly text: string;
}

/** What is written beside a text that is sealed now. */
export function lookupHash(vault: Vault, sought: Sought): string {
  return hashUnder(vault.first, sought);
}

/** What is asked for: the hash under each key that may have been the first one. */
export function lookupHashes(vault: Vault, sought: Sought): string[] {
  return vault.keys.map((key) => hashUnder(key, sought));
}

function hashUnder({ id, lookup }: SealKey, { kind, text }: Sought): string {
  return `${id}:${createHmac('sha256', lookup).update(`${kind}|${text}`).digest('base64url')}`;
}
