/**
 * Claims the next callbacks while those before are being written, for whichever worker of the process comes next.
 *
 * A worker that claims, asks and writes one after the other leaves the database idle while it reads, and itself while the
 * database writes. Ahead is claimed only when the answers are there and nothing but the writing is left, so a slow provider
 * never holds back what another process could take. Whatever was claimed ahead by a process that ends is claimed again when its
 * lease is over, as after a crash.
 */
import { after, type Clock, SECOND_MS } from '../../ground/clock.ts';
import type { ClaimedCallbacks, ClaimLane } from './claim-lane.ts';

/** Most of the lease must be left when a worker begins to ask. */
const FRESH_FOR_MS = 5 * SECOND_MS;

export interface ClaimsAhead {
  readonly claim: ClaimLane;
  /** Claims as many for the next one who comes. */
  readonly ahead: (limit: number) => void;
}

export function openClaimsAhead(claim: ClaimLane, clock: Clock): ClaimsAhead {
  const laid: Promise<ClaimedCallbacks | undefined>[] = [];

  return {
    claim: async (limit) => {
      const found = await laid.shift();
      return found !== undefined && isOfUse(found) ? found : await claim(limit);
    },
    ahead: (limit) => {
      // Who comes next claims anew then, and hears why it fails.
      laid.push(claim(limit).catch(() => undefined));
    },
  };

  /** What lay too long belongs to its lease; nothing found says only that there was nothing then. */
  function isOfUse({ claimedAt, named, others }: ClaimedCallbacks): boolean {
    return named.length + others.length > 0 && clock.now() < after(claimedAt, FRESH_FOR_MS);
  }
}

/** For one step alone: nobody comes next. */
export function claimsNothingAhead(claim: ClaimLane): ClaimsAhead {
  return { claim, ahead: () => undefined };
}
