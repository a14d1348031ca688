/**
 * Keeps the journals of groups in the table `group_journal`.
 */
import type { ColumnType } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import { openOf } from '../members/sealed-member.rows.ts';
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

export interface JournalPage {
  /** Only lines older than this id: the last one of the page before. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** A line with the name of whoever acted. */
export interface NamedLine extends JournalLine {
  readonly actorName: string | null;
}

/** Newest first. */
export async function listJournal(reader: Reader, groupId: string, page: JournalPage): Promise<NamedLine[]> {
  let query = reader
    .selectFrom('group_journal')
    .leftJoin('memberships', 'memberships.id', 'group_journal.actor_id')
    .select([
      'group_journal.id',
      'group_journal.group_id as groupId',
      'group_journal.act',
      'group_journal.actor_id as actorId',
      'memberships.display_name as actorName',
      'group_journal.subject_id as subjectId',
      'group_journal.reason',
      'group_journal.facts',
      'group_journal.at',
    ])
    .where('group_journal.group_id', '=', groupId)
    .orderBy('group_journal.id', 'desc')
    .limit(page.limit);
  if (page.before !== undefined) query = query.where('group_journal.id', '<', page.before);
  const lines = await query.execute();
  return lines.map((line) => ({ ...line, actorName: nameOf(reader, line) }));
}

function nameOf(reader: Reader, { actorId, actorName }: NamedLine): string | null {
  return actorId === null || actorName === null ? null : openOf(reader, actorId, 'display_name', actorName);
}
