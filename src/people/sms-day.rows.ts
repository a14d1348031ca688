/**
 * Counts the text messages sent on each day, in the table `sms_days`: the budget is a row, so that every process of the
 * product shares it and a restart does not refill it.
 */
import type { Reader, Tx } from '../ground/postgres/database.ts';

interface SmsDayTable {
  /** `YYYY-MM-DD`, UTC. */
  day: string;
  sent: number;
}

declare module '../ground/postgres/database.ts' {
  interface Database {
    sms_days: SmsDayTable;
  }
}

/** Locks the day's row, made if need be, and says how many were sent; held until the transaction ends. */
export async function lockSmsDay(tx: Tx, day: string): Promise<number> {
  const row = await tx
    .insertInto('sms_days')
    .values({ day, sent: 0 })
    .onConflict((conflict) =>
      conflict.column('day').doUpdateSet((old) => ({ sent: old.ref('sms_days.sent') })),
    )
    .returning('sent')
    .executeTakeFirstOrThrow();
  return row.sent;
}

export async function markSmsSent(tx: Tx, day: string): Promise<void> {
  await tx
    .updateTable('sms_days')
    .set((row) => ({ sent: row('sent', '+', 1) }))
    .where('day', '=', day)
    .execute();
}

/** How many were sent on a day. */
export async function findSmsSent(reader: Reader, day: string): Promise<number> {
  const row = await reader.selectFrom('sms_days').select('sent').where('day', '=', day).executeTakeFirst();
  return row?.sent ?? 0;
}
