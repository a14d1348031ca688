import { expect, test } from 'vitest';
import { seededChance } from '../ground/chance.ts';
import { argonHasher, hashPin, isSamePin } from './pin-hash.ts';

const hasher = argonHasher(new Uint8Array(32).fill(7));
const awa = { pin: '4826', personId: 'per_awa' };

test('a kept PIN names its parameters, and opens for its own person and pepper only', async () => {
  const kept = await hashPin(hasher, seededChance('pin'), awa);
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(kept).not.toContain(awa.pin);
  expect(await isSamePin(hasher, awa, kept)).toBe(true);
  expect(await isSamePin(hasher, { ...awa, pin: '4827' }, kept)).toBe(false);
  expect(await isSamePin(hasher, { ...awa, personId: 'per_koffi' }, kept)).toBe(false);
  expect(await isSamePin(argonHasher(new Uint8Array(32).fill(8)), awa, kept)).toBe(false);
});

test('a PIN that was kept with other parameters is still compared with its own', async () => {
  const weaker = await hashPin(
    async (input) => await hasher({ ...input, cost: { memory_kib: 64, passes: 1 } }),
    seededChance('old'),
    awa,
  );
  expect(await isSamePin(hasher, awa, weaker.replace('m=19456,t=2', 'm=64,t=1'))).toBe(true);
  expect(await isSamePin(hasher, awa, weaker)).toBe(false);
});

test('a damaged row stops the operation instead of saying "wrong PIN"', async () => {
  await expect(isSamePin(hasher, awa, '$argon2id$v=19$damaged')).rejects.toThrow('unknown form');
});

test('a short pepper is refused when the product starts', () => {
  expect(() => argonHasher(new Uint8Array(8))).toThrow('pepper');
});
