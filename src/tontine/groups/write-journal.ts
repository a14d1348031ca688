/**
 * Writes down for all members who did what in their group, in the transaction that did it.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { insertJournalLine } from './group-journal.rows.ts';
import type { JournalAct } from './group-journal.ts';

export interface LineToWrite {
  readonly groupId: string;
  readonly act: JournalAct;
  /** The membership that acted; nobody, when the group's own rules did. */
  readonly actorId?: string | undefined;
  readonly subjectId: string;
  readonly reason?: string | undefined;
  readonly facts?: Readonly<Record<string, string>>;
}

export async function writeJournal(tx: Tx, ground: Ground, line: LineToWrite): Promise<void> {
  await insertJournalLine(tx, {
    id: ground.ids.next('grj'),
    groupId: line.groupId,
    act: line.act,
    actorId: line.actorId ?? null,
    subjectId: line.subjectId,
    // A form that was left empty gives no reason.
    reason: line.reason?.trim() || null,
    facts: line.facts ?? {},
    at: ground.clock.now(),
  });
}
