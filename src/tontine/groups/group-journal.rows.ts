/**
 * Keeps the journals of groups in the table `group_journal`.
 */
import type { ColumnType } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { JournalAct, JournalLine } from './group-journal.ts';

interface GroupJournalTable {
  id: string;
  group_id: string;
  act: JournalAct;
  actor_id: string | null;
  subject_id: string;
  reason: string | null;
  facts: ColumnType<Record<string, string>, string, never>;
  at: Date;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    group_journal: GroupJournalTable;
  }
}

export async function insertJournalLine(tx: Tx, line: JournalLine): Promise<void> {
  await tx
    .insertInto('group_journal')
    .values({
      id: line.id,
      group_id: line.groupId,
      act: line.act,
      actor_id: line.actorId,
      subject_id: line.subjectId,
      reason: line.reason,
      facts: JSON.stringify(line.facts),
      at: line.at,
    })
    .execute();
}

/** The newest lines of a group, or those before a line that was seen. */
export async function listJournalLines(
  reader: Reader,
  groupId: string,
  page: { readonly before?: string | undefined; readonly limit: number },
): Promise<JournalLine[]> {
  let lines = reader
    .selectFrom('group_journal')
    .select(['id', 'group_id as groupId', 'act', 'actor_id as actorId', 'subject_id as subjectId'])
    .select(['reason', 'facts', 'at'])
    .where('group_id', '=', groupId);
  if (page.before !== undefined) lines = lines.where('id', '<', page.before);
  return await lines.orderBy('id', 'desc').limit(page.limit).execute();
}
