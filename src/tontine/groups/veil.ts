/**
 * Leaves the amounts of others out, where a by-law shows only one's own and the totals.
 *
 * Whether somebody paid stays visible to all, because a tontine lives by it; how much does not.
 */
import { mayDo } from '../members/permission.ts';
import type { Actor } from './group.ts';
import type { NamedLine } from './group-journal.rows.ts';

export interface Viewer {
  readonly membershipId: string;
  readonly seesAll: boolean;
}

/** True where the by-law shows all amounts to all, and for the roles that must see them. */
export function seesAllAmounts({ rules, roles }: Pick<Actor, 'rules' | 'roles'>): boolean {
  return rules.visibility === 'all' || mayDo(roles, 'see-amounts-of-all');
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
