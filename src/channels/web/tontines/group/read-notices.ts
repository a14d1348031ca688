/**
 * Reads what a member was told last, each with the page on which it can be seen or answered.
 */
import { isId } from '../../../../ground/identifiers.ts';
import { money } from '../../../../ground/money/money.ts';
import { listNotices, type NoticeKind } from '../../../../tontine/members/member-notice.rows.ts';
import { paths } from '../../paths.ts';
import type { Visit } from '../group-visit.ts';
import type { MemberNotice } from './notices.tsx';

const SHOWN = 3;

export async function readNotices({ door, actor }: Visit): Promise<readonly MemberNotice[]> {
  const { id: groupId, currency } = actor.group;
  const rows = await listNotices(door.db, actor.membership.id, { limit: SHOWN });
  return rows.map(({ id, kind, subjectId, facts, createdAt }) => ({
    id,
    kind,
    at: createdAt,
    href: placeOf(groupId, kind, subjectId),
    ...(facts.amount !== undefined && /^\d+$/.test(facts.amount)
      ? { amount: money(BigInt(facts.amount), currency) }
      : {}),
  }));
}

/** The very thing that it is about, where that has a page. */
function placeOf(groupId: string, kind: NoticeKind, subjectId: string | null): string {
  if (isId('ctr', subjectId)) return paths.tontineContribution(groupId, subjectId);
  if (isId('hnd', subjectId) || isId('hov', subjectId)) return paths.tontineNote(groupId, subjectId);
  return PLACES[kind](groupId);
}

const PLACES: Readonly<Record<NoticeKind, (groupId: string) => string>> = {
  'contribution.received': paths.tontine,
  'contribution.corrected': paths.tontineJournal,
  'cash.to-confirm': paths.tontineCash,
  'payout.paid': paths.tontinePayout,
  'payout.reminder': paths.tontinePayout,
  'penalty.levied': paths.tontinePay,
  'penalty.waived': paths.tontineJournal,
  'rules.adopted': paths.tontineRules,
  'turn.changed': paths.tontineCalendar,
  'draw.committed': paths.tontineDraw,
  'auction.opened': paths.tontineAuction,
  'ballot.opened': paths.tontineVote,
  'guarantee.returned': paths.tontineJournal,
  'aid.granted': paths.tontineAid,
  'fund.shared-out': paths.tontineShareOut,
};
