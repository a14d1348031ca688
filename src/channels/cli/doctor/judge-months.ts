/**
 * Decides whether months lie ready for what is written next, and whether those that are over are archived.
 */
import { isArchiveDue, type MonthFacts } from '../../../ground/archive/examine-months.ts';
import { after, DAY_MS } from '../../../ground/clock.ts';
import type { Check } from '../check.ts';
import { CHECKS } from '../words/checks.ts';
import { lines } from '../words/said.ts';
import type { DatabaseFacts, Facts } from './facts.ts';

/** Twelve are made each night: so few means that nobody has made any for most of a year. */
const AHEAD = { amber: 3, red: 1 };
/** Archived within a night; a week without one is no accident. */
const LATE_MS = 7 * DAY_MS;

export function judgeMonths({ months }: DatabaseFacts, facts: Facts): Check[] {
  if (months.length === 0) return [];
  return [judgeAhead(months), ...(facts.backups === undefined ? [] : [judgeArchives(months, facts.now)])];
}

function judgeAhead(months: readonly MonthFacts[]): Check {
  const { ahead: name, kinds, ready, cureAhead: cure } = CHECKS.months;
  const known = months.flatMap(({ kind, ahead }) => (ahead === undefined ? [] : [{ kind, ahead }]));
  const fewest = Math.min(...known.map(({ ahead }) => ahead));
  const state = fewest < AHEAD.red ? 'red' : fewest < AHEAD.amber ? 'amber' : 'green';
  const seen = lines(
    known.map(({ kind, ahead }) => ready(kinds[kind], ahead)),
    ', ',
  );
  return state === 'green' ? { name, state, seen } : { name, state, seen, cure };
}

function judgeArchives(months: readonly MonthFacts[], now: Date): Check {
  const { archived: name, kinds, until, noneDue, waiting, cureArchived: cure } = CHECKS.months;
  const late = months.filter((month) => isArchiveDue(month, after(now, -LATE_MS)));
  if (late.length === 0) return { name, state: 'green', seen: noneDue };
  const which = late.map(({ kind, oldestUnarchivedAt }) =>
    until(kinds[kind], oldestUnarchivedAt?.toISOString().slice(0, 10) ?? '?'),
  );
  return { name, state: 'amber', seen: waiting(lines(which, ', ')), cure };
}
