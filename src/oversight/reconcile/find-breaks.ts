/**
 * Says which differences of a comparison are breaks at this moment, and which only wait for a statement. Pure.
 *
 * A movement is stated when statements speak about all the time in which it can have happened at the provider. What is
 * not stated yet is no break: where a transaction agrees to the franc without such movements, it waits. A difference
 * that they do not explain is told at once.
 */
import type { Break } from '../../rails/statements/compare-statement.ts';
import type { Leg } from '../../rails/statements/float-effects.ts';
import type { ReadComparison } from '../../rails/statements/read-comparison.ts';
import { isStated, type Period } from '../../rails/statements/statement-period.ts';
import type { FoundBreak } from './break.rows.ts';

export interface Found {
  readonly breaks: readonly FoundBreak[];
  /** Movements that no statement speaks about yet. */
  readonly waiting: readonly Leg[];
}

/** `joined` are the periods of all statements, joined. */
export function findBreaks({ breaks, lines, effects }: ReadComparison, joined: readonly Period[]): Found {
  const legs = new Map(effects.map((one) => [one.reference, one.legs]));
  const statedAt = new Map<string, Date>();
  for (const { reference, happenedAt } of lines)
    if (happenedAt < (statedAt.get(reference) ?? NEVER)) statedAt.set(reference, happenedAt);
  const found: FoundBreak[] = [];
  const waiting: Leg[] = [];
  for (const one of breaks) {
    const own = legs.get(one.reference) ?? [];
    const unstated = own.filter((leg) => !isStated(joined, leg.earliest, leg.recordedAt));
    if (isExplainedBy(one, unstated)) {
      waiting.push(...unstated);
      continue;
    }
    const bookedAt = own.reduce((first, leg) => (leg.recordedAt < first ? leg.recordedAt : first), NEVER);
    found.push({ ...one, happenedAt: statedAt.get(one.reference) ?? bookedAt });
  }
  return { breaks: found, waiting };
}

const NEVER = new Date(8.64e15);

/** Without what is not stated yet both sides say the same. */
function isExplainedBy(one: Break, unstated: readonly Leg[]): boolean {
  if (unstated.length === 0 || one.kind === 'duplicate') return false;
  return one.difference + unstated.reduce((sum, leg) => sum + leg.amount, 0n) === 0n;
}
