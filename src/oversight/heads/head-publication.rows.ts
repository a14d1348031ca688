/**
 * Keeps when a head was last published, in the table `head_publications`; the heads themselves are elsewhere on purpose.
 */
import type { Reader, Tx } from '../../ground/postgres/database.ts';

interface HeadPublicationTable {
  place: string;
  begun_at: Date;
  published_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    head_publications: HeadPublicationTable;
  }
}

export async function markPublicationBegun(tx: Tx, place: string, at: Date): Promise<void> {
  await tx
    .insertInto('head_publications')
    .values({ place, begun_at: at, published_at: null })
    .onConflict((conflict) => conflict.column('place').doUpdateSet({ begun_at: at }))
    .execute();
}

export async function markPublicationDone(tx: Tx, place: string, at: Date): Promise<void> {
  await tx.updateTable('head_publications').set({ published_at: at }).where('place', '=', place).execute();
}

/** When the last one was published, wherever; since when it has been tried, where none ever was. Nothing when nobody tries. */
export async function findLastPublication(reader: Reader): Promise<Date | undefined> {
  const row = await reader
    .selectFrom('head_publications')
    .select(['begun_at', 'published_at'])
    .orderBy('begun_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && (row.published_at ?? row.begun_at);
}
