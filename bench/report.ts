/**
 * Judges what was measured, round by round, and writes it down for people.
 */
import { type JudgedGoal, quantityIn } from './judged-goal.ts';
import { type Measured, median } from './measure.ts';

/** What each cell measured, a value a round. */
export type Rounds = ReadonlyMap<string, readonly Measured[]>;

export interface JudgedRow {
  readonly name: string;
  readonly cell: string;
  readonly against: string;
  /** Median of the cell itself. */
  readonly value: number;
  readonly unit: string;
  /** Median of what is judged: the ratios of the rounds, or the values themselves. */
  readonly ratio: number;
  /** What was judged, a value a round. */
  readonly perRound: readonly number[];
  readonly lowest: number;
  readonly highest: number;
  readonly floor: number;
  readonly goal: number;
  readonly stretch?: number;
  readonly met: boolean;
  readonly belowFloor: boolean;
  /** What it was measured with. */
  readonly note?: string;
}

/** Goals whose cells were not all measured are left out. */
export function judgeRounds(
  goals: readonly JudgedGoal[],
  rounds: Rounds,
  notes: Readonly<Record<string, string>> = {},
): JudgedRow[] {
  return goals.flatMap((goal) => {
    const { cell, against, quantity, better } = goal;
    const own = rounds.get(cell)?.map((one) => quantityIn(one, quantity));
    const other = against === undefined ? undefined : rounds.get(against);
    if (own === undefined || (against !== undefined && other === undefined)) return [];
    const perRound = own.map((value, round) => {
      if (other === undefined) return value;
      const beside = other[round];
      return beside === undefined ? Number.NaN : value / quantityIn(beside, quantity);
    });
    const ratio = median(perRound);
    const reaches = (mark: number): boolean => (better === 'more' ? ratio >= mark : ratio <= mark);
    return [
      {
        name: goal.name,
        cell,
        against: against ?? '',
        value: median(own),
        unit: goal.unit,
        ratio,
        perRound,
        lowest: Math.min(...perRound),
        highest: Math.max(...perRound),
        floor: goal.floor,
        goal: goal.goal,
        ...(goal.stretch === undefined ? {} : { stretch: goal.stretch }),
        met: reaches(goal.goal),
        belowFloor: !reaches(goal.floor),
        ...(notes[cell] === undefined ? {} : { note: notes[cell] }),
      },
    ];
  });
}

export function table(rows: readonly JudgedRow[]): string {
  const lines = rows.map((row) =>
    [
      row.met ? 'met   ' : row.belowFloor ? 'BELOW ' : 'missed',
      row.name.padEnd(38),
      (row.against === '' ? '' : `÷ ${row.against}`).padEnd(24),
      valueText(row.value, row.unit).padStart(11),
      row.ratio.toFixed(2).padStart(8),
      `(${row.lowest.toFixed(2)}–${row.highest.toFixed(2)})`.padStart(16),
      `floor ${row.floor}`.padStart(11),
      `goal ${row.goal}`.padStart(10),
      ...(row.stretch === undefined ? [] : [`stretch ${row.stretch}`.padStart(12)]),
    ].join('  '),
  );
  return ['', ...lines, ''].join('\n');
}

/** Whole where there is much of it, else with the places that can be told apart. */
export function valueText(value: number, unit: string): string {
  const places = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(places)}${unit === '/s' || unit === '%' ? '' : ' '}${unit}`;
}

/** `N goals, M met, K missed`: the last line of a run. */
export function lastLine(rows: readonly JudgedRow[]): string {
  const met = rows.filter((row) => row.met).length;
  return `${rows.length} goals, ${met} met, ${rows.length - met} missed`;
}
