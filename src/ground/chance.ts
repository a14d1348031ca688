/**
 * Gives random bytes and numbers to everything that asks.
 *
 * Chance is handed in like time, so that one seed is one universe. This is the only file of the product that
 * draws true randomness.
 */
import { createHash, randomBytes } from 'node:crypto';

export interface Chance {
  /** `count` unpredictable bytes. */
  bytes(count: number): Uint8Array;
  /** A whole number from 0 to `limit` − 1, each equally likely. `limit` is at most 2^32. */
  below(limit: number): number;
}

/** Cryptographic randomness from the operating system. */
export const trueChance: Chance = fromBytes((count) => randomBytes(count));

/**
 * The same sequence for the same seed, on every machine. Never for secrets: whoever knows the seed knows the rest.
 */
export function seededChance(seed: string): Chance {
  let counter = 0;
  let pool = Buffer.alloc(0);
  return fromBytes((count) => {
    while (pool.length < count) {
      const block = createHash('sha256').update(`${seed}:${counter++}`).digest();
      pool = Buffer.concat([pool, block]);
    }
    const taken = pool.subarray(0, count);
    pool = pool.subarray(count);
    return taken;
  });
}

function fromBytes(bytes: (count: number) => Uint8Array): Chance {
  return {
    bytes,
    below(limit) {
      if (!Number.isInteger(limit) || limit < 1 || limit > 2 ** 32) {
        throw new RangeError(`chance.below takes a whole number from 1 to 2^32, not ${limit}`);
      }
      // Numbers past the last full multiple of the limit are drawn again: without this the low ones are likelier.
      const fair = 2 ** 32 - (2 ** 32 % limit);
      for (;;) {
        const drawn = Buffer.from(bytes(4)).readUInt32BE(0);
        if (drawn < fair) return drawn % limit;
      }
    },
  };
}
