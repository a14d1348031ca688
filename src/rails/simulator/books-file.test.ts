import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SECOND_MS } from '../../ground/clock.ts';
import { openBooksFile } from './books-file.ts';
import { PAYIN_HEADERS, payinBody, testSimulator } from './testing/test-simulator.ts';

function freshPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'deeper', 'books.jsonl');
}

test('a simulator that was killed finds its payments, its float and its unsent callbacks again', async () => {
  const booksFile = freshPath();
  // The first one is never closed before the second starts: that is what a kill looks like to the file.
  const first = await testSimulator({ booksFile, callbacks: async () => ({ status: 503 }) });
  await first.call('/payins', payinBody('0001'), PAYIN_HEADERS);
  await first.call('/payins', payinBody('1234'), PAYIN_HEADERS);
  await first.step();
  const second = await testSimulator({ booksFile });
  expect(second.books.list()).toEqual(first.books.list());
  expect(second.books.balance('XOF').amount).toBe(4_915n);
  await second.step();
  expect(second.received).toEqual([]);
  second.clock.advance(5 * SECOND_MS);
  await second.step();
  expect(second.received).toHaveLength(1);
  const [, waiting] = second.books.list();
  expect(second.books.approve(waiting?.reference ?? '').ok).toBe(true);
});

test('the opening float is not brought again by a restart', async () => {
  const booksFile = freshPath();
  const openingFloat = { XOF: 40_000n };
  const first = await testSimulator({ booksFile, openingFloat });
  first.books.topUpFloat('XOF', 2_000n);
  const second = await testSimulator({ booksFile, openingFloat });
  expect(second.books.balance('XOF').amount).toBe(42_000n);
  expect(second.books.topUps()).toEqual(first.books.topUps());
});

test('a restart with the same chance never gives a reference twice', async () => {
  const booksFile = freshPath();
  const first = await testSimulator({ booksFile });
  await first.call('/payins', payinBody(), PAYIN_HEADERS);
  const second = await testSimulator({ booksFile });
  await second.call('/payins', payinBody(), PAYIN_HEADERS);
  const references = second.books.list().flatMap((each) => [each.reference, each.upstreamReference]);
  expect(new Set(references).size).toBe(4);
});

test('half a line at the end is cut off, and what follows is written after whole lines', () => {
  const path = freshPath();
  const whole = { kind: 'instructed', at: '2026-01-05T08:00:00.000Z', wallet: '2250500001234' } as const;
  const first = openBooksFile(path);
  first.record(whole);
  first.close();
  appendFileSync(path, '{"kind":"chan');
  const second = openBooksFile(path);
  expect(second.past).toEqual([whole]);
  second.record(whole);
  second.close();
  expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify(whole)}\n${JSON.stringify(whole)}\n`);
});

test('damage inside the file stops the start and names the line', () => {
  const path = freshPath();
  openBooksFile(path).close();
  writeFileSync(path, '{"kind":"instructed","at":"2026-01-05T08:00:00.000Z","wallet":"1"}\n{"kind"\n{}\n');
  expect(() => openBooksFile(path)).toThrow(/line 2 /);
});
