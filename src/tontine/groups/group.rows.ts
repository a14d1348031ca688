/**
 * Keeps groups in the table `groups`.
 */
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import { lockFreeNames, lockName } from '../../ground/postgres/lock-name.ts';
import type { Group } from './group.ts';

interface GroupTable {
  id: string;
  name: string;
  currency: Currency;
  time_zone: string;
  founded_by: string;
  founded_at: Date;
  dissolved_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    groups: GroupTable;
  }
}

/** False when the id is taken already. */
export async function insertGroup(tx: Tx, group: Group): Promise<boolean> {
  const inserted = await tx
    .insertInto('groups')
    .values({
      id: group.id,
      name: group.name,
      currency: group.currency,
      time_zone: group.timeZone,
      founded_by: group.foundedBy,
      founded_at: group.foundedAt,
      dissolved_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function findGroup(reader: Reader, id: string): Promise<Group | undefined> {
  return await reader
    .selectFrom('groups')
    .select([
      'id',
      'name',
      'currency',
      'time_zone as timeZone',
      'founded_by as foundedBy',
      'founded_at as foundedAt',
    ])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Everybody who changes something in a group waits here first, so that all of them see the same group. */
export async function lockGroup(tx: Tx, groupId: string): Promise<void> {
  await lockName(tx, lockOf(groupId));
}

/** The same for those of the groups in which nobody changes anything now; the others are not waited for. */
export async function lockFreeGroups(tx: Tx, groupIds: readonly string[]): Promise<ReadonlySet<string>> {
  const locked = await lockFreeNames(tx, groupIds.map(lockOf));
  return new Set(groupIds.filter((_, place) => locked[place]));
}

function lockOf(groupId: string): string {
  return `group ${groupId}`;
}
