/**
 * Gives the text of a sample answer, unparsed: how its numbers are written matters.
 */
import { readFileSync } from 'node:fs';

/** `name` without `.json`. */
export function readSample(name: string): string {
  return readFileSync(new URL(`../samples/${name}.json`, import.meta.url), 'utf8').trim();
}
