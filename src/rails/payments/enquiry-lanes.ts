/**
 * Holds the lines at which the pollers of one process hand in what was answered, so that answers that come together are
 * settled as one set.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { openWriteLane, type WriteLane } from '../../ground/postgres/write-lane.ts';
import { judgeTogether } from './judge-together.ts';
import { type Settling, settle } from './settle.ts';
import { ALONE, SETTLED_TOGETHER } from './settled-together.ts';
import { writeEffects } from './write-effects.ts';

export interface EnquiryLanes {
  /** Settles an answer with those of others; answers that it must go alone when it is not plain, and did nothing then. */
  readonly together: WriteLane<Settling, 'settled' | 'alone'>;
  readonly alone: WriteLane<Settling, 'settled'>;
}

export function openEnquiryLanes(db: Db, ground: Ground): EnquiryLanes {
  const keyOf = ({ paymentId }: Settling): string => paymentId;
  return {
    together: openWriteLane(db, SETTLED_TOGETHER, {
      keyOf,
      write: async (tx, settlings) => {
        const judged = await judgeTogether(tx, ground, settlings);
        await writeEffects(tx, ground, judged);
        return settlings.map(({ paymentId }) => (judged.decided.has(paymentId) ? 'settled' : 'alone'));
      },
    }),
    alone: openWriteLane(db, ALONE, {
      keyOf,
      write: async (tx, settlings) => {
        for (const settling of settlings) await settle(tx, ground, settling);
        return settlings.map(() => 'settled');
      },
    }),
  };
}
