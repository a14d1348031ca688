/**
 * Keeps the journals of groups in the table `group_journal`.
 */
import type { ColumnType } from 'kysely';
import type { Tx } from '../../ground/postgres/database.ts';
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
