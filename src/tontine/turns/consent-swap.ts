/**
 * Takes the other owner's yes or no to an exchange of turns; the one who asked may call it off.
 *
 * Refuses: `group-absent`, `member-suspended`, `swap-absent`, `swap-over`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { findShare } from '../cycles/share.rows.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findSwap, markSwapConsent, markSwapEnded, type Swap } from './swap.rows.ts';

export interface ConsentSwap extends Entering {
  readonly swapId: string;
  readonly voice: 'yes' | 'no';
}

export async function consentSwap(tx: Tx, ground: Ground, asked: ConsentSwap): Promise<Answer<Swap>> {
  const actor = await enterGroup(tx, ground, asked, 'consent-swap');
  if (!actor.ok) return actor;
  const by = actor.value.membership.id;
  const swap = await findSwap(tx, asked);
  const ownsA = swap !== undefined && (await findShare(tx, swap.shareA))?.membershipId === by;
  const ownsB = swap !== undefined && (await findShare(tx, swap.shareB))?.membershipId === by;
  if (swap === undefined || (!ownsA && !ownsB)) return refused(SWAP_ABSENT);
  if (swap.state === 'refused' && asked.voice === 'no') return accepted(swap);
  const at = ground.clock.now();
  if (swap.state !== 'asked' || swap.expiresAt <= at) return refused(SWAP_OVER);
  if (asked.voice === 'no') {
    await markSwapEnded(tx, swap.id, 'refused', at);
    await journal(tx, ground, swap, by, 'no');
    return accepted({ ...swap, state: 'refused', endedAt: at });
  }
  const agreed: Swap = {
    ...swap,
    consentAAt: ownsA ? (swap.consentAAt ?? at) : swap.consentAAt,
    consentBAt: ownsB ? (swap.consentBAt ?? at) : swap.consentBAt,
  };
  if (agreed.consentAAt === swap.consentAAt && agreed.consentBAt === swap.consentBAt) return accepted(swap);
  await markSwapConsent(tx, agreed);
  await journal(tx, ground, swap, by, 'yes');
  return accepted(agreed);
}

async function journal(tx: Tx, ground: Ground, swap: Swap, by: string, voice: string): Promise<void> {
  await writeJournal(tx, ground, {
    groupId: swap.groupId,
    act: 'turn.swap-answered',
    actorId: by,
    subjectId: swap.id,
    facts: { voice },
  });
}

export const SWAP_ABSENT = refusal(
  'swap-absent',
  'absent',
  'Cet échange de tours est introuvable.',
  'This swap of turns cannot be found.',
);
export const SWAP_OVER = refusal(
  'swap-over',
  'conflict',
  'Cet échange est déjà fait, refusé ou périmé.',
  'This swap is already done, refused or lapsed.',
);
