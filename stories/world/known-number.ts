/**
 * Makes a number one that a member has sent money to before, so that a story about something else needs no code for it.
 */
import type { Db } from '../../src/ground/postgres/database.ts';
import { inTransaction } from '../../src/ground/postgres/in-transaction.ts';
import { insertDestination } from '../../src/wallet/destination.rows.ts';
import { personIdOf } from './opened.ts';

/** Both numbers in E.164; the member has an account. */
export async function knowNumber(db: Db, member: string, phone: string): Promise<void> {
  const agreed = { personId: await personIdOf(db, member), phone, confirmedAt: new Date() };
  await inTransaction(db, async (tx) => await insertDestination(tx, agreed));
}
