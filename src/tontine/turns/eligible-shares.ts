/**
 * Finds which shares of a cycle may still take a pot, with the reason for each that may not.
 *
 * Draws, auctions and votes all ask here, so that a share that was served or is behind is refused by each of them.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import type { Refusal } from '../../ground/refusal.ts';
import { listShares, type Share } from '../cycles/share.rows.ts';
import { listTurns } from '../cycles/turn.rows.ts';
import { listMembers } from '../members/membership.rows.ts';
import { listUnmetDues } from '../rounds/due.rows.ts';
import { whyNotEligible } from './eligibility.ts';

export interface StandingShare {
  readonly share: Share;
  /** Of its owner. */
  readonly name: string;
  /** Why it may not take a pot now; nothing when it may. */
  readonly why: Refusal | undefined;
}

/** Every share that still belongs to the cycle, by number. */
export async function listStandings(
  reader: Reader,
  at: { readonly groupId: string; readonly cycleId: string },
): Promise<StandingShare[]> {
  const shares = (await listShares(reader, at.cycleId)).filter((share) => share.state !== 'withdrawn');
  const given = new Set((await listTurns(reader, at.cycleId)).map((turn) => turn.shareId));
  const members = new Map((await listMembers(reader, at.groupId)).map((member) => [member.id, member]));
  const unmet = await listUnmetDues(reader, at.cycleId);
  return shares.map((share) => {
    const owner = members.get(share.membershipId);
    const own = unmet.filter((due) => due.shareId === share.id || due.membershipId === share.membershipId);
    const why = whyNotEligible({
      served: share.servedAt !== null || given.has(share.id),
      behind: own.some((due) => due.state === 'late' && isContribution(due.kind, due.shareId, share.id)),
      ownerActive: owner?.state === 'active' && share.state === 'active',
      guaranteed: !own.some((due) => due.kind === 'guarantee' && due.shareId === share.id),
    });
    return { share, name: owner?.displayName ?? '', why };
  });
}

/** Solidarity is owed by the member, so it holds back all of their shares; a fine holds nobody back. */
function isContribution(kind: string, dueShareId: string | null, shareId: string): boolean {
  return kind === 'solidarity' || (kind === 'pot' && dueShareId === shareId);
}
