/**
 * Is the trail as a file, in the order in which it was written and with its links, so that it can be verified elsewhere.
 */
import type { Reader } from '../../../../ground/postgres/database.ts';
import { listTrail } from '../../../../oversight/audit/audit-entry.rows.ts';
import type { AuditEntry } from '../../../../oversight/audit/audit-entry.ts';
import { type Column, linesOf, type Pages } from '../list-file.ts';

const PAGE_LINES = 1_000;

const COLUMNS: readonly Column<AuditEntry>[] = [
  ['seq', (entry) => entry.seq],
  ['at', (entry) => entry.occurredAt],
  ['actor', (entry) => entry.actorId],
  ['roles', (entry) => entry.actorRoles],
  ['ip', (entry) => entry.ip],
  ['device', (entry) => entry.device],
  ['act', (entry) => entry.act],
  ['subject', (entry) => entry.subjectId],
  ['reason', (entry) => entry.reason],
  ['before', (entry) => entry.before],
  ['after', (entry) => entry.after],
  ['link', (entry) => entry.link],
];

export function trailPages(reader: Reader): Pages {
  return linesOf(COLUMNS, async (last) => await listTrail(reader, last?.seq ?? 0n, PAGE_LINES));
}
