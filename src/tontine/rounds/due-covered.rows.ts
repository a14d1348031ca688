/**
 * Lists what a cycle has asked for, each due with whether the guarantee fund stands in for it. The columns are declared in
 * `due.rows.ts`.
 */
import { sql } from 'kysely';
import type { Reader } from '../../ground/postgres/database.ts';
import { keptQuery } from '../../ground/postgres/kept-query.ts';
import { DUE_COLUMNS } from './due.rows.ts';
import type { Due } from './due.ts';

/** A due, and whether the guarantee fund stands in for a part of it now. */
export interface CoveredDue extends Due {
  readonly isCovered: boolean;
}

/** Everything that a cycle has asked for so far, met or not. */
export async function listCoveredDues(reader: Reader, cycleId: string): Promise<CoveredDue[]> {
  return [...(await askCoveredDues(reader, { cycleId }))];
}

const askCoveredDues = keptQuery('covered-dues', (reader, { cycleId }: { readonly cycleId: string }) =>
  reader
    .selectFrom('dues')
    .select(DUE_COLUMNS)
    .select(
      sql<boolean>`exists (select 1 from advanced_dues a where a.due_id = dues.id
        and a.amount > a.repaid + a.written_off)`.as('isCovered'),
    )
    .where('cycle_id', '=', cycleId)
    .orderBy('due_at')
    .orderBy('id'),
);
