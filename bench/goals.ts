/**
 * Lists what is measured against what, with the floor below which it is a fault and the goal that is aimed at.
 *
 * Every figure is a ratio within one run: this machine is compared with itself, in the same minute.
 */
export type CellName =
  | 'anchor-tpcb' // pgbench's bank, scale 10, 8 clients: T
  | 'anchor-pgledger-random' // pgledger between random accounts, 8 connections: G
  | 'anchor-pgledger-hot' // pgledger into one account, 8 connections: Gh
  | 'single-random' // one transfer a call, 8 callers, random wallets
  | 'single-hot' // the same into one account
  | 'single-alone' // one caller and nobody else, so that each transfer has a transaction of its own
  | 'lane-32-random' // the posting lane with 32 callers
  | 'lane-512-random' // the posting lane with 512 callers
  | 'lane-512-hot' // the same into one account
  | 'lane-512-refusals' // every twentieth transfer is refused
  | 'lane-512-pairs' // holds, each posted afterwards: pairs per second
  | 'lane-open-10000' // 10 000 transfers a second arrive on schedule
  | 'batch-1000'; // one caller, batches of a thousand

export interface Goal {
  readonly name: string;
  readonly cell: CellName;
  /** What the cell is divided by, round by round; nothing when its own milliseconds are judged. */
  readonly against: CellName | undefined;
  readonly floor: number;
  readonly goal: number;
}

export const GOALS: readonly Goal[] = [
  {
    name: 'single call, 8 callers, random',
    cell: 'single-random',
    against: 'anchor-tpcb',
    floor: 1,
    goal: 1.3,
  },
  {
    name: 'single call, 8 callers, random',
    cell: 'single-random',
    against: 'anchor-pgledger-random',
    floor: 2,
    goal: 2.5,
  },
  {
    name: 'single call, 8 callers, one hot account',
    cell: 'single-hot',
    against: 'anchor-pgledger-hot',
    floor: 1.8,
    goal: 2.4,
  },
  { name: '32 callers, random', cell: 'lane-32-random', against: 'anchor-tpcb', floor: 2.5, goal: 3.8 },
  { name: '512 callers, random', cell: 'lane-512-random', against: 'anchor-tpcb', floor: 6, goal: 10 },
  {
    name: '512 callers, random',
    cell: 'lane-512-random',
    against: 'anchor-pgledger-random',
    floor: 10,
    goal: 15,
  },
  {
    name: '512 callers, one hot account',
    cell: 'lane-512-hot',
    against: 'anchor-pgledger-hot',
    floor: 30,
    goal: 50,
  },
  { name: 'hot against random', cell: 'lane-512-hot', against: 'lane-512-random', floor: 1, goal: 1.3 },
  {
    name: '5 % refusals against plain',
    cell: 'lane-512-refusals',
    against: 'lane-512-random',
    floor: 0.7,
    goal: 0.9,
  },
  {
    name: 'pending and post against plain',
    cell: 'lane-512-pairs',
    against: 'lane-512-random',
    floor: 0.4,
    goal: 0.5,
  },
];

/** Judged by milliseconds at the 99th percentile, where less is better. */
export interface PatienceGoal {
  readonly name: string;
  readonly cell: CellName;
  readonly floor_ms: number;
  readonly goal_ms: number;
}

export const PATIENCE_GOALS: readonly PatienceGoal[] = [
  { name: '32 callers, p99', cell: 'lane-32-random', floor_ms: 40, goal_ms: 12 },
  { name: '10 000 arrivals a second, p99', cell: 'lane-open-10000', floor_ms: 40, goal_ms: 16 },
];
