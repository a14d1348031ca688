/**
 * Tells members of a group something they have a right to know, in the transaction that made it true.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { insertNotices, type NoticeKind } from './member-notice.rows.ts';

export interface Telling {
  readonly groupId: string;
  /** Memberships; one named twice is told once. */
  readonly to: readonly string[];
  readonly kind: NoticeKind;
  readonly subjectId: string;
  readonly facts?: Readonly<Record<string, string>>;
}

export async function tellMembers(tx: Tx, ground: Ground, telling: Telling): Promise<void> {
  const createdAt = ground.clock.now();
  const { groupId, kind, subjectId, facts = {} } = telling;
  await insertNotices(
    tx,
    [...new Set(telling.to)].map((membershipId) => ({
      id: ground.ids.next('ntc'),
      groupId,
      membershipId,
      kind,
      subjectId,
      facts,
      createdAt,
    })),
  );
}
