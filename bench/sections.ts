/**
 * Lists everything that can be measured, in the order of a round, and finds what somebody named.
 */
import { CHAIN } from './chain-cells.ts';
import { CONTRIBUTE } from './contribute-cells.ts';
import { GROWTH } from './history-cells.ts';
import { JOURNAL } from './journal-cells.ts';
import type { JudgedGoal } from './judged-goal.ts';
import { ANCHORS, LEDGER } from './ledger-section.ts';
import { PAGE_SPEED } from './page-cells.ts';
import type { Section } from './section.ts';
import { SETTLE } from './settle-cells.ts';
import { STANDBY } from './standby-cells.ts';
import { START } from './start-cells.ts';
import { UPKEEP } from './upkeep-cells.ts';
import { WEBHOOK } from './webhook-cells.ts';
import { WEIGHT } from './weight-cells.ts';

export const SECTIONS: readonly Section[] = [
  ANCHORS,
  LEDGER,
  SETTLE,
  CONTRIBUTE,
  WEBHOOK,
  PAGE_SPEED,
  GROWTH,
  CHAIN,
  JOURNAL,
  STANDBY,
  START,
  WEIGHT,
  UPKEEP,
];

/**
 * The cells that are wanted: of a section by its whole name, of a cell by a part of it; everything when nothing is named.
 * What a chosen cell is divided by is chosen with it, and so is the bank, which tells whether the machine was quiet.
 */
export function chooseCells(
  names: readonly string[],
  sections: readonly Section[],
  goals: readonly JudgedGoal[],
): Set<string> {
  const all = sections.flatMap((section) => section.cells.map((cell) => ({ cell, section: section.name })));
  const named = all.filter(
    ({ cell, section }) =>
      names.length === 0 || names.some((name) => section === name || cell.includes(name)),
  );
  const chosen = new Set(named.map(({ cell }) => cell));
  for (const { cell, against } of goals) if (chosen.has(cell) && against !== undefined) chosen.add(against);
  return chosen.size === 0 ? chosen : chosen.add('anchor-tpcb');
}
