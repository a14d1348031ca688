/**
 * Names a share in the same way wherever one is chosen: its number, its owner, its turn.
 */
import type { Share } from '../../../tontine/cycles/share.rows.ts';
import { decidedTurns, type GroupBooks } from '../../../tontine/groups/read-books.ts';
import { nameOf } from './group-view.ts';
import { type Visit, wordsOf } from './group-visit.ts';

/** The share with its owner, and its turn where it is decided. */
export function shareText(visit: Visit, books: GroupBooks, share: Share): string {
  const round = decidedTurns(books).find((one) => one.share.id === share.id)?.round;
  return wordsOf(visit).replace.shareText(share.number, nameOf(books, share.membershipId), round?.number);
}
