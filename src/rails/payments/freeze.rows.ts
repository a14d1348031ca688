/**
 * Reads and writes the `freezes` table: what may not move until somebody lifts it.
 */
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { Direction, Method } from '../provider.ts';

/** What a freeze stops. */
export type FreezeScope =
  | 'owner' // everything of one person
  | 'phone' // everything with one number
  | 'method' // one way of paying
  | 'all'; // a whole direction

interface FreezeTable {
  id: string;
  scope: FreezeScope;
  subject: string;
  direction: Direction;
  reason: string;
  created_by: string;
  created_at: Date;
  lifted_by: string | null;
  lifted_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    freezes: FreezeTable;
  }
}

export interface Freeze {
  readonly id: string;
  readonly scope: FreezeScope;
  /** The owner's id, the number, the method's name, or `*`. */
  readonly subject: string;
  readonly direction: Direction;
  readonly reason: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** False when the same thing is frozen already. */
export async function insertFreeze(tx: Tx, freeze: Freeze): Promise<boolean> {
  const inserted = await tx
    .insertInto('freezes')
    .values({
      id: freeze.id,
      scope: freeze.scope,
      subject: freeze.subject,
      direction: freeze.direction,
      reason: freeze.reason,
      created_by: freeze.createdBy,
      created_at: freeze.createdAt,
      lifted_by: null,
      lifted_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export interface FreezeQuestion {
  readonly ownerId: string;
  readonly phone: string;
  readonly method: Method;
  readonly direction: Direction;
}

/** The freeze that stops this movement, or nothing. */
export async function findFreeze(reader: Reader, about: FreezeQuestion): Promise<Freeze | undefined> {
  const row = await reader
    .selectFrom('freezes')
    .selectAll()
    .where('direction', '=', about.direction)
    .where('lifted_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb.and({ scope: 'owner', subject: about.ownerId }),
        eb.and({ scope: 'phone', subject: about.phone }),
        eb.and({ scope: 'method', subject: about.method }),
        eb('scope', '=', 'all'),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row && toFreeze(row);
}

/** Whether this person or this number is stopped, in any direction. */
export async function hasFreezeOn(
  reader: Reader,
  who: { readonly ownerId: string; readonly phone: string },
): Promise<boolean> {
  const row = await reader
    .selectFrom('freezes')
    .select('id')
    .where('lifted_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb.and({ scope: 'owner', subject: who.ownerId }),
        eb.and({ scope: 'phone', subject: who.phone }),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Everything that is stopped now, the newest first. */
export async function listOpenFreezes(reader: Reader): Promise<Freeze[]> {
  const rows = await reader
    .selectFrom('freezes')
    .selectAll()
    .where('lifted_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  return rows.map(toFreeze);
}

export async function findOpenFreeze(reader: Reader, id: string): Promise<Freeze | undefined> {
  const row = await reader
    .selectFrom('freezes')
    .selectAll()
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .executeTakeFirst();
  return row && toFreeze(row);
}

/** False when there is no such open freeze. */
export async function markFreezeLifted(tx: Tx, id: string, liftedBy: string, at: Date): Promise<boolean> {
  const updated = await tx
    .updateTable('freezes')
    .set({ lifted_by: liftedBy, lifted_at: at })
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

function toFreeze(row: FreezeTable): Freeze {
  return {
    id: row.id,
    scope: row.scope,
    subject: row.subject,
    direction: row.direction,
    reason: row.reason,
    createdBy: row.created_by,
    createdAt: row.created_at,
  };
}
