/**
 * Chooses the PINs of a load's people: all the same one, each hashed for its own person.
 *
 * What a PIN costs stands in its kept text, and whoever compares one pays it again. Sixty thousand at the product's own cost
 * are a quarter of an hour of a processor before the evening begins, and more than half of the evening itself. Light ones
 * cost nothing: with them a load shows what everything else can carry.
 */
import type { Chance } from '../../src/ground/chance.ts';
import { argonHasher, hashPin } from '../../src/people/pin-hash.ts';

export const PIN = '7391';

export type PinWeight =
  | 'real' // as the product hashes them
  | 'light'; // with the least that the computation takes

/** The least memory that argon2 knows, and one pass. */
const LIGHT = { memory_kib: 8, passes: 1 };

export function pinMaker(
  pepper: Uint8Array,
  chance: Chance,
  weight: PinWeight,
): (personId: string) => Promise<string> {
  const hasher = argonHasher(pepper);
  if (weight === 'real') {
    return async (personId) => await hashPin(hasher, chance, { pin: PIN, personId });
  }
  return async (personId) => {
    const salt = chance.bytes(16);
    const tag = await hasher({ pin: PIN, salt, personId, cost: LIGHT });
    const [own, kept] = [salt, tag].map((bytes) => Buffer.from(bytes).toString('base64url'));
    return `$argon2id$v=19$m=${LIGHT.memory_kib},t=${LIGHT.passes},p=1$${own}$${kept}`;
  };
}
