/**
 * Looks at how the queue is doing, for setup, the doctor and the metrics: is somebody working, is something stuck.
 */
import { sql } from 'kysely';
import { after, DAY_MS } from '../clock.ts';
import type { Reader } from '../postgres/database.ts';
import { PROVE_ALIVE } from './prove-alive.ts';

export interface QueueFacts {
  /** When a worker last proved that it is there; absent when none ever did. */
  readonly lastProofAt: Date | undefined;
  /** Proofs that were asked for and not given yet. */
  readonly openProofs: number;
  /** Jobs that should have begun by now. */
  readonly waiting: number;
  /** Jobs that were given up within a day. */
  readonly failed: number;
}

/** Nothing when there is no queue in this database yet. */
export async function examineQueue(reader: Reader, now: Date): Promise<QueueFacts | undefined> {
  const known = await sql<{
    present: boolean;
  }>`select to_regclass('pgboss.job') is not null as present`.execute(reader);
  if (known.rows[0]?.present !== true) return undefined;
  const answer = await sql<{ last: Date | null; open: number; waiting: number; failed: number }>`select
    max(completed_on) filter (where name = ${PROVE_ALIVE.name} and state = 'completed') as last,
    count(*) filter (where name = ${PROVE_ALIVE.name} and state in ('created', 'retry', 'active'))::int as open,
    count(*) filter (where state in ('created', 'retry') and start_after <= ${now})::int as waiting,
    count(*) filter (where state = 'failed' and completed_on > ${after(now, -DAY_MS)})::int as failed
    from pgboss.job where left(name, 2) <> '__'`.execute(reader);
  const [row] = answer.rows;
  return {
    lastProofAt: row?.last ?? undefined,
    openProofs: row?.open ?? 0,
    waiting: row?.waiting ?? 0,
    failed: row?.failed ?? 0,
  };
}
