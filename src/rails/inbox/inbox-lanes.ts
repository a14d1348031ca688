/**
 * Holds what the workers of one process share when they follow up callbacks: a line to claim, and two to settle.
 *
 * A worker that has one answer and a worker that has two hundred hand them in at the same place, so answers that come
 * together are settled as one set whoever brought them. What is not plain goes alone, in a transaction of its own.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Db, Tx } from '../../ground/postgres/database.ts';
import { openWriteLane, type WriteLane } from '../../ground/postgres/write-lane.ts';
import { judgeTogether } from '../payments/judge-together.ts';
import { settle } from '../payments/settle.ts';
import { ALONE, SETTLED_TOGETHER } from '../payments/settled-together.ts';
import { writeEffects } from '../payments/write-effects.ts';
import type { Rails } from '../rails.ts';
import { openClaimLane } from './claim-lane.ts';
import { type ClaimsAhead, claimsNothingAhead, openClaimsAhead } from './claims-ahead.ts';
import { type FollowedCallback, mustAskAgain } from './followed-callback.ts';
import { GIVE_UP_ASKING_AFTER_MS, parkCallback } from './park-callback.ts';
import { type CallbackEnd, markCallbacksDone } from './provider-callback.rows.ts';

export interface InboxLanes extends ClaimsAhead {
  /** Settles an answer with those of others; answers that it must go alone when it is not plain, and did nothing then. */
  readonly together: WriteLane<FollowedCallback, 'settled' | 'alone'>;
  readonly alone: WriteLane<FollowedCallback, 'settled'>;
}

/** For the workers of one process, who come again and again. */
export function openInboxLanes(db: Db, ground: Ground, rails: Rails): InboxLanes {
  return lanesWith(openClaimsAhead(openClaimLane(db, ground, rails), ground.clock), db, ground);
}

/** For a step that comes once and brings nobody along. */
export function ownInboxLanes(db: Db, ground: Ground, rails: Rails): InboxLanes {
  return lanesWith(claimsNothingAhead(openClaimLane(db, ground, rails)), db, ground);
}

function lanesWith(claims: ClaimsAhead, db: Db, ground: Ground): InboxLanes {
  const keyOf = ({ payment }: FollowedCallback): string => payment.id;
  return {
    ...claims,
    together: openWriteLane(db, SETTLED_TOGETHER, {
      keyOf,
      write: async (tx, told) => await settleTogether(tx, ground, told),
    }),
    alone: openWriteLane(db, ALONE, {
      keyOf,
      write: async (tx, told) => {
        for (const one of told) await settleAlone(tx, ground, one);
        return told.map(() => 'settled');
      },
    }),
  };
}

export async function settleFollowed(lanes: InboxLanes, followed: FollowedCallback): Promise<void> {
  if (mustAskAgain(followed) || (await lanes.together(followed)) === 'alone') await lanes.alone(followed);
}

async function settleTogether(
  tx: Tx,
  ground: Ground,
  told: readonly FollowedCallback[],
): Promise<readonly ('settled' | 'alone')[]> {
  const judged = await judgeTogether(
    tx,
    ground,
    told.map(({ payment, rowVersion, answer }) => ({
      paymentId: payment.id,
      answer,
      source: 'callback',
      read: rowVersion === undefined ? undefined : { payment, rowVersion },
    })),
  );
  const { decided } = judged;
  const ends = told.flatMap((one) => {
    const decision = decided.get(one.payment.id);
    return decision === undefined ? [] : endsOf(one, decision);
  });
  await writeEffects(tx, ground, judged, (together) => [
    markCallbacksDone(together, ends, ground.clock.now()),
  ]);
  return told.map(({ payment }) => (decided.has(payment.id) ? 'settled' : 'alone'));
}

async function settleAlone(tx: Tx, ground: Ground, followed: FollowedCallback): Promise<void> {
  const { payment, answer, callbacks } = followed;
  const decision = await settle(tx, ground, { paymentId: payment.id, answer, source: 'callback' });
  if (mustAskAgain(followed)) {
    for (const callback of callbacks)
      await parkCallback(tx, ground, callback, payment.id, GIVE_UP_ASKING_AFTER_MS);
    return;
  }
  await markCallbacksDone(tx, endsOf(followed, decision), ground.clock.now());
}

/** The first of several about one payment led to it; the others led to nothing new. */
function endsOf({ payment, callbacks }: FollowedCallback, decision: string): CallbackEnd[] {
  return callbacks.map(({ id }, place) => {
    const isNews = place === 0 && decision !== 'wait' && decision !== 'keep';
    return { id, state: isNews ? 'applied' : 'ignored', paymentId: payment.id };
  });
}
