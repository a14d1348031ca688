/**
 * Walks the trail from its first act and names the first row that is not what was once written.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import { findTrailHead, listTrail } from './audit-entry.rows.ts';
import { linkAfterEntry, TRAIL_GENESIS } from './audit-entry.ts';

export type TrailVerdict =
  | { readonly ok: true; readonly rows: bigint; readonly head: string }
  | {
      readonly ok: false;
      readonly brokenSeq: bigint;
      readonly reason: 'missing' | 'altered' | 'end-removed' | 'head-differs';
    };

const PAGE_ROWS = 1_000;

/** Checks up to the end as it stands when the walk begins. */
export async function verifyTrail(reader: Reader): Promise<TrailVerdict> {
  const end = await findTrailHead(reader);
  let head = TRAIL_GENESIS;
  let seq = 0n;
  while (seq < end.seq) {
    const page = await listTrail(reader, seq, PAGE_ROWS);
    if (page.length === 0) return { ok: false, brokenSeq: seq + 1n, reason: 'end-removed' };
    for (const entry of page) {
      if (entry.seq > end.seq) break;
      if (entry.seq !== seq + 1n) return { ok: false, brokenSeq: seq + 1n, reason: 'missing' };
      if (linkAfterEntry(head, entry) !== entry.link)
        return { ok: false, brokenSeq: entry.seq, reason: 'altered' };
      head = entry.link;
      seq = entry.seq;
    }
  }
  if (head !== end.link) return { ok: false, brokenSeq: end.seq, reason: 'head-differs' };
  return { ok: true, rows: seq, head };
}
