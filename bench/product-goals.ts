/**
 * Lists the goals of everything around the ledger: settling, callbacks, pages, growth, memory, weight, start.
 *
 * `goals.ts` has those of the ledger itself. T is pgbench's bank, measured in the same round.
 */
import type { JudgedGoal } from './judged-goal.ts';

const T = 'anchor-tpcb';

function speed(goal: Omit<JudgedGoal, 'quantity' | 'unit' | 'better'>): JudgedGoal {
  return { ...goal, quantity: 'perSecond', unit: '/s', better: 'more' };
}

/** How many times slower something is than when there was little: 1 is flat. */
function flat(name: string, cell: string, against: string): JudgedGoal[] {
  const common = { cell, against, unit: 'ms', better: 'less', floor: 2, goal: 1.3, stretch: 1 } as const;
  return [
    { name: `${name}, p50`, quantity: 'p50_ms', ...common },
    { name: `${name}, p99`, quantity: 'p99_ms', ...common },
  ];
}

export const PRODUCT_GOALS: readonly JudgedGoal[] = [
  speed({
    name: 'deposits settled one by one',
    cell: 'settle-one',
    against: T,
    floor: 0.3,
    goal: 1,
    stretch: 2,
  }),
  speed({
    name: 'deposits settled in bursts of 200',
    cell: 'settle-burst',
    against: T,
    floor: 1.5,
    goal: 3,
    stretch: 6,
  }),
  // The issue names no figures for contributions: these are ours.
  speed({
    name: 'contributions, 64 people at once',
    cell: 'contribute-64',
    against: 'contribute-apart-64',
    floor: 1.2,
    goal: 2,
  }),
  speed({
    name: 'contributions, 64 people at once, a disk that takes 5 ms',
    cell: 'contribute-slow-disk',
    against: 'contribute-apart-slow-disk',
    floor: 1.5,
    goal: 3,
  }),
  speed({
    name: 'callbacks taken, 64 at once',
    cell: 'webhook-64',
    against: 'webhook-bare-64',
    floor: 0.5,
    goal: 0.6,
    stretch: 0.8,
  }),
  {
    name: 'callbacks taken, 64 at once, p99',
    cell: 'webhook-64',
    quantity: 'p99_ms',
    unit: 'ms',
    better: 'less',
    // The issue names no floor for it: twice the goal.
    floor: 100,
    goal: 50,
  },
  speed({
    name: 'wallet page',
    cell: 'page-wallet',
    against: 'page-wallet-bare',
    floor: 0.4,
    goal: 0.5,
    stretch: 0.7,
  }),
  speed({
    name: 'history page',
    cell: 'page-history',
    against: 'page-history-bare',
    floor: 0.4,
    goal: 0.5,
    stretch: 0.7,
  }),
  ...flat('wallet page after years', 'wallet-large', 'wallet-small'),
  ...flat('history page after years', 'history-large', 'history-small'),
  speed({
    name: '512 callers with the hash chain',
    cell: 'chain-with-512',
    against: 'chain-without-512',
    floor: 0.85,
    goal: 0.95,
  }),
  speed({
    name: '512 callers on a long journal',
    cell: 'journal-long-512',
    against: 'journal-empty-512',
    floor: 0.7,
    goal: 0.9,
    stretch: 1,
  }),
  speed({
    name: '512 callers with a synchronous standby',
    cell: 'standby-512',
    against: 'standby-without-512',
    floor: 0.5,
    goal: 0.7,
    stretch: 0.75,
  }),
  {
    name: 'memory grown in the second half',
    cell: 'memory-growth',
    quantity: 'figure',
    unit: '%',
    better: 'less',
    floor: 20,
    goal: 10,
  },
  {
    name: 'heaviest first view',
    cell: 'weight-heaviest',
    quantity: 'figure',
    unit: 'KB',
    better: 'less',
    floor: 14,
    goal: 14,
  },
  {
    name: 'first view of the wallet',
    cell: 'weight-wallet',
    quantity: 'figure',
    unit: 'KB',
    better: 'less',
    floor: 14,
    goal: 8,
  },
  {
    name: 'first view at 50 kbit/s and 400 ms',
    cell: 'weight-slow-line',
    quantity: 'figure',
    unit: 's',
    better: 'less',
    floor: 6,
    goal: 4,
  },
  {
    name: 'start to first page, PostgreSQL',
    cell: 'start-postgres',
    quantity: 'figure',
    unit: 's',
    better: 'less',
    floor: 3,
    goal: 1.5,
  },
  {
    name: 'second start to first page, PGlite',
    cell: 'start-pglite',
    quantity: 'figure',
    unit: 's',
    better: 'less',
    floor: 6,
    goal: 3,
  },
];
