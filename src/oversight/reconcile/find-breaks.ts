/**
 * Compares a float with the provider's statements, and says which differences are breaks at this moment.
 *
 * What we booked after the last line that was imported is not missing, it is not stated yet. A comparison that does not
 * begin with the first day has an edge, where one side may stand outside: what happened on its first day is left to the
 * looks of the days before.
 */
import { after, DAY_MS } from '../../ground/clock.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import type { Break } from '../../rails/statements/compare-statement.ts';
import { readComparison } from '../../rails/statements/read-comparison.ts';
import { listStatementLines } from '../../rails/statements/statement.rows.ts';
import { findPayments } from '../payments/payment-search.rows.ts';
import type { FloatKey, FoundBreak } from './break.rows.ts';
import type { Stated } from './run.rows.ts';

export interface Looked {
  /** Breaks of what happened from here on are complete: one that is not among them is gone. */
  readonly from: Date;
  readonly found: readonly FoundBreak[];
}

export async function findBreaks(
  reader: Reader,
  of: FloatKey,
  window: { readonly since: Date | undefined; readonly stated: Stated },
): Promise<Looked | undefined> {
  const { since, stated } = window;
  const { until } = stated;
  if (until === undefined) return undefined;
  const { breaks } = await readComparison(reader, { ...of, ...(since === undefined ? {} : { since }) });
  const lines = await listStatementLines(reader, { ...of, since: since ?? new Date(0) });
  const statedAt = new Map(lines.map((line) => [line.reference, line.happenedAt]));
  const payments = await findPayments(
    reader,
    breaks.flatMap((one) => one.paymentId ?? []),
  );
  const whenOf = (one: Break): Date => {
    const payment = payments.get(one.paymentId ?? '');
    return statedAt.get(one.reference) ?? payment?.settledAt ?? payment?.createdAt ?? until;
  };
  const from = since === undefined ? new Date(0) : after(since, DAY_MS);
  const found = breaks
    .map((one) => ({ ...one, happenedAt: whenOf(one) }))
    .filter((one) => one.happenedAt >= from)
    .filter((one) => one.kind !== 'missing-at-provider' || one.happenedAt <= until);
  return { from, found };
}
