import { parseEnv as nodeParseEnv } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillEnv, parseEnv, whyNotInEnv } from './env-text.ts';

test('the template keeps its comments and its order, and unknown variables come last', () => {
  const text = fillEnv('# The ground\nMODE=demo\n\n# The doors\nPORT=3000\n', {
    PORT: '80',
    MODE: 'x',
    NEW: 'y',
  });
  expect(text).toBe('# The ground\nMODE=x\n\n# The doors\nPORT=80\n\nNEW=y\n');
});

test.each([
  ['a#b', "A='a#b'\n"],
  ["it's", 'A="it\'s"\n'],
  ['plain-value_1.2', 'A=plain-value_1.2\n'],
  ['', 'A=\n'],
])('%s is written so that it is read back', (value, text) => {
  expect(fillEnv('A=\n', { A: value })).toBe(text);
  expect(parseEnv(text)).toEqual({ A: value });
});

test('whatever may be written is read back the same, by us and by Node', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 60 }), (value) => {
      fc.pre(whyNotInEnv(value) === undefined);
      const text = fillEnv('A=\nB=2\n', { A: value });
      expect(parseEnv(text)).toEqual({ A: value, B: '2' });
      expect({ ...nodeParseEnv(text) }).toEqual({ A: value, B: '2' });
    }),
  );
});

test('two lines and three quotes are refused', () => {
  expect(whyNotInEnv('a\nb')?.en).toBe('must be on one line');
  expect(whyNotInEnv(`'"\``)).toBeDefined();
  expect(whyNotInEnv('a b # c')).toBeUndefined();
});

test('comments after a value, export and spaces are read as Node reads them', () => {
  expect(parseEnv('export A = 1 # one\nB="2 # two" # x\n# C=3\nA=4\n')).toEqual({ A: '4', B: '2 # two' });
});
