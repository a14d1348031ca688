import { expect, test } from 'vitest';
import type { JudgedGoal } from './judged-goal.ts';
import { ledgerGoals } from './judged-goal.ts';
import { counted, type Measured } from './measure.ts';
import { PRODUCT_GOALS } from './product-goals.ts';
import { projectionText } from './projection.ts';
import { judgeRounds, lastLine, table, valueText } from './report.ts';
import { tableText, withSection } from './results.ts';
import { chooseCells, SECTIONS } from './sections.ts';

const FAST: JudgedGoal = {
  name: 'as fast as the bank',
  cell: 'own',
  against: 'bank',
  quantity: 'perSecond',
  unit: '/s',
  better: 'more',
  floor: 1,
  goal: 2,
};
const SOON: JudgedGoal = {
  name: 'soon',
  cell: 'own',
  quantity: 'p99_ms',
  unit: 'ms',
  better: 'less',
  floor: 40,
  goal: 10,
};

function speeds(...values: number[]): Measured[] {
  return values.map((perSecond) => ({ perSecond, p50_ms: 1, p99_ms: 20, refused: 0 }));
}

test('a ratio is the median of the rounds, each divided by its own neighbour', () => {
  // The machine was twice as slow in the second round, and so was its neighbour.
  const rounds = new Map([
    ['own', speeds(200, 100, 330)],
    ['bank', speeds(100, 50, 100)],
  ]);
  const [row] = judgeRounds([FAST], rounds);
  expect(row).toMatchObject({
    value: 200,
    ratio: 2,
    perRound: [2, 2, 3.3],
    lowest: 2,
    highest: 3.3,
    met: true,
  });
});

test('what should be little is met below the goal and fails above the floor', () => {
  const judge = (p99_ms: number) => {
    const rounds = new Map([['own', [{ perSecond: 1, p50_ms: 1, p99_ms, refused: 0 }]]]);
    const [row] = judgeRounds([SOON], rounds);
    return [row?.met, row?.belowFloor];
  };
  expect([judge(10), judge(11), judge(41)]).toEqual([
    [true, false],
    [false, false],
    [false, true],
  ]);
});

test('a goal whose cell or neighbour was not measured is left out', () => {
  expect(judgeRounds([FAST, SOON], new Map([['bank', speeds(1)]]))).toEqual([]);
  expect(judgeRounds([FAST], new Map([['own', speeds(1)]]))).toEqual([]);
});

test('a neighbour that is missing in one round never makes a goal', () => {
  const rounds = new Map([
    ['own', speeds(200, 200)],
    ['bank', speeds(100)],
  ]);
  expect(judgeRounds([FAST], rounds)[0]).toMatchObject({ met: false, belowFloor: true });
});

test('the last line counts', () => {
  const rounds = new Map([
    ['own', speeds(200)],
    ['bank', speeds(100)],
  ]);
  const rows = judgeRounds([FAST, SOON], rounds);
  expect(lastLine(rows)).toBe('2 goals, 1 met, 1 missed');
  expect(table(rows)).toContain('as fast as the bank');
});

test.each([
  [12_345.6, '/s', '12346/s'],
  [7.336, 'KB', '7.34 KB'],
  [45.67, 'ms', '45.7 ms'],
])('%d %s is written %s', (value, unit, text) => {
  expect(valueText(value, unit)).toBe(text);
});

test('the table of the document comes from the results, and replaces only itself', () => {
  const rows = judgeRounds(
    [FAST],
    new Map([
      ['own', speeds(50)],
      ['bank', speeds(100)],
    ]),
    { own: 'a note' },
  );
  const text = tableText({
    machine: { cores: '2', processor: 'any', memory: '8 GiB', node: 'v24' },
    postgres: '18',
    settings: ['jit=off'],
    options: { rounds: 1, seconds: 5, quick: false, full: [], pgledger: undefined },
    took_s: 61,
    steal_percent: 0,
    doubts: ['somebody else was here'],
    cells: { 'cost-cpu': [counted(12.34)] },
    notes: {},
    rows,
  });
  expect(text).toContain('| as fast as the bank (a note) | 50.0/s | `bank` | 0.50 |');
  expect(text).toContain('below the floor');
  expect(text).toContain('**Not a quiet run**: somebody else was here.');
  expect(text).toContain('12.3');
  const document = 'a\n<!-- table: made by npm run bench -- --write-doc -->\nold\n<!-- end of table -->\nb\n';
  const written = withSection(document, 'table', 'new');
  expect(written).toBe(document.replace('old', 'new'));
  expect(withSection(written, 'table', 'new')).toBe(written);
  expect(() => withSection('nothing', 'table', 'new')).toThrow('no place');
});

test('what a country needs is what was measured, multiplied', () => {
  const text = projectionText({ 'cost-cpu': [counted(20)], 'settle-burst': speeds(1_000, 1_500, 9_000) });
  expect(text).toContain('| processor time | 20.0 s a thousand recharges | 60 cores busy');
  expect(text).toContain('3,000/s: 2.0 × what was measured');
  expect(text).not.toContain('disk');
  expect(projectionText({})).toBe('');
});

test('every goal has cells that exist, and every name is in one section', () => {
  const cells = SECTIONS.flatMap((section) => section.cells);
  expect(new Set(cells).size).toBe(cells.length);
  for (const { cell, against } of [...ledgerGoals(), ...PRODUCT_GOALS]) {
    expect(cells).toContain(cell);
    if (against !== undefined) expect(cells).toContain(against);
  }
});

test('cells are chosen by a part of their name or by their section, with what they are divided by', () => {
  const goals = [...ledgerGoals(), ...PRODUCT_GOALS];
  expect([...chooseCells(['wallet-large'], SECTIONS, goals)].toSorted()).toEqual([
    'anchor-tpcb',
    'wallet-large',
    'wallet-small',
  ]);
  expect(chooseCells(['settle'], SECTIONS, goals)).toContain('settle-burst');
  expect(chooseCells(['no such thing'], SECTIONS, goals).size).toBe(0);
  expect(chooseCells([], SECTIONS, goals).size).toBe(SECTIONS.flatMap(({ cells }) => cells).length);
});
