/**
 * Reads and writes the `freezes` table: what may not move until somebody lifts it.
 *
 * A frozen number is there as its keyed hash, by which it is found and is frozen once, with the number sealed beside it.
 */
import type { Generated, RawBuilder, Selectable } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import { lockName } from '../../ground/postgres/lock-name.ts';
import type { SealedColumn } from '../../ground/seal/sealed-column.ts';
import { openText, type Place } from '../../ground/seal/sealed-text.ts';
import { hashedTexts, hashedValue, sealedBeside } from '../../ground/seal/sealing.rows.ts';
import { vaultOf } from '../../ground/seal/vault-of.ts';
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
  /** Of a number its hash, or the number while an older version may serve. */
  subject: string;
  number: Generated<string | null>;
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

export const SEALED_IN_FREEZES: readonly SealedColumn[] = [
  {
    table: 'freezes',
    key: ['id'],
    row: 'id',
    column: 'number',
    hashes: [{ column: 'subject', kind: 'phone', part: (phone) => phone }],
    age: 'later_plain',
    plainIn: 'subject',
  },
];

/** What is left of a number that was frozen once and is forgotten. */
const FORGOTTEN = '-';

function placeOf(row: string): Place {
  return { table: 'freezes', column: 'number', row };
}

/** All that may stand for this number. */
function subjectsOf(reader: Reader, phone: string): string[] {
  return hashedTexts(reader, { kind: 'phone', text: phone });
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
  if (freeze.scope === 'phone' && (await isFrozenUnderAnyKey(tx, freeze))) return false;
  const inserted = await tx
    .insertInto('freezes')
    .values({
      id: freeze.id,
      scope: freeze.scope,
      ...subjectToInsert(tx, freeze),
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

interface SubjectToInsert {
  readonly subject: string | RawBuilder<string>;
  readonly number?: RawBuilder<string | null>;
}

function subjectToInsert(tx: Tx, { id, scope, subject }: Freeze): SubjectToInsert {
  if (scope !== 'phone') return { subject };
  return {
    subject: hashedValue(tx, { kind: 'phone', text: subject }, 'later_plain'),
    number: sealedBeside(tx, placeOf(id), subject),
  };
}

/** While keys change the same number may have two hashes, and no index can say that they are one. */
async function isFrozenUnderAnyKey(tx: Tx, { subject, direction }: Freeze): Promise<boolean> {
  if (vaultOf(tx).keys.length === 1) return false;
  await lockName(tx, `freeze ${subject}`);
  const row = await tx
    .selectFrom('freezes')
    .select('id')
    .where('scope', '=', 'phone')
    .where('subject', 'in', subjectsOf(tx, subject))
    .where('direction', '=', direction)
    .where('lifted_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

export interface FreezeQuestion {
  readonly ownerId: string;
  readonly phone: string;
  readonly method: Method;
  readonly direction: Direction;
}

/** Named one by one: asked for each payment, the statement is kept (`kept-statement.ts`). */
const COLUMNS = [
  'id',
  'scope',
  'subject',
  'number',
  'direction',
  'reason',
  'created_by',
  'created_at',
] as const;

/** The freeze that stops this movement, or nothing. */
export async function findFreeze(reader: Reader, about: FreezeQuestion): Promise<Freeze | undefined> {
  const row = await reader
    .selectFrom('freezes')
    .select(COLUMNS)
    .where('direction', '=', about.direction)
    .where('lifted_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb.and({ scope: 'owner', subject: about.ownerId }),
        eb.and([eb('scope', '=', 'phone'), eb('subject', 'in', subjectsOf(reader, about.phone))]),
        eb.and({ scope: 'method', subject: about.method }),
        eb('scope', '=', 'all'),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row && toFreeze(reader, row);
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
        eb.and([eb('scope', '=', 'phone'), eb('subject', 'in', subjectsOf(reader, who.phone))]),
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
    .select(COLUMNS)
    .where('lifted_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => toFreeze(reader, row));
}

export async function findOpenFreeze(reader: Reader, id: string): Promise<Freeze | undefined> {
  const row = await reader
    .selectFrom('freezes')
    .select(COLUMNS)
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .executeTakeFirst();
  return row && toFreeze(reader, row);
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

function toFreeze(reader: Reader, row: Pick<Selectable<FreezeTable>, (typeof COLUMNS)[number]>): Freeze {
  return {
    id: row.id,
    scope: row.scope,
    subject: row.number === null ? row.subject : openText(vaultOf(reader), placeOf(row.id), row.number),
    direction: row.direction,
    reason: row.reason,
    createdBy: row.created_by,
    createdAt: row.created_at,
  };
}

/** That something was frozen, when and why stays; which number it was goes. Open freezes keep theirs. */
export async function forgetLiftedNumber(tx: Tx, phone: string): Promise<void> {
  await tx
    .updateTable('freezes')
    .set({ subject: FORGOTTEN, number: null })
    .where('scope', '=', 'phone')
    .where('subject', 'in', subjectsOf(tx, phone))
    .where('lifted_at', 'is not', null)
    .execute();
}
