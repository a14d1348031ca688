/**
 * Compares the journal with the head that was published last.
 *
 * One is enough: a row that is rewritten changes every link after it, so whatever was touched before the published head
 * shows at the published head.
 */
import { findFence } from '../ledger/fence.rows.ts';
import { findLink } from '../ledger/transfer.rows.ts';
import type { Reader } from '../postgres/database.ts';
import type { LastHead } from './head-shelf.ts';

export type HeadVerdict =
  | 'unpublished' // nothing was published yet
  | 'agrees' // the journal has that row with that link
  | 'rewound' // more rows were published than the journal has: an older copy stands in its place
  | 'rewritten' // the row has another link: it, or one before it, is not what was once recorded
  | 'foreign'; // what was published last is not signed by this installation

export interface HeadComparison {
  readonly verdict: HeadVerdict;
  /** The row that was published last. */
  readonly seq: bigint;
  readonly publishedAt: Date | undefined;
}

/** True when somebody must be woken. */
export function convicts(verdict: HeadVerdict): boolean {
  return verdict === 'rewound' || verdict === 'rewritten' || verdict === 'foreign';
}

/** `last` was read before: the journal only grows, so it has that row by now. */
export async function compareHead(reader: Reader, last: LastHead | undefined): Promise<HeadComparison> {
  if (last === undefined) return { verdict: 'unpublished', seq: 0n, publishedAt: undefined };
  if ('foreignIn' in last) return { verdict: 'foreign', seq: 0n, publishedAt: undefined };
  const { seq, head, at } = last.head;
  const fence = await findFence(reader);
  const link = await findLink(reader, seq);
  const verdict: HeadVerdict =
    fence.seq < seq || link === undefined ? 'rewound' : link === head ? 'agrees' : 'rewritten';
  return { verdict, seq, publishedAt: at };
}
