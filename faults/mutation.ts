/**
 * Is one protection taken out of a copy of the source, in memory: the file, the line as it stands, and what it becomes.
 * What the database itself protects is taken out of a database that was just made.
 *
 * A line that no longer stands in its file exactly once stops the run: a mutation that changes nothing would be caught
 * by nothing, and a hole would look like a protection.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { invariant } from '../src/ground/refusal.ts';

export interface Mutation {
  /** What is no longer protected, as one would say it. */
  readonly name: string;
  readonly changes: readonly SourceChange[];
  /** What takes the protection out of a migrated database: SQL that fails where there is no such protection. */
  readonly damage?: string;
  /** Where it shows: two sessions of a real PostgreSQL, or a universe. Default: a universe. */
  readonly shows?: 'on-postgres';
}

export interface SourceChange {
  /** Below `src/`. */
  readonly file: string;
  readonly find: string;
  readonly become: string;
}

const SOURCE = new URL('../src/', import.meta.url);

/** Throws when a mutation no longer fits the source. */
export function requireFit(mutation: Mutation): void {
  const takesOut =
    mutation.changes.length > 0 || (mutation.damage !== undefined && mutation.shows === undefined);
  invariant(takesOut, `mutation "${mutation.name}" takes nothing out`);
  for (const change of mutation.changes) {
    const text = readFileSync(new URL(change.file, SOURCE), 'utf8');
    const times = text.split(change.find).length - 1;
    invariant(times === 1, `mutation "${mutation.name}": its line stands ${times} times in ${change.file}`);
  }
}

/** From now on, files that this process loads come without the protection. Call it before importing them. */
export function takeOut(mutation: Mutation): void {
  requireFit(mutation);
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const changes = mutation.changes.filter((change) => url === new URL(change.file, SOURCE).href);
      if (changes.length === 0) return loaded;
      let text = readFileSync(fileURLToPath(url), 'utf8');
      for (const change of changes) text = text.replace(change.find, () => change.become);
      return { ...loaded, source: text };
    },
  });
}
