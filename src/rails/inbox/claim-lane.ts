/**
 * Claims callbacks for several workers with one statement, and finds their payments with one or two more.
 *
 * Workers that each take one callback would otherwise each pay for a claim of their own, and step on each other's rows.
 * No timer decides: while one claim is on its way, whoever comes shares the next one.
 */
import { after, MINUTE_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import type { Rails } from '../rails.ts';
import type { NamedPayment } from './followed-callback.ts';
import { claimCallbacks, type StoredCallback } from './provider-callback.rows.ts';
import { sortCallbacks } from './sort-callbacks.ts';

const LEASE_MS = MINUTE_MS;

export interface ClaimedCallbacks {
  readonly claimedAt: Date;
  readonly named: readonly NamedPayment[];
  readonly others: readonly StoredCallback[];
}

/** Due callbacks for one worker, about as many as it may take, and nobody else's for a minute. */
export type ClaimLane = (limit: number) => Promise<ClaimedCallbacks>;

interface Waiting {
  readonly limit: number;
  readonly resolve: (claimed: ClaimedCallbacks) => void;
  readonly reject: (error: unknown) => void;
}

export function openClaimLane(db: Db, ground: Ground, rails: Rails): ClaimLane {
  let line: Waiting[] = [];
  let isClaiming = false;

  return async (limit) =>
    await new Promise((resolve, reject) => {
      line.push({ limit, resolve, reject });
      if (!isClaiming) void claimOn();
    });

  async function claimOn(): Promise<void> {
    isClaiming = true;
    while (line.length > 0) {
      // Those who come in the same breath share the first one.
      await Promise.resolve();
      const asking = line;
      line = [];
      try {
        share(asking, await claim(asking.reduce((sum, { limit }) => sum + limit, 0)));
      } catch (error) {
        for (const { reject } of asking) reject(error);
      }
    }
    isClaiming = false;
  }

  async function claim(limit: number): Promise<ClaimedCallbacks> {
    const claimedAt = ground.clock.now();
    const due = await claimCallbacks(db, claimedAt, after(claimedAt, LEASE_MS), limit);
    return { claimedAt, ...(await sortCallbacks(db, ground, rails, due)) };
  }
}

/** Each gets its number; callbacks about one payment stay together, so one may get a few more and the last one fewer. */
function share(asking: readonly Waiting[], { claimedAt, named, others }: ClaimedCallbacks): void {
  const [payments, strangers] = [[...named], [...others]];
  for (const { limit, resolve } of asking) {
    const own: { named: NamedPayment[]; others: StoredCallback[] } = { named: [], others: [] };
    let left = limit;
    while (left > 0) {
      const payment = payments.shift();
      if (payment === undefined) break;
      own.named.push(payment);
      left -= payment.callbacks.length;
    }
    if (left > 0) own.others.push(...strangers.splice(0, left));
    resolve({ claimedAt, ...own });
  }
}
