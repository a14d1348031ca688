/**
 * Walks the hash chain and names the first row that is not what was once recorded.
 *
 * Three things can have been done to a journal behind its back: a row changed, a row removed or added, the end cut off.
 * The first breaks its own link, the second the count, the third the head that the fence keeps. Whoever rewrites the
 * fence as well is caught by the heads that were published outside the database.
 */
import { NIL_UUID, type Uuid } from '../identifiers.ts';
import type { Reader } from '../postgres/database.ts';
import { GENESIS, linkAfter } from './chain.ts';
import { findFence } from './fence.rows.ts';
import { type ChainPlace, type ChainRow, findLink, listChain } from './transfer.rows.ts';

export type ChainReason =
  | 'missing' // no row has this seq
  | 'doubled' // more than one row has this seq
  | 'altered' // the row is not what its link says
  | 'end-removed' // the fence knows of later rows than the journal has
  | 'head-differs'; // the last row is not the one that the fence remembers

export type ChainVerdict =
  | { readonly ok: true; readonly rows: bigint; readonly head: string }
  | {
      readonly ok: false;
      readonly brokenSeq: bigint;
      /** The transfer found at that place, when there is one. */
      readonly transferId?: Uuid;
      readonly reason: ChainReason;
    };

export interface ChainRange {
  /** The first seq to check, at least 1; the row before it is taken at its word. Default: the first row. */
  readonly fromSeq?: bigint;
}

const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff' as Uuid;
const PAGE_ROWS = 2_000;

/** Checks up to the fence as it stands when the walk begins; rows posted meanwhile wait for the next walk. */
export async function verifyChain(reader: Reader, range: ChainRange = {}): Promise<ChainVerdict> {
  const fence = await findFence(reader);
  const fromSeq = range.fromSeq ?? 1n;
  const start = fromSeq === 1n ? GENESIS : await findLink(reader, fromSeq - 1n);
  if (start === undefined) return { ok: false, brokenSeq: fromSeq - 1n, reason: 'missing' };
  let head = start;
  let expected = fromSeq;
  let place: ChainPlace = fromSeq === 1n ? { seq: 0n, id: NIL_UUID } : { seq: fromSeq - 1n, id: LAST };
  for (;;) {
    const page = await listChain(reader, place, PAGE_ROWS);
    for (const row of page) {
      if (row.seq > fence.seq) return verdictAtFence(expected, fromSeq, head, fence);
      const reason = faultOf(row, expected, head);
      if (reason !== undefined) {
        const brokenSeq = reason === 'missing' ? expected : row.seq;
        return { ok: false, brokenSeq, transferId: row.id, reason };
      }
      head = row.link;
      expected += 1n;
      place = row;
    }
    if (page.length < PAGE_ROWS) return verdictAtFence(expected, fromSeq, head, fence);
  }
}

function faultOf(row: ChainRow, expected: bigint, head: string): ChainReason | undefined {
  if (row.seq > expected) return 'missing';
  if (row.seq < expected) return 'doubled';
  return linkAfter(head, row) === row.link ? undefined : 'altered';
}

function verdictAtFence(
  expected: bigint,
  fromSeq: bigint,
  head: string,
  fence: { readonly seq: bigint; readonly head: string },
): ChainVerdict {
  if (expected <= fence.seq) return { ok: false, brokenSeq: expected, reason: 'end-removed' };
  if (head !== fence.head) return { ok: false, brokenSeq: fence.seq, reason: 'head-differs' };
  return { ok: true, rows: expected - fromSeq, head };
}
