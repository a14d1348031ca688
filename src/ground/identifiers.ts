/**
 * Makes the identifiers of everything that is written down.
 *
 * Every id starts with 48 bits of time (UUID version 7, RFC 9562 §5.7), so rows arrive in index order: random
 * keys cost 2.5 times the write-ahead log once a journal is large. Ids that people see carry a prefix that says
 * what they name, and are written in Crockford's base 32 without the letters that are misread over the phone.
 */
import { createHash } from 'node:crypto';
import type { Chance } from './chance.ts';
import type { Clock } from './clock.ts';

/** A UUID version 7 in its 36-character text form. */
export type Uuid = string & { readonly uuid: unique symbol };

/** The UUID that is nobody's: smaller than all others. */
export const NIL_UUID = '00000000-0000-0000-0000-000000000000' as Uuid;

/** What each prefix names. */
export type IdPrefix =
  | 'per' // a person
  | 'ses' // a login session
  | 'cod' // a one-time code
  | 'sms' // a text message
  | 'pay' // a payment across the border of the books
  | 'cmd' // an instruction to a provider
  | 'cbk' // a callback received
  | 'jrn' // one business fact in the journal
  | 'evt' // something that became true
  | 'rev' // a payment that people must decide
  | 'prp' // what one operator proposes to decide
  | 'sec' // a second payment of somebody who paid twice
  | 'stm' // a provider's statement
  | 'stl' // one of its lines
  | 'frz' // a stop put on somebody or something
  | 'grp' // a group
  | 'mem' // a person in a group
  | 'inv' // an invitation, into a group or to the console
  | 'grj' // a line in a group's own journal
  | 'ntc' // what a member is told
  | 'apv' // what several people must agree to
  | 'cyc' // a full rotation
  | 'shr' // a place in a cycle
  | 'rnd' // one date and one pot
  | 'due' // what is expected of a share or a member
  | 'ctr' // what a member paid
  | 'alc' // which money settled which due
  | 'pyo' // a pot that is handed out
  | 'hnd' // notes that leave a box
  | 'hov' // notes that change keepers
  | 'exc' // notes that become wallet money
  | 'adv' // what the guarantee fund stood in for
  | 'gre' // a deposit given back
  | 'sho' // a common fund divided at the end of a cycle
  | 'shp' // what one member receives of it
  | 'fin' // a fine
  | 'cor' // a correction that everybody sees
  | 'drw' // a lot-drawing
  | 'auc' // the sale of a turn
  | 'bid' // what was offered for a turn
  | 'bal' // a vote on whose turn it is
  | 'swp' // two turns that change places
  | 'sub' // somebody takes a share over
  | 'exi' // a member leaves before being served
  | 'def' // a member who was served stops paying
  | 'cov' // what covers a default
  | 'aid' // a request on the solidarity fund
  | 'mtg' // a meeting
  | 'era' // an identity that somebody asked to be erased
  | 'aud' // one act in the trail of the console
  | 'alr' // an alert
  | 'rcn' // one run of the reconciliation
  | 'lok' // one day that was compared with the statements
  | 'brk' // a difference that reconciliation found
  | 'req'; // one HTTP request

export interface Ids {
  /** A fresh `Uuid`, later than every earlier one from the same source within the same millisecond. */
  uuid(): Uuid;
  /** A fresh prefixed id, such as `pay_01jd3k…` (26 characters after the prefix). */
  next<P extends IdPrefix>(prefix: P): `${P}_${string}`;
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_SHAPE = /^([a-z]{3})_[0-9a-hjkmnp-tv-z]{26}$/;

export function makeIds(clock: Pick<Clock, 'now'>, chance: Chance): Ids {
  let last_ms = 0;
  let sequence = 0;
  const draw = (): Buffer => {
    const present_ms = clock.now().getTime();
    // A clock that steps back must not give ids that sort before those already given.
    if (present_ms > last_ms) {
      last_ms = present_ms;
      sequence = chance.below(0x800);
    } else if (++sequence > 0xfff) {
      last_ms += 1;
      sequence = 0;
    }
    const bytes = Buffer.alloc(16);
    bytes.writeUIntBE(last_ms, 0, 6);
    bytes.writeUInt16BE(0x7000 | sequence, 6);
    bytes.set(chance.bytes(8), 8);
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    return bytes;
  };
  return {
    uuid: () => dashed(draw().toString('hex')),
    next: (prefix) => `${prefix}_${encode(draw())}`,
  };
}

/** True when `text` has the shape of an id with this prefix: nothing else may reach a query. */
export function isId(prefix: IdPrefix, text: unknown): text is string {
  if (typeof text !== 'string') return false;
  return ID_SHAPE.exec(text)?.[1] === prefix;
}

/** The instant at which a UUID version 7 was made, in milliseconds since 1970. */
export function uuidTime_ms(uuid: Uuid): number {
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
}

/** Sixteen bytes as 26 letters of five bits each. */
function encode(bytes: Buffer): string {
  let text = '';
  // 130 bits: two that are always zero come first.
  let bits = 2;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return text;
}

/** The first prefixed id that can be made at this instant: every earlier one sorts before it, every later one after it. */
export function earliestId<P extends IdPrefix>(prefix: P, instant: Date): `${P}_${string}` {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(instant.getTime(), 0, 6);
  return `${prefix}_${encode(bytes)}`;
}

/**
 * A `Uuid` that belongs to an id and a role, always the same for the same two.
 *
 * The ids of all transfers that a payment may ever need are fixed the moment the payment has an id: whoever settles,
 * and however often, uses the same one, and the ledger's primary key does the rest. It keeps the time of its owner.
 */
export function derivedUuid(id: string, role: string): Uuid {
  const bytes = createHash('sha256').update(`${id} ${role}`).digest().subarray(0, 16);
  bytes.writeUIntBE(idTime_ms(id), 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return dashed(bytes.toString('hex'));
}

/** The instant at which a prefixed id was made, in milliseconds since 1970. */
export function idTime_ms(id: string): number {
  let value = 0n;
  for (const letter of id.slice(4)) value = (value << 5n) | BigInt(ALPHABET.indexOf(letter));
  return Number((value >> 80n) & 0xffff_ffff_ffffn);
}

function dashed(hex: string): Uuid {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Uuid;
}
