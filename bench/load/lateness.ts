/**
 * Watches during a load how long anything waits beyond the moment that its row says: what is late beyond its schedule is
 * how a burst shows before anything is lost.
 */
import { sql } from 'kysely';
import type { Db } from '../../src/ground/postgres/database.ts';
import { IN_FLIGHT } from '../../src/rails/payments/payment.ts';

export interface Lateness {
  /** The longest that each was seen to wait beyond its own moment. */
  readonly callbacks_s: number;
  readonly commands_s: number;
  readonly enquiries_s: number;
}

export const NEVER_LATE: Lateness = { callbacks_s: 0, commands_s: 0, enquiries_s: 0 };

export async function readLateness(db: Db, now: Date): Promise<Lateness> {
  const found = await sql<{
    callbacks: number | null;
    commands: number | null;
    enquiries: number | null;
  }>`select
    (select extract(epoch from ${now}::timestamptz - min(greatest(due_at, leased_until)))::float8 from provider_callbacks
      where due_at is not null) as callbacks,
    (select extract(epoch from ${now}::timestamptz - min(due_at))::float8 from provider_commands
      where state in ('waiting', 'sending')) as commands,
    (select extract(epoch from ${now}::timestamptz - min(next_action_at))::float8 from payments
      where state = any(${IN_FLIGHT}) and state <> 'created') as enquiries`.execute(db);
  const row = found.rows[0];
  const late = (seconds: number | null | undefined): number => Math.max(0, seconds ?? 0);
  return {
    callbacks_s: late(row?.callbacks),
    commands_s: late(row?.commands),
    enquiries_s: late(row?.enquiries),
  };
}

export function worst(left: Lateness, right: Lateness): Lateness {
  return {
    callbacks_s: Math.max(left.callbacks_s, right.callbacks_s),
    commands_s: Math.max(left.commands_s, right.commands_s),
    enquiries_s: Math.max(left.enquiries_s, right.enquiries_s),
  };
}
