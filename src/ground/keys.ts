/**
 * Derives every key of the product from the one secret, so that one purpose can never open another's lock.
 *
 * HKDF (RFC 5869) with the purpose as its info. Changing `SECRET_KEY` makes every PIN,
 * outstanding code, receipt code, callback address and linked authenticator of the old one worthless; sessions go on.
 */
import { hkdfSync } from 'node:crypto';

export type KeyPurpose =
  | 'cookie' // signs cookies
  | 'one-time-code' // keyed hash of SMS codes
  | 'pin' // pepper of PIN hashes
  | 'callback' // unguessable callback addresses, one per payment
  | 'second-factor' // seals the secrets of operators' authenticators
  | 'receipt' // codes by which anyone can check a receipt
  | 'backup'; // seals what is known about a backup, so that nobody can put another one in its place

/** 32 bytes for one purpose. */
export function deriveKey(secret: string, purpose: KeyPurpose): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, 'tontine-pro', purpose, 32));
}
