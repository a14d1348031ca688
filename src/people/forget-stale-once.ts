/**
 * Forgets what is no longer needed to protect anybody: old codes, dead sessions, quiet guards, outbox messages.
 *
 * Phone and network addresses are personal, and a table that only grows slows every login. Each period is longer than
 * any limit that is counted from those rows.
 */
import { after, DAY_MS } from '../ground/clock.ts';
import type { Ground } from '../ground/ground.ts';
import type { Db } from '../ground/postgres/database.ts';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import { deleteCodesBefore } from './login-code.rows.ts';
import { deleteGuardsUntouched } from './pin-guard.rows.ts';
import { deleteSessionsOver } from './session.rows.ts';
import { deleteOutboxBefore } from './sms-outbox.rows.ts';

const KEEP_CODES_MS = 7 * DAY_MS;
const KEEP_SESSIONS_MS = 90 * DAY_MS;
const KEEP_GUARDS_MS = 365 * DAY_MS;
const KEEP_OUTBOX_MS = 7 * DAY_MS;

/** Deletes at most `limit` rows of each table; returns how many in all. */
export async function forgetStaleOnce(db: Db, ground: Ground, limit: number): Promise<number> {
  const now = ground.clock.now();
  return await inTransaction(db, async (tx) => {
    const codes = await deleteCodesBefore(tx, after(now, -KEEP_CODES_MS), limit);
    const sessions = await deleteSessionsOver(tx, after(now, -KEEP_SESSIONS_MS), limit);
    const guards = await deleteGuardsUntouched(tx, after(now, -KEEP_GUARDS_MS), limit);
    const messages = await deleteOutboxBefore(tx, after(now, -KEEP_OUTBOX_MS), limit);
    return codes + sessions + guards + messages;
  });
}
