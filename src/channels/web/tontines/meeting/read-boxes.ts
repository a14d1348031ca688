/**
 * Reads each box at a meeting beside the books: what was counted, or what the books say now where nothing was.
 */
import { money } from '../../../../ground/money/money.ts';
import type { GroupBooks } from '../../../../tontine/groups/read-books.ts';
import { type BoxCount, listBoxCounts } from '../../../../tontine/meetings/cash-count.rows.ts';
import type { Meeting } from '../../../../tontine/meetings/meeting.rows.ts';
import { readBoxMovements } from '../../../../tontine/meetings/read-box-movements.ts';
import { listKeepers } from '../../../../tontine/rounds/cash-box.rows.ts';
import { given } from '../../given.ts';
import { nameOf } from '../group-view.ts';
import type { Visit } from '../group-visit.ts';
import type { Box } from './boxes.tsx';

export async function boxesOf(visit: Visit, books: GroupBooks, meeting: Meeting): Promise<Box[]> {
  const { db } = visit.door;
  const counts = await listBoxCounts(db, meeting.id);
  const keepers = await listKeepers(db, visit.who.groupId);
  const boxes: Box[] = [];
  for (const keeperId of keepers) {
    const count = counts.find((one) => one.keeperId === keeperId);
    boxes.push(await boxOf(visit, books, meeting, { keeperId, count }));
  }
  return boxes;
}

interface Kept {
  readonly keeperId: string;
  readonly count: BoxCount | undefined;
}

async function boxOf(
  visit: Visit,
  books: GroupBooks,
  meeting: Meeting,
  { keeperId, count }: Kept,
): Promise<Box> {
  const { currency, id: groupId } = visit.actor.group;
  const opening = count?.opening ?? 0n;
  // A closed meeting keeps the figures of its end; an open one asks the books each time.
  const moved =
    meeting.closedAt === null
      ? await readBoxMovements(visit.door.db, {
          groupId,
          keeperId,
          currency,
          opening,
          since: meeting.openedAt,
        })
      : { opening, cameIn: count?.cameIn ?? 0n, wentOut: count?.wentOut ?? 0n };
  const expected = moved.opening + moved.cameIn - moved.wentOut;
  const counted = count?.counted ?? undefined;
  const gap = counted === undefined ? 0n : counted - expected;
  return {
    keeperId,
    keeper: nameOf(books, keeperId),
    opening: money(moved.opening, currency),
    came: money(moved.cameIn, currency),
    went: money(moved.wentOut, currency),
    expected: money(expected, currency),
    isMine: keeperId === visit.actor.membership.id,
    ...given({
      counted: counted === undefined ? undefined : money(counted, currency),
      variance: gap === 0n ? undefined : money(gap, currency),
      explanation: gap === 0n ? undefined : count?.explanation,
    }),
  };
}
