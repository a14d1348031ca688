/**
 * Reads the provider's statements and our float's movements of the same time, and compares them.
 *
 * The float is walked from its last movement backwards, so a recent time costs little however long the journal is. What
 * moved near the beginning of the time may stand on one side only: a comparison from the very first day has no such
 * edge.
 */
import { type AccountId, accountId } from '../../ground/ledger/account.ts';
import { type StatementLine as LedgerLine, listStatement } from '../../ground/ledger/statement.ts';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { findPaymentByProviderReference } from '../payments/payment.rows.ts';
import type { Payment } from '../payments/payment.ts';
import { findPaymentsByReference } from '../payments/payment-set.rows.ts';
import { listSecondPaymentsOf, type SecondPayment } from '../payments/second-payment.rows.ts';
import { secondTransferIds } from '../payments/second-settlement.ts';
import { type BookedEffect, type Comparison, compareStatement } from './compare-statement.ts';
import { listStatementLines, type StatementOwner } from './statement.rows.ts';
import type { StatementLine } from './statement.ts';

const PAGE_LINES = 1_000;

export interface Compared extends StatementOwner {
  readonly currency: Currency;
  /** Only what happened since; default: from the very beginning. */
  readonly since?: Date;
}

export async function readComparison(reader: Reader, asked: Compared): Promise<Comparison> {
  const { provider, environment, currency, since = new Date(0) } = asked;
  const lines = await listStatementLines(reader, { provider, environment, currency, since });
  const movements = await listFloat(reader, accountId('float', provider, currency), since);
  const references = [...new Set(movements.flatMap((line) => line.reference ?? []))];
  const payments = await inPieces(references, async (some) => await findPaymentsByReference(reader, some));
  const seconds = await inPieces(
    payments.map((payment) => payment.id),
    async (some) => await listSecondPaymentsOf(reader, some),
  );
  const moved = effectsOf(movements, payments, seconds);
  const unmoved = await listUnmoved(reader, asked, lines, moved);
  return compareStatement(currency, lines, [...moved, ...unmoved]);
}

async function listFloat(reader: Reader, float: AccountId, since: Date): Promise<LedgerLine[]> {
  const found: LedgerLine[] = [];
  for (let before: bigint | undefined; ; ) {
    const page = await listStatement(reader, float, {
      limit: PAGE_LINES,
      ...(before === undefined ? {} : { before }),
    });
    found.push(...page.filter((line) => line.occurredAt >= since));
    before = page.at(-1)?.seq;
    const isOver = page.length < PAGE_LINES || page.some((line) => line.occurredAt < since);
    if (isOver || before === undefined) return found;
  }
}

async function inPieces<T>(
  keys: readonly string[],
  read: (some: readonly string[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const found: T[] = [];
  for (let place = 0; place < keys.length; place += PAGE_LINES)
    found.push(...(await read(keys.slice(place, place + PAGE_LINES))));
  return found;
}

/** What the movements mean, by the provider's name for the transaction. */
function effectsOf(
  movements: readonly LedgerLine[],
  payments: readonly Payment[],
  seconds: readonly SecondPayment[],
): BookedEffect[] {
  const byReference = new Map(payments.map((payment) => [payment.reference, payment]));
  const secondOf = new Map<string, SecondPayment>();
  for (const second of seconds)
    for (const id of secondTransferIds(second.paymentId, second.providerReference)) secondOf.set(id, second);
  const effects = new Map<string, BookedEffect>();
  for (const line of movements) {
    const payment = byReference.get(line.reference ?? '');
    const second = secondOf.get(line.transferId);
    const reference =
      second?.providerReference ?? payment?.providerReference ?? line.reference ?? line.transferId;
    const effect = (effects.get(reference)?.effect ?? 0n) + line.amount;
    effects.set(reference, {
      reference,
      paymentId: payment?.id,
      // Of a second payment and of a review only what the provider holds of it is kept.
      amount: second === undefined && payment?.reason !== 'resolved' ? payment?.amount : undefined,
      effect,
      isReturned: second === undefined ? payment?.state === 'reversed' : isGone(second),
    });
  }
  return [...effects.values()];
}

function isGone({ outcome, reversedAt }: SecondPayment): boolean {
  return reversedAt !== undefined || outcome === 'returned' || outcome === 'taken-back';
}

/** Payments that the statement names and that moved nothing here: not settled, or failed. */
async function listUnmoved(
  reader: Reader,
  { provider, environment }: StatementOwner,
  lines: readonly StatementLine[],
  moved: readonly BookedEffect[],
): Promise<BookedEffect[]> {
  const known = new Set(moved.map((one) => one.reference));
  const references = new Set(lines.map((line) => line.reference).filter((one) => !known.has(one)));
  const found: BookedEffect[] = [];
  for (const reference of references) {
    const payment = await findPaymentByProviderReference(reader, provider, environment, reference);
    if (payment === undefined) continue;
    const { id, amount, state } = payment;
    found.push({ reference, paymentId: id, amount, effect: 0n, isReturned: state === 'reversed' });
  }
  return found;
}
