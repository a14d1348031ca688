/**
 * Tells members of a group something they have a right to know, in the transaction that made it true.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { insertNotices, type NoticeKind } from './member-notice.rows.ts';
import { listMembers } from './membership.rows.ts';

export interface Telling {
  readonly groupId: string;
  /** Memberships; one named twice is told once. */
  readonly to: readonly string[];
  readonly kind: NoticeKind;
  readonly subjectId: string;
  readonly facts?: Readonly<Record<string, string>>;
}

/** Tells all who take part, those too who had no hand in it. */
export async function tellGroup(tx: Tx, ground: Ground, telling: Omit<Telling, 'to'>): Promise<void> {
  const members = await listMembers(tx, telling.groupId);
  await tellMembers(tx, ground, { ...telling, to: members.map((member) => member.id) });
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
