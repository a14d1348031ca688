/**
 * Finds the lines of the provider's statements that speak about a payment, or may.
 *
 * Where the provider gave a reference, its lines are the payment's. Where the answer was lost there is none; then every
 * line of this amount and direction that reconciliation found in no book of ours, from the hour before on, is shown as
 * possible: two people must see them before they call a withdrawal failed.
 */
import { after, HOUR_MS } from '../../ground/clock.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import type { Payment } from '../../rails/payments/payment.ts';
import { listLinesOf } from '../../rails/statements/statement.rows.ts';
import type { StatementLine } from '../../rails/statements/statement.ts';
import { listStandingBreaks } from '../reconcile/break.rows.ts';

export interface StatedLines {
  /** By the payment's own reference; else only possible. */
  readonly certain: boolean;
  readonly lines: readonly StatementLine[];
}

export async function readStatedLines(reader: Reader, payment: Payment): Promise<StatedLines> {
  const { provider, environment, currency } = payment;
  const owner = { provider, environment };
  if (payment.providerReference !== undefined) {
    return { certain: true, lines: await listLinesOf(reader, owner, [payment.providerReference]) };
  }
  const kind = payment.direction === 'in' ? 'deposit' : 'withdrawal';
  const unknown = (await listStandingBreaks(reader, { ...owner, currency })).filter(
    (one) => one.kind === 'missing-in-ledger' && one.happenedAt >= after(payment.createdAt, -HOUR_MS),
  );
  const lines = await listLinesOf(
    reader,
    owner,
    unknown.map((one) => one.reference),
  );
  return {
    certain: false,
    lines: lines.filter(
      (line) => line.kind === kind && line.amount === payment.amount && line.currency === currency,
    ),
  };
}
