/**
 * Is one goal in the form in which all are judged: a cell, what it is divided by, and which way is better.
 */
import { GOALS, PATIENCE_GOALS } from './goals.ts';
import type { Measured } from './measure.ts';

export type Quantity =
  | 'perSecond' // work done in a second
  | 'p50_ms' // half of the answers came within
  | 'p99_ms' // all but one of a hundred answers came within
  | 'figure'; // what the cell itself counted

export interface JudgedGoal {
  readonly name: string;
  readonly cell: string;
  /** What the cell is divided by, round by round; nothing when its own value is judged. */
  readonly against?: string;
  readonly quantity: Quantity;
  readonly unit: string;
  readonly better: 'more' | 'less';
  readonly floor: number;
  readonly goal: number;
  readonly stretch?: number;
}

/** Nobody waits for company: half of the answers to somebody alone come no later than half of those to eight callers. */
const ALONE: JudgedGoal = {
  name: 'one caller and nobody else, p50',
  cell: 'single-alone',
  against: 'single-random',
  quantity: 'p50_ms',
  unit: 'ms',
  better: 'less',
  floor: 1.5,
  goal: 1,
};

/** The goals of the ledger in the common form. */
export function ledgerGoals(): JudgedGoal[] {
  const ratios = GOALS.map((goal): JudgedGoal => {
    const { against, ...rest } = goal;
    const common = { ...rest, quantity: 'perSecond', unit: '/s', better: 'more' } as const;
    return against === undefined ? common : { ...common, against };
  });
  const patience = PATIENCE_GOALS.map(
    ({ floor_ms, goal_ms, ...rest }): JudgedGoal => ({
      ...rest,
      quantity: 'p99_ms',
      unit: 'ms',
      better: 'less',
      floor: floor_ms,
      goal: goal_ms,
    }),
  );
  return [...ratios, ...patience, ALONE];
}

export function quantityIn(measured: Measured, quantity: Quantity): number {
  return measured[quantity] ?? Number.NaN;
}
