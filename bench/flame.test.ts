import { expect, test } from 'vitest';
import { type CpuProfile, flameSvg, foldProfile, ownTimeByPlace, placeOf } from './flame.ts';

const FOLDER = 'file:///somewhere/else';

function node(id: number, functionName: string, url: string, children: readonly number[] = []) {
  return { id, callFrame: { functionName, url, lineNumber: 1 }, children };
}

const PROFILE: CpuProfile = {
  nodes: [
    node(1, '(root)', '', [2, 5]),
    node(2, 'settle', `${FOLDER}/dist/rails/payments/settle.js`, [3, 4]),
    node(3, 'query', `${FOLDER}/node_modules/pg/lib/client.js`),
    node(4, 'query', `${FOLDER}/node_modules/pg/lib/client.js`),
    node(5, '(idle)', ''),
  ],
  samples: [2, 3, 4, 5, 5],
  timeDeltas: [100, 200, 100, 4_000, 4_000],
};

test.each([
  [`${FOLDER}/dist/ground/ledger/chain.js`, 'ground/ledger/chain'],
  [`${FOLDER}/node_modules/@fastify/cookie/plugin.js`, '@fastify/cookie'],
  [`${FOLDER}/node_modules/a/node_modules/b/c.js`, 'b'],
  ['node:internal/streams/writable', 'node:internal'],
  ['', ''],
])('%s is written %s', (url, place) => {
  expect(placeOf(url)).toBe(place);
});

test('time is added up along the way, and waiting counts for nothing', () => {
  const root = foldProfile(PROFILE);
  expect(root.share).toBe(1);
  const settle = root.children.get('settle · rails/payments/settle');
  expect(settle?.share).toBe(1);
  expect(settle?.children.get('query · pg')?.share).toBe(0.75);
  expect(ownTimeByPlace(PROFILE)).toEqual([
    ['pg', 0.75],
    ['rails/payments/settle', 0.25],
  ]);
});

test('the picture names the functions and no folder of a machine', () => {
  const svg = flameSvg('A worker', foldProfile(PROFILE));
  expect(svg).toContain('query · pg: 75.0 %');
  expect(svg).not.toContain('somewhere');
  expect(svg).not.toMatch(/NaN|undefined/);
});
