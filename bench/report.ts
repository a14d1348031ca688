/**
 * Judges what was measured, round by round, and writes it down for people.
 */
import { type CellName, GOALS, PATIENCE_GOALS } from './goals.ts';
import { type Measured, median } from './measure.ts';

/** What each cell measured, a value a round. */
export type Rounds = Map<CellName, readonly Measured[]>;

export interface JudgedRow {
  readonly name: string;
  readonly against: string;
  /** Median of the cell itself. */
  readonly value: number;
  readonly unit: '/s' | 'ms';
  /** Median of the ratios of each round, or of the milliseconds. */
  readonly ratio: number;
  readonly lowest: number;
  readonly highest: number;
  readonly floor: number;
  readonly goal: number;
  readonly met: boolean;
  readonly belowFloor: boolean;
}

/** Goals whose cells were not all measured are left out. */
export function judgeRounds(rounds: Rounds): JudgedRow[] {
  const ratios = GOALS.flatMap(({ name, cell, against, floor, goal }) => {
    const own = rounds.get(cell);
    const other = against === undefined ? undefined : rounds.get(against);
    if (own === undefined || other === undefined) return [];
    const values = own.map(({ perSecond }, round) => perSecond / (other[round]?.perSecond ?? Number.NaN));
    const value = median(own.map(({ perSecond }) => perSecond));
    const ratio = median(values);
    return [
      {
        name,
        against: against ?? '',
        value,
        unit: '/s' as const,
        ...spread(values),
        ratio,
        floor,
        goal,
        met: ratio >= goal,
        belowFloor: ratio < floor,
      },
    ];
  });
  const patience = PATIENCE_GOALS.flatMap(({ name, cell, floor_ms, goal_ms }) => {
    const own = rounds.get(cell);
    if (own === undefined) return [];
    const values = own.map(({ p99_ms }) => p99_ms);
    const ratio = median(values);
    return [
      {
        name,
        against: 'ms',
        value: ratio,
        unit: 'ms' as const,
        ...spread(values),
        ratio,
        floor: floor_ms,
        goal: goal_ms,
        met: ratio <= goal_ms,
        belowFloor: ratio > floor_ms,
      },
    ];
  });
  return [...ratios, ...patience];
}

function spread(values: readonly number[]): { lowest: number; highest: number } {
  return { lowest: Math.min(...values), highest: Math.max(...values) };
}

export function table(rows: readonly JudgedRow[]): string {
  const lines = rows.map((row) =>
    [
      row.met ? 'met   ' : row.belowFloor ? 'BELOW ' : 'missed',
      row.name.padEnd(32),
      row.against.padEnd(24),
      `${row.unit === 'ms' ? row.value.toFixed(1) : Math.round(row.value)}${row.unit}`.padStart(10),
      row.ratio.toFixed(2).padStart(8),
      `(${row.lowest.toFixed(2)}–${row.highest.toFixed(2)})`.padStart(16),
      `floor ${row.floor}`.padStart(11),
      `goal ${row.goal}`.padStart(10),
    ].join('  '),
  );
  return ['', ...lines, ''].join('\n');
}
