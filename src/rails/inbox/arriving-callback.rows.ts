/**
 * Writes callbacks into `provider_callbacks` as they arrive, in sets. The columns of the table are declared in
 * `provider-callback.rows.ts`.
 */
import { sql } from 'kysely';
import { arrayText } from '../../ground/postgres/array-text.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type BytesToKeep, bytesToKeep, keptBytes } from '../../ground/seal/sealing.rows.ts';
import type { CallbackVerdict, Environment } from '../provider.ts';
import { placeOfBody } from './provider-callback.rows.ts';

/** Those of one set are all of one provider and one environment. */
export interface CallbackToInsert {
  readonly id: string;
  readonly provider: string;
  readonly environment: Environment;
  readonly fingerprint: string;
  /** Absent for a callback that is not believed. */
  readonly body: Uint8Array | undefined;
  readonly contentType: string;
  readonly verdict: CallbackVerdict;
  readonly paymentId: string | undefined;
  readonly receivedAt: Date;
}

/**
 * Stores callbacks, or counts one more time those whose bytes came before, in the set or ever. A repeated one is a fresh
 * hint: when the first led to nothing, it is looked at again as if it had come now. One answer for each, in order.
 */
export async function insertCallbacks(
  tx: Tx,
  callbacks: readonly CallbackToInsert[],
): Promise<('new' | 'again')[]> {
  const firsts = new Map<string, CallbackToInsert>();
  const times = new Map<string, number>();
  for (const callback of callbacks) {
    if (!firsts.has(callback.fingerprint)) firsts.set(callback.fingerprint, callback);
    times.set(callback.fingerprint, (times.get(callback.fingerprint) ?? 0) + 1);
  }
  const rows = JSON.stringify([...firsts].map(([key, callback]) => rowOf(tx, callback, times.get(key) ?? 1)));
  // In the order of the key, so that two processes which got the same ones wait for each other and never in a ring.
  const stored = await sql<{ id: string; fingerprint: string; seen: number }>`/* keep: store-callbacks */
    insert into provider_callbacks (id, provider, environment, fingerprint, body, content_type, verdict, verdict_reason,
      payment_id, state, seen, tries, due_at, received_at, finished_at)
    select id, provider, environment, fingerprint, ${keptBytes('c')}, content_type, verdict, verdict_reason,
      payment_id, case when sealed is null then 'rejected' else 'received' end, seen, 0,
      case when sealed is not null then received_at end, received_at, case when sealed is null then received_at end
    from jsonb_to_recordset(${rows}::jsonb) as c(id text, provider text, environment text, fingerprint text, plain text,
      sealed text, content_type text, verdict text, verdict_reason text, payment_id text, seen int, received_at timestamptz)
    order by fingerprint
    on conflict (provider, environment, fingerprint) do update set seen = provider_callbacks.seen + excluded.seen
    returning id, fingerprint, seen`.execute(tx);
  // Whoever was counted before has been seen more often than this set has it.
  const known = stored.rows.filter(({ fingerprint, seen }) => seen !== times.get(fingerprint));
  await reopen(
    tx,
    known.flatMap(({ id, fingerprint }) => {
      const first = firsts.get(fingerprint);
      return first === undefined ? [] : [{ ...first, id }];
    }),
  );
  const old = new Set(known.map(({ fingerprint }) => fingerprint));
  return callbacks.map((one) =>
    !old.has(one.fingerprint) && firsts.get(one.fingerprint) === one ? 'new' : 'again',
  );
}

/** The bytes of an old one may be in a file by now, and these are the same. One that is not believed has no end to undo. */
async function reopen(tx: Tx, callbacks: readonly CallbackToInsert[]): Promise<void> {
  const rows = callbacks.flatMap(({ id, body, receivedAt }) =>
    body === undefined ? [] : [{ id, ...bodyOf(tx, id, body), received_at: receivedAt }],
  );
  if (rows.length === 0) return;
  // The ids stand twice for the planner, as in `payment-set.rows.ts`.
  await sql`update provider_callbacks set state = 'received', tries = 0, due_at = c.received_at, leased_until = null,
      received_at = c.received_at, finished_at = null, body = ${keptBytes('c')}, archived_in = null
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as c(id text, plain text, sealed text, received_at timestamptz)
    where provider_callbacks.id = c.id
      and provider_callbacks.id = any(${arrayText(rows.map((row) => row.id))}::text[])
      and provider_callbacks.state in ('ignored', 'unmatched')`.execute(tx);
}

function rowOf(tx: Tx, callback: CallbackToInsert, seen: number): Readonly<Record<string, unknown>> {
  return {
    id: callback.id,
    provider: callback.provider,
    environment: callback.environment,
    fingerprint: callback.fingerprint,
    ...(callback.body === undefined ? {} : bodyOf(tx, callback.id, callback.body)),
    content_type: callback.contentType,
    verdict: callback.verdict.verdict,
    verdict_reason: callback.verdict.verdict === 'invalid' ? callback.verdict.reason : undefined,
    payment_id: callback.paymentId,
    seen,
    received_at: callback.receivedAt,
  };
}

function bodyOf(tx: Tx, id: string, body: Uint8Array): BytesToKeep {
  return bytesToKeep(tx, placeOfBody(id), body);
}
