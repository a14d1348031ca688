/**
 * Turns a PIN into a text that can be kept, slowly and with a lot of memory, and compares one with it.
 *
 * Four digits have no strength of their own: a stolen table is only worthless because the pepper is not in it. The
 * person's id is part of the computation, so a hash copied onto another person's row opens nothing. The parameters
 * are OWASP's for argon2id (19 MiB, two passes) and stand in the text, so that they can be raised later.
 */
// As a whole: an older Node has no argon2, and a missing name would end it before it can be told so.
import * as crypto from 'node:crypto';
import type { Chance } from '../ground/chance.ts';
import { invariant } from '../ground/refusal.ts';

export interface PinInput {
  readonly pin: string;
  readonly salt: Uint8Array;
  /** Whose PIN it is. */
  readonly personId: string;
  readonly cost: PinCost;
}

export interface PinCost {
  readonly memory_kib: number;
  readonly passes: number;
}

/** One slow computation; a parameter, so that tests can count how often it runs. */
export type PinHasher = (input: PinInput) => Promise<Uint8Array>;

const COST: PinCost = { memory_kib: 19_456, passes: 2 };
const SALT_BYTES = 16;
const TAG_BYTES = 32;
const HASH_SHAPE =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=1\$([A-Za-z0-9_-]{22})\$([A-Za-z0-9_-]{43})$/;

/** The hasher of the product. It runs on Node's own threads: the event loop stays free meanwhile. */
export function argonHasher(pepper: Uint8Array): PinHasher {
  invariant(pepper.length >= 16, 'the PIN pepper must have at least 16 bytes');
  return async ({ pin, salt, personId, cost }) =>
    await new Promise((resolve, reject) => {
      const parameters = {
        message: pin,
        nonce: salt,
        parallelism: 1,
        tagLength: TAG_BYTES,
        memory: cost.memory_kib,
        passes: cost.passes,
        secret: pepper,
        associatedData: personId,
      };
      crypto.argon2('argon2id', parameters, (error, tag) => (error === null ? resolve(tag) : reject(error)));
    });
}

/** The text to keep: parameters, salt and tag. */
export async function hashPin(
  hasher: PinHasher,
  chance: Chance,
  secret: { readonly pin: string; readonly personId: string },
): Promise<string> {
  const salt = chance.bytes(SALT_BYTES);
  const tag = await hasher({ ...secret, salt, cost: COST });
  return `$argon2id$v=19$m=${COST.memory_kib},t=${COST.passes},p=1$${base64url(salt)}$${base64url(tag)}`;
}

/**
 * True when the PIN is the one behind `kept`. Without a kept hash the same computation runs on an empty salt and the
 * answer is no: time must not tell who is registered.
 */
export async function isSamePin(
  hasher: PinHasher,
  guess: { readonly pin: string; readonly personId: string },
  kept: string | undefined,
): Promise<boolean> {
  if (kept === undefined) {
    await hasher({ ...guess, salt: new Uint8Array(SALT_BYTES), cost: COST });
    return false;
  }
  const [, memory = '', passes = '', salt = '', tag = ''] = HASH_SHAPE.exec(kept) ?? [];
  invariant(tag !== '', 'a kept PIN hash has an unknown form');
  const cost = { memory_kib: Number(memory), passes: Number(passes) };
  const computed = await hasher({ ...guess, salt: Buffer.from(salt, 'base64url'), cost });
  const expected = Buffer.from(tag, 'base64url');
  return computed.length === expected.length && crypto.timingSafeEqual(computed, expected);
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
