/**
 * Keeps what members were told in the table `member_notices`: receipts, changes of the by-law, corrections.
 */
import { type ColumnType, sql } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';

export type NoticeKind =
  | 'contribution.received' // to the one who paid and to the one who was paid for
  | 'contribution.corrected' // to everybody
  | 'cash.to-confirm' // notes were declared in your name: is it true?
  | 'rules.adopted' // to everybody, before it takes effect
  | 'payout.paid' // your pot has come
  | 'payout.reminder' // two days without an answer
  | 'guarantee.returned'
  | 'penalty.levied'
  | 'penalty.waived'
  | 'turn.changed'
  | 'draw.committed' // to everybody: add your words before the lots are drawn
  | 'auction.opened' // to everybody: a pot is for sale until an hour
  | 'ballot.opened' // to everybody: say who takes the pot
  | 'aid.granted'
  | 'fund.shared-out'; // your part of what is common

interface MemberNoticeTable {
  id: string;
  group_id: string;
  membership_id: string;
  kind: NoticeKind;
  subject_id: string;
  facts: ColumnType<Record<string, string>, string, never>;
  created_at: Date;
  seen_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    member_notices: MemberNoticeTable;
  }
}

export interface MemberNotice {
  readonly id: string;
  readonly groupId: string;
  readonly membershipId: string;
  readonly kind: NoticeKind;
  readonly subjectId: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly createdAt: Date;
}

/** Nobody is told the same thing twice: a notice that exists is left alone. */
export async function insertNotices(tx: Tx, notices: readonly MemberNotice[]): Promise<void> {
  if (notices.length === 0) return;
  await tx
    .insertInto('member_notices')
    .values(
      notices.map((notice) => ({
        id: notice.id,
        group_id: notice.groupId,
        membership_id: notice.membershipId,
        kind: notice.kind,
        subject_id: notice.subjectId,
        facts: JSON.stringify(notice.facts),
        created_at: notice.createdAt,
        seen_at: null,
      })),
    )
    .onConflict((conflict) => conflict.columns(['membership_id', 'kind', 'subject_id']).doNothing())
    .execute();
}

/** Newest first; `before` is the id of the last one of the page before. */
export async function listNotices(
  reader: Reader,
  membershipId: string,
  page: { readonly before?: string; readonly limit: number },
): Promise<MemberNotice[]> {
  let query = reader
    .selectFrom('member_notices')
    .select([
      'id',
      'group_id as groupId',
      'membership_id as membershipId',
      'kind',
      'subject_id as subjectId',
      'facts',
      'created_at as createdAt',
    ])
    .where('membership_id', '=', membershipId)
    .orderBy('id', 'desc')
    .limit(page.limit);
  if (page.before !== undefined) query = query.where('id', '<', page.before);
  return await query.execute();
}

/** The members who were told something, for a check that all were. */
export async function countTold(reader: Reader, kind: NoticeKind, subjectId: string): Promise<number> {
  const row = await reader
    .selectFrom('member_notices')
    .select(sql<bigint>`count(*)`.as('told'))
    .where('kind', '=', kind)
    .where('subject_id', '=', subjectId)
    .executeTakeFirst();
  return Number(row?.told ?? 0n);
}
