/**
 * Turns rows of a group's journal into lines that a member reads: the act, about whom, how much.
 *
 * Where the group shows amounts only to their owners, a line about somebody else leaves the amount out.
 */
import { money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { JournalLine as JournalRow } from '../../../../tontine/groups/group-journal.ts';
import type { GroupReading } from '../../../../tontine/groups/read-group.ts';
import { mayDo } from '../../../../tontine/members/permission.ts';
import { given } from '../../given.ts';
import { nameOf } from '../group-view.ts';
import { type Visit, wordsOf } from '../group-visit.ts';
import type { JournalLine } from './journal.tsx';

export function journalLines(
  visit: Visit,
  reading: Pick<GroupReading, 'people'>,
  rows: readonly JournalRow[],
): readonly JournalLine[] {
  const words = wordsOf(visit);
  return rows.map((row) => {
    const about = subjectOf(row);
    const amount = amountText(visit, row, about);
    const parts = [words.acts[row.act], about && nameOf(reading, about), amount];
    return {
      id: row.id,
      at: row.at,
      text: parts.filter((part) => part !== undefined).join(' · '),
      ...given({
        by: row.actorId === null ? undefined : nameOf(reading, row.actorId),
        reason: row.reason,
      }),
    };
  });
}

/** The membership that a line is about. */
function subjectOf({ subjectId, facts }: JournalRow): string | undefined {
  const named = [facts.for, facts.to, subjectId];
  return named.find((id) => id?.startsWith('mem_'));
}

function amountText(visit: Visit, { facts }: JournalRow, about: string | undefined): string | undefined {
  const { actor, request } = visit;
  const isSeen =
    actor.rules.visibility === 'all' ||
    about === undefined ||
    about === actor.membership.id ||
    mayDo(actor.roles, 'see-amounts-of-all');
  if (!isSeen || facts.amount === undefined || !/^\d+$/.test(facts.amount)) return undefined;
  return moneyText(money(BigInt(facts.amount), actor.group.currency), 'page', request.visitor.locale);
}
