/**
 * Says which shares may still take a pot, for draws, auctions and ballots alike.
 *
 * It looks at the share, never at the person: somebody with two shares is served twice. Checking it in one order and
 * forgetting it in another is how a served share was paid again elsewhere.
 */
import { type Refusal, refusal } from '../../ground/refusal.ts';

/** What must be known of a share that wants a pot. */
export interface ShareStanding {
  /** It has had its pot, or a pot was already given to it. */
  readonly served: boolean;
  /** Some due of an earlier round is not met. */
  readonly behind: boolean;
  /** Its owner may take part in the group's life. */
  readonly ownerActive: boolean;
  /** The caution is paid in full, or the group asks for none. */
  readonly guaranteed: boolean;
}

export const SHARE_SERVED: Refusal = refusal(
  'share-served',
  'conflict',
  'Cette part a déjà reçu sa cagnotte dans ce cycle.',
  'This share has already received its pot in this cycle.',
);

export const SHARE_BEHIND: Refusal = refusal(
  'share-behind',
  'denied',
  'Cette part a un retard de cotisation. Réglez-le d’abord.',
  'This share is behind with its contributions. Settle them first.',
);

export const OWNER_INACTIVE: Refusal = refusal(
  'share-owner-inactive',
  'denied',
  'Le titulaire de cette part est suspendu ou a quitté la tontine.',
  'The owner of this share is suspended or has left the group.',
);

export const GUARANTEE_MISSING: Refusal = refusal(
  'share-guarantee-missing',
  'denied',
  'La caution de cette part n’est pas encore versée en entier.',
  'The caution of this share is not paid in full yet.',
);

/** Why a share may not take a pot now; nothing when it may. */
export function whyNotEligible(share: ShareStanding): Refusal | undefined {
  if (share.served) return SHARE_SERVED;
  if (!share.ownerActive) return OWNER_INACTIVE;
  if (share.behind) return SHARE_BEHIND;
  return share.guaranteed ? undefined : GUARANTEE_MISSING;
}
