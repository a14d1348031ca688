/**
 * Is the list of differences as a file: open, explained and gone, each with its figure, age and owner.
 */
import type { Reader } from '../../../../ground/postgres/database.ts';
import { type KnownBreak, listBreaksAfter } from '../../../../oversight/reconcile/break.rows.ts';
import { type Column, linesOf, type Pages } from '../list-file.ts';

const PAGE_LINES = 1_000;

const COLUMNS: readonly Column<KnownBreak>[] = [
  ['kind', (one) => one.kind],
  ['reference', (one) => one.reference],
  ['currency', (one) => one.currency],
  ['difference', (one) => one.difference],
  ['happened_at', (one) => one.happenedAt],
  ['first_seen_at', (one) => one.firstSeenAt],
  ['last_seen_at', (one) => one.lastSeenAt],
  ['owner', (one) => one.ownerId],
  ['closed_at', (one) => one.closedAt],
  ['closed_by', (one) => one.closedBy],
  ['explanation', (one) => one.explanation],
  ['payment', (one) => one.paymentId],
  ['id', (one) => one.id],
];

export function breakPages(reader: Reader): Pages {
  return linesOf(COLUMNS, async (last) => await listBreaksAfter(reader, last?.id, PAGE_LINES));
}
