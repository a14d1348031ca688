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
  /** Which versions seal it: the columns of one age are closed together. The first one unless it is said. */
  readonly age?: SealingAge;
  /**
   * Where the number stood and its hash stands now. A version before writes it there, beginning with `+`, and leaves the
   * sealed column empty.
   */
  readonly plainIn?: string;
  /** A column of bytes, sealed by `sealed-bytes.ts`. */
  readonly isBytes?: true;
}

/** Named after the columns of the table `sealing` that say whether they are still written plainly. */
export type SealingAge =
  | 'plain' // who people are, and whose a payment is
  | 'later_plain'; // freezes, invitations to the console, callbacks

export interface SealedHash {
  readonly column: string;
  readonly kind: HashKind;
  /** What is hashed of the text. */
  readonly part: (text: string) => string;
}
