/**
 * Leaves the amounts of others out, where a by-law shows only one's own and the totals.
 *
 * Whether somebody paid stays visible to all, because a tontine lives by it; how much does not.
 */
import type { NamedLine } from './group-journal.rows.ts';

export interface Viewer {
  readonly membershipId: string;
  readonly seesAll: boolean;
}

const AMOUNTS = new Set(['amount', 'credit', 'paid', 'kept']);

/** A line that names for whom it is keeps its amounts for them and for whoever acted; pots are for all to see. */
export function veilJournal(lines: readonly NamedLine[], viewer: Viewer): readonly NamedLine[] {
  if (viewer.seesAll) return lines;
  return lines.map((line) => {
    const own = line.facts.for === viewer.membershipId || line.facts.by === viewer.membershipId;
    if (line.facts.for === undefined || own) return line;
    const kept = Object.entries(line.facts).filter(([name]) => !AMOUNTS.has(name));
    return { ...line, facts: Object.fromEntries(kept) };
  });
}
