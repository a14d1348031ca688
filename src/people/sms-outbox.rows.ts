/**
 * Keeps what the built-in SMS gateway was given, in the table `sms_outbox`. Only a trial installation has rows here.
 */
import type { Db, Reader, Tx } from '../ground/postgres/database.ts';
import type { SmsMessage } from './sms-gateway.ts';

interface SmsOutboxTable {
  id: string;
  to_phone: string;
  text: string;
  created_at: Date;
}

declare module '../ground/postgres/database.ts' {
  interface Database {
    sms_outbox: SmsOutboxTable;
  }
}

export interface OutboxMessage extends SmsMessage {
  readonly id: string;
  readonly createdAt: Date;
}

export async function insertOutboxMessage(db: Db, message: OutboxMessage): Promise<void> {
  await db
    .insertInto('sms_outbox')
    .values({ id: message.id, to_phone: message.to, text: message.text, created_at: message.createdAt })
    .execute();
}

/** The newest messages first; ids carry the time. */
export async function listOutbox(reader: Reader, limit: number): Promise<OutboxMessage[]> {
  const rows = await reader.selectFrom('sms_outbox').selectAll().orderBy('id', 'desc').limit(limit).execute();
  return rows.map((row) => ({ id: row.id, to: row.to_phone, text: row.text, createdAt: row.created_at }));
}

/** Deletes messages written before `before`, at most `limit`; returns how many. */
export async function deleteOutboxBefore(tx: Tx, before: Date, limit: number): Promise<number> {
  const gone = await tx
    .deleteFrom('sms_outbox')
    .where(
      'id',
      'in',
      tx.selectFrom('sms_outbox').select('id').where('created_at', '<', before).orderBy('id').limit(limit),
    )
    .returning('id')
    .execute();
  return gone.length;
}

export async function deleteOutboxOf(tx: Tx, phone: string): Promise<void> {
  await tx.deleteFrom('sms_outbox').where('to_phone', '=', phone).execute();
}
