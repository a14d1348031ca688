/**
 * Keeps published heads in a folder or a store: one file for each hour, one line for each head.
 *
 * A file of an hour is small enough to be written whole, so a store that cannot append does as well as a folder, and
 * old hours are never touched again: they may be made read-only where they are kept.
 */
import { type BackupStore, putSmall, readSmall } from '../backup/backup-store.ts';
import { type Head, type HeadKeys, headLine, readHeadLine } from './published-head.ts';

export interface HeadShelf {
  readonly store: BackupStore;
  readonly keys: HeadKeys;
}

/** The last line of the newest file: a head, or words that are not ours. */
export type LastHead = { readonly head: Head } | { readonly foreignIn: string };

const FILE = /^heads-\d{8}T\d{2}\.jsonl$/;

function fileOf(at: Date): string {
  return `heads-${at.toISOString().slice(0, 13).replaceAll('-', '')}.jsonl`;
}

/** Nothing when nothing was published yet. */
export async function readLastHead({ store, keys }: HeadShelf): Promise<LastHead | undefined> {
  const name = (await store.list()).filter((one) => FILE.test(one)).at(-1);
  if (name === undefined) return undefined;
  const line = linesOf(await readSmall(store, name)).at(-1) ?? '';
  const head = readHeadLine(line, keys);
  return head === undefined ? { foreignIn: name } : { head };
}

export async function putHead({ store, keys }: HeadShelf, head: Head): Promise<void> {
  const name = fileOf(head.at);
  const before = (await store.list()).includes(name) ? linesOf(await readSmall(store, name)) : [];
  await putSmall(store, name, `${[...before, headLine(head, keys)].join('\n')}\n`);
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
