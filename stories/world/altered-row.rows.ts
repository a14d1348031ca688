/**
 * Changes one old row the way somebody does who owns the database: triggers off, the row changed, triggers on again.
 *
 * No fence of the product stands in the way of that; what the story asks is whether it can be hidden.
 */
import { sql } from 'kysely';
import type { Db } from '../../src/ground/postgres/database.ts';
import { inTransaction } from '../../src/ground/postgres/in-transaction.ts';

/** Adds to the amount of one transfer; a negative figure puts it back. */
export async function alterAmount(db: Db, seq: bigint, by: bigint): Promise<void> {
  await inTransaction(db, async (tx) => {
    await sql`alter table transfers disable trigger user`.execute(tx);
    await sql`update transfers set amount = amount + ${by}::bigint where seq = ${seq}`.execute(tx);
    await sql`alter table transfers enable trigger user`.execute(tx);
  });
}

/** Says that somebody else did one act of the trail; returns who it was before. */
export async function alterActor(db: Db, seq: bigint, actorId: string): Promise<string> {
  return await inTransaction(db, async (tx) => {
    const was = await sql<{
      actor_id: string;
    }>`select actor_id from audit_entries where seq = ${seq}`.execute(tx);
    await sql`alter table audit_entries disable trigger user`.execute(tx);
    await sql`update audit_entries set actor_id = ${actorId} where seq = ${seq}`.execute(tx);
    await sql`alter table audit_entries enable trigger user`.execute(tx);
    return was.rows[0]?.actor_id ?? '';
  });
}
