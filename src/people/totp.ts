/**
 * Computes the six digits that an authenticator shows (RFC 6238, RFC 4226), and compares what was typed with them.
 *
 * HMAC-SHA-1, six digits and half a minute are what every authenticator app reads out of a QR code; other values are
 * silently ignored by several of them, and then no code ever fits.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const TOTP_SECRET_BYTES = 20;
const STEP_S = 30;
const DIGITS = 6;
/** Half minutes that a clock may be off, each way. */
const DRIFT_STEPS = 1;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The digits for one counter (RFC 4226 §5.3). */
export function hotp(secret: Uint8Array, counter: number, digits = DIGITS): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const hash = createHmac('sha1', secret).update(message).digest();
  const offset = (hash.at(-1) ?? 0) & 0x0f;
  const value = hash.readUInt32BE(offset) & 0x7fff_ffff;
  return String(value % 10 ** digits).padStart(digits, '0');
}

/** Which half minute since 1970 an instant is in. */
export function totpStep(instant: Date): number {
  return Math.floor(instant.getTime() / 1000 / STEP_S);
}

/** What an authenticator with this secret shows at this instant. */
export function totpCode(secret: Uint8Array, instant: Date): string {
  return hotp(secret, totpStep(instant));
}

/**
 * The half minute whose code was typed, or nothing. Only those after `lastStep` count, so that each code opens once;
 * spaces in what was typed do not count.
 */
export function matchingStep(
  secret: Uint8Array,
  typed: string,
  instant: Date,
  lastStep: number,
): number | undefined {
  const code = typed.replaceAll(/\s/g, '');
  if (!/^[0-9]{6}$/.test(code)) return undefined;
  const present = totpStep(instant);
  let found: number | undefined;
  for (let step = present - DRIFT_STEPS; step <= present + DRIFT_STEPS; step++) {
    const fits = timingSafeEqual(Buffer.from(hotp(secret, step)), Buffer.from(code));
    if (fits && step > lastStep) found ??= step;
  }
  return found;
}

/** RFC 4648 base 32 without padding: how authenticators take a secret that is typed. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      text += BASE32[(value >>> (bits - 5)) & 31];
      bits -= 5;
    }
  }
  return bits > 0 ? text + BASE32[(value << (5 - bits)) & 31] : text;
}

/** What the QR code of an enrolment says. */
export function otpauthUri(secret: Uint8Array, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}`;
}
