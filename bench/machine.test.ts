import { expect, test } from 'vitest';
import { seededChance } from '../src/ground/chance.ts';
import { firstNumberOf } from './load/load-people.ts';
import { MISBEHAVING, payingNumber } from './load/paying-numbers.ts';
import { doubtsAbout, parseCpuTimes, stealPercent } from './machine.ts';
import { cpuSecondsIn } from './process-usage.ts';
import { barText } from './progress-bar.ts';
import { makeListener, type SentQuery } from './record-queries.ts';
import { arrivalOf } from './slow-line.ts';

test('what the host took away is a share of the time that passed', () => {
  const before = parseCpuTimes('cpu  100 0 50 800 10 0 5 35 0 0\ncpu0 1 1 1\n');
  const after = parseCpuTimes('cpu  150 0 80 850 10 0 5 55 0 0\ncpu0 1 1 1\n');
  expect(before).toEqual({ steal: 35, total: 1000 });
  expect(stealPercent(before, after)).toBeCloseTo((100 * 20) / 150);
  expect(stealPercent(undefined, after)).toBeUndefined();
  expect(parseCpuTimes('nothing of the kind')).toBeUndefined();
});

test('a run on a busy machine is marked', () => {
  expect(doubtsAbout([2000, 2500, 2900], 3)).toEqual([]);
  expect(doubtsAbout([2000, 3100], 12)).toHaveLength(2);
  expect(doubtsAbout([2000], undefined)).toEqual([]);
});

test('processor time counts children that have ended, whatever the name of the process is', () => {
  const stat = '17 (a (strange) name) S 1 17 17 0 -1 4194560 500 0 0 0 250 50 30 20 20 0 11 0 100';
  expect(cpuSecondsIn(stat)).toBe(3.5);
});

test('the bar tells how far it is and how long it still takes', () => {
  expect(barText(0, 4, 0)).toBe('[░░░░░░░░░░░░░░░░░░░░░░░░] 0/4');
  expect(barText(1, 4, 20_000)).toBe('[██████░░░░░░░░░░░░░░░░░░] 1/4  60 s left');
  expect(barText(4, 4, 80_000)).toBe('[████████████████████████] 4/4  0 s left');
});

test('a slow line carries 50 000 bits in a second', () => {
  expect(arrivalOf(100, 6_250, 50)).toBe(1_100);
});

test('statements are read off the wire, in pieces of any size', () => {
  const message = (kind: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(5);
    head.write(kind);
    head.writeUInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const start = Buffer.from([0, 0, 0, 8, 0, 3, 0, 0]);
  const parse = Buffer.from('\0select $1, $2, $3\0\0\0');
  // One name of nothing, then formats text, binary, text; then three values, the last of them null.
  const bind = Buffer.concat([
    Buffer.from('\0\0'),
    Buffer.from([0, 3, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 2]),
    Buffer.from('ab'),
    Buffer.from([0, 0, 0, 1, 7, 0xff, 0xff, 0xff, 0xff, 0, 0]),
  ]);
  const wire = Buffer.concat([
    start,
    message('P', parse),
    message('B', bind),
    message('Q', Buffer.from('begin\0')),
  ]);
  const expected: SentQuery[] = [
    { text: 'select $1, $2, $3', values: ['ab', { hex: '07' }, null], name: '' },
    { text: 'begin', values: [], name: '' },
  ];
  for (const size of [1, 7, wire.length]) {
    const heard: SentQuery[] = [];
    const listen = makeListener((query) => heard.push(query));
    for (let at = 0; at < wire.length; at += size) listen(wire.subarray(at, at + size));
    expect(heard).toEqual(expected);
  }
});

test('no two recharges share a number, and as many misbehave as were asked for', () => {
  const chance = seededChance('numbers');
  const numbers = Array.from({ length: 30_000 }, (_, place) => payingNumber(place, chance, 2));
  expect(new Set(numbers).size).toBe(30_000);
  const bad = numbers.filter((number) => MISBEHAVING.some((ending) => number.endsWith(ending))).length;
  expect(bad).toBeGreaterThan(450);
  expect(bad).toBeLessThan(750);
});

test('no member of sixty thousand has a number with which the provider plays tricks', () => {
  const taken = new Set<number>();
  for (let group = 0; group < 5_000; group++) {
    for (let place = 0; place < 12; place++) taken.add(firstNumberOf(group, 12) + place);
  }
  expect(taken.size).toBe(60_000);
  expect([...taken].filter((number) => number % 10_000 < 2_000)).toEqual([]);
});
