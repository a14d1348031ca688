/**
 * Keeps the events of the books in a file, one JSON line each, so that a killed process finds its books again.
 *
 * A line reaches the operating system before its event counts. A process killed in the middle of a write leaves half
 * a line at the end: it is cut off, because its event has not happened; half a line anywhere else is damage and stops
 * the start, because books with a hole would balance wrongly in silence.
 */
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { BrokenInvariant } from '../../ground/refusal.ts';
import type { BookEvent } from './book-event.ts';

export interface BooksFile {
  readonly past: readonly BookEvent[];
  readonly record: (event: BookEvent) => void;
  readonly close: () => void;
}

/** Opens or creates the file. Throws when a line inside it cannot be read, naming the line. */
export function openBooksFile(path: string): BooksFile {
  mkdirSync(dirname(path), { recursive: true });
  const past = existsSync(path) ? readEvents(path) : [];
  const file = openSync(path, 'a');
  return {
    past,
    record: (event) => {
      appendFileSync(file, `${JSON.stringify(event)}\n`);
    },
    close: () => closeSync(file),
  };
}

function readEvents(path: string): BookEvent[] {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf('\n') + 1;
  if (end < bytes.length) truncateSync(path, end);
  const lines = bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as BookEvent;
    } catch (error) {
      throw new BrokenInvariant(`line ${index + 1} of ${path} is damaged`, { cause: error });
    }
  });
}
