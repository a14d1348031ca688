/**
 * Turns rows of a group's journal into lines that a member reads: the act, about whom, how much.
 *
 * What the by-law hides from this reader was left out before: a line without an amount shows none.
 */

import { isId } from '../../../../ground/identifiers.ts';
import { money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { NamedLine } from '../../../../tontine/groups/group-journal.rows.ts';
import type { GroupBooks } from '../../../../tontine/groups/read-books.ts';
import { seesAllAmounts } from '../../../../tontine/groups/veil.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { nameOf } from '../group-view.ts';
import { type Visit, wordsOf } from '../group-visit.ts';
import { eventName } from '../rules-view.ts';
import type { JournalLine } from './journal.tsx';

export function journalLines(
  visit: Visit,
  books: Pick<GroupBooks, 'people'>,
  rows: readonly NamedLine[],
): readonly JournalLine[] {
  const words = wordsOf(visit);
  return rows.map((row) => {
    const about = subjectOf(row);
    const amount = amountText(visit, row);
    const event = row.facts.event && eventName(row.facts.event, visit.request.visitor.locale);
    const parts = [words.acts[row.act], event, about && nameOf(books, about), amount];
    return {
      id: row.id,
      at: row.at,
      text: parts.filter((part) => part !== undefined).join(' · '),
      ...given({
        by: row.actorName,
        reason: row.reason,
        href: proofOf(visit, row),
      }),
    };
  });
}

/** The page of what was done, for those who may open it. */
function proofOf({ actor }: Visit, { groupId, subjectId, facts }: NamedLine): string | undefined {
  if (isId('ctr', subjectId)) return paths.tontineContribution(groupId, subjectId);
  const isNotes = isId('hnd', subjectId) || isId('hov', subjectId);
  const sees = seesAllAmounts(actor) || facts.to === actor.membership.id;
  return isNotes && sees ? paths.tontineNote(groupId, subjectId) : undefined;
}

/** The membership that a line is about. */
function subjectOf({ subjectId, facts }: NamedLine): string | undefined {
  const named = [facts.for, facts.to, subjectId];
  return named.find((id) => id?.startsWith('mem_'));
}

function amountText({ actor, request }: Visit, { facts }: NamedLine): string | undefined {
  if (facts.amount === undefined || !/^\d+$/.test(facts.amount)) return undefined;
  return moneyText(money(BigInt(facts.amount), actor.group.currency), 'page', request.visitor.locale);
}
