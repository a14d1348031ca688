import { expect, test } from 'vitest';
import { seededChance } from '../chance.ts';
import { lookupHash, lookupHashes } from './lookup-hash.ts';
import { openText, sealedUnder, sealText } from './sealed-text.ts';
import { openVault } from './vault.ts';

const OLD = 'the-old-key-of-this-test-with-40-letters';
const NEW = 'the-new-key-of-this-test-with-40-letters';
const chance = seededChance('seal');
const vault = openVault([OLD], chance);
const place = { table: 'people', column: 'phone', row: 'per_awa' };
const NUMBER = '+2250707070707';
const sought = { kind: 'phone', text: NUMBER } as const;

test('a text is sealed anew each time, and opens in its own place only', () => {
  const sealed = sealText(vault, place, NUMBER);
  expect(sealText(vault, place, NUMBER)).not.toBe(sealed);
  expect(sealed).not.toContain('0707');
  expect(openText(vault, place, sealed)).toBe(NUMBER);
  for (const other of [{ row: 'per_kofi' }, { column: 'display_name' }, { table: 'payments' }]) {
    expect(() => openText(vault, { ...place, ...other }, sealed)).toThrow();
  }
});

test('one changed letter anywhere, and it does not open', () => {
  const sealed = sealText(vault, place, 'Adjoua N’Guessan');
  for (let at = 1; at < sealed.length - 1; at += 7) {
    const letter = sealed[at] === 'A' ? 'B' : 'A';
    const changed = sealed.slice(0, at) + letter + sealed.slice(at + 1);
    expect(() => expect(openText(vault, place, changed)).toBe('never')).toThrow();
  }
});

test('what was never sealed is read as it is', () => {
  expect(openText(vault, place, NUMBER)).toBe(NUMBER);
  expect(sealedUnder(NUMBER)).toBeUndefined();
});

test('the first key seals, all open, and a key that is missing is named', () => {
  const both = openVault([NEW, OLD], chance);
  const old = sealText(vault, place, NUMBER);
  const fresh = sealText(both, place, NUMBER);
  expect(openText(both, place, old)).toBe(NUMBER);
  expect(sealedUnder(fresh)).toBe(both.first.id);
  expect(() => openText(vault, place, fresh)).toThrow(`seal key ${both.first.id}`);
  expect(() => openVault([OLD, OLD], chance)).toThrow('twice');
});

test('a hash needs the key, tells kinds apart, and is asked for under every key', () => {
  const both = openVault([NEW, OLD], chance);
  expect(lookupHash(vault, sought)).toBe(lookupHash(openVault([OLD], chance), sought));
  expect(lookupHash(both, sought)).not.toBe(lookupHash(vault, sought));
  expect(lookupHashes(both, sought)).toContain(lookupHash(vault, sought));
  expect(lookupHash(vault, { kind: 'phone-end', text: NUMBER })).not.toBe(lookupHash(vault, sought));
});
