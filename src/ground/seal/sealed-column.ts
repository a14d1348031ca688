/**
 * Describes a column of sealed texts, so that one walk can seal, re-seal and count all of them.
 *
 * Each rows file describes its own; a column that no list names would keep its old key for ever, so the story
 * `stories/at-rest.story.ts` looks for numbers in every table there is.
 */
import type { HashKind } from './lookup-hash.ts';

export interface SealedColumn {
  readonly table: string;
  /** The columns of the primary key, by which a walk goes on. */
  readonly key: readonly string[];
  /** The column whose text is part of the seal. It tells the row, or where rows have no id of their own, whose it is. */
  readonly row: string;
  readonly column: string;
  /** Hashes beside it, by which the rows are found. */
  readonly hashes: readonly SealedHash[];
}

export interface SealedHash {
  readonly column: string;
  readonly kind: HashKind;
  /** What is hashed of the text. */
  readonly part: (text: string) => string;
}
