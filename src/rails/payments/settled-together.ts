/**
 * Says how many answers are settled in one transaction, and how many transactions are on their way at once.
 */
import type { LaneLimits } from '../../ground/postgres/write-lane.ts';

/**
 * Two sets, because one is prepared while the other waits for the ledger and the disk; more of them would only wait
 * there. Two hundred, as many as a worker takes: with several workers a larger set costs each payment less.
 */
export const SETTLED_TOGETHER: LaneLimits = { most: 200, sets: 2 };

/** What is not plain: each in a transaction of its own, a few side by side. */
export const ALONE: LaneLimits = { most: 1, sets: 4 };
