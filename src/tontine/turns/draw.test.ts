import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededChance } from '../../ground/chance.ts';
import {
  commitmentOf,
  type DrawProof,
  drawOrder,
  entropyLine,
  listLine,
  mismatchIn,
  newSeed,
  proveDraw,
  shareOf,
} from './draw.ts';

const names = ['Awa', 'Yao', 'Mariam', 'Fatou', 'Moussa', 'Koffi', 'Aminata', 'Ibrahim', 'Adjoua', 'Sékou'];
const stars = [...names, 'Rokia', 'Jean'].map((name, place) => listLine(`shr_${place + 1}`, name));
const seed = newSeed(seededChance('les étoiles'));
const words = [entropyLine('mem_1', 'mon fils a 7 ans'), entropyLine('mem_6', 'Koffi 1987')];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'draw-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What the script that anybody can run says about a proof. */
function script(proof: DrawProof): string {
  const file = join(folder, 'proof.json');
  writeFileSync(file, JSON.stringify(proof));
  return spawnSync(process.execPath, ['docs/verify-draw.mjs', file], { encoding: 'utf8' }).stdout.trim();
}

test('the script outside the product finds the same order, and sees one changed name', () => {
  const proof = proveDraw(seed, stars, words);
  expect(script(proof)).toMatch(/^OK/);
  const renamed = proof.list.map((line) => line.replace('Jean', 'Jeanne'));
  expect(script({ ...proof, list: renamed })).toBe('WRONG: seal');
  const swapped = [...proof.order.slice(1), ...proof.order.slice(0, 1)];
  expect(script({ ...proof, order: swapped })).toBe('WRONG: order');
  expect(script({ ...proof, entropies: [] })).toBe('WRONG: order');
});

test('the script has at most 20 lines, or nobody would read it', () => {
  const lines = readFileSync('docs/verify-draw.mjs', 'utf8').trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(20);
});

test('a draw of today is the draw of every later version', () => {
  const list = ['a 1', 'b 2', 'c 3', 'd 4', 'e 5'];
  const zeros = '0'.repeat(64);
  expect(commitmentOf(zeros, list)).toBe('31764928e07145e2605a723013feb83fee60d8ba0ca2f09ba11b87aa25cde84a');
  expect(drawOrder(zeros, list, ['m words']).map(shareOf).join('')).toBe('debca');
});

test.each<[string, Partial<DrawProof>, string]>([
  ['another algorithm', { algorithm: 'tontine-draw-0' }, 'algorithm'],
  ['another seed', { seed: 'ab'.repeat(32) }, 'commitment'],
  ['a list in another order', { list: [...stars].reverse() }, 'commitment'],
  ['one share less', { list: stars.slice(1) }, 'commitment'],
  ['words added later', { entropies: [...words, 'mem_2 late'] }, 'order'],
  ['another order', { order: stars }, 'order'],
])('B3: %s is seen', (_name, change, mismatch) => {
  const proof = proveDraw(seed, stars, words);
  expect(mismatchIn(proof)).toBeUndefined();
  expect(mismatchIn({ ...proof, ...change })).toBe(mismatch);
});

test('words cannot pretend to be two lines, and an empty or repeated list cannot be sealed', () => {
  expect(entropyLine('mem_1', 'a\nmem_2 b')).toBe('mem_1 a mem_2 b');
  expect(() => commitmentOf(seed, ['a\nb'])).toThrow();
  expect(() => commitmentOf(seed, [])).toThrow();
  expect(() => commitmentOf(seed, ['a', 'a'])).toThrow();
});

const lists = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8} [A-Za-z]{1,8}$/), {
  minLength: 1,
  maxLength: 60,
});

test('B1, B2, B5: the result is a permutation of exactly the list, and always the same one', () => {
  fc.assert(
    fc.property(
      lists,
      fc.array(fc.stringMatching(/^[a-z ]{0,20}$/), { maxLength: 5 }),
      fc.string(),
      (list, added, grain) => {
        const drawn = proveDraw(newSeed(seededChance(grain)), list, added);
        expect(drawn.order.toSorted()).toEqual(list.toSorted());
        expect(mismatchIn(drawn)).toBeUndefined();
      },
    ),
  );
});

test('B4: every share is about equally often at every place', () => {
  const list = ['a', 'b', 'c', 'd', 'e'];
  const draws = 5_000;
  const counts = new Map<string, number>();
  const chance = seededChance('fairness');
  for (let draw = 0; draw < draws; draw++) {
    drawOrder(newSeed(chance), list, []).forEach((share, place) => {
      counts.set(`${share}${place}`, (counts.get(`${share}${place}`) ?? 0) + 1);
    });
  }
  // Five standard deviations of a binomial with p = 1/5: a fair draw fails this once in two million runs.
  const allowed = 5 * Math.sqrt(draws * 0.2 * 0.8);
  expect(counts.size).toBe(25);
  for (const count of counts.values()) expect(Math.abs(count - draws / 5)).toBeLessThan(allowed);
});

test('one more word is another draw', () => {
  const one = drawOrder(seed, stars, words);
  const other = drawOrder(seed, stars, [...words, entropyLine('mem_12', 'Jean')]);
  expect(one).not.toEqual(other);
});
