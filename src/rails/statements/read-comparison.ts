/**
 * Reads the provider's statements and our float's movements, all of them or those of some days, and compares them
 * transaction by transaction.
 *
 * Days are where it looks, transactions are what it compares: whatever one side moved on those days is compared with all
 * that both sides ever said about it. The two sides rarely name the same moment: a withdrawal that was asked on Monday
 * may be paid on Friday and known on Tuesday, and its line carries any of the three. A comparison of days alone would call
 * it missing on each of them.
 */

import type { Uuid } from '../../ground/identifiers.ts';
import { accountId } from '../../ground/ledger/account.ts';
import { listTransfersById } from '../../ground/ledger/transfer.rows.ts';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import type { Payment } from '../payments/payment.ts';
import {
  findPayments,
  findPaymentsByProviderReference,
  findPaymentsByReference,
} from '../payments/payment-set.rows.ts';
import { transferIdsOf } from '../payments/payment-transfers.ts';
import {
  listSecondPaymentsNamed,
  listSecondPaymentsOf,
  type SecondPayment,
} from '../payments/second-payment.rows.ts';
import { type Comparison, compareStatement } from './compare-statement.ts';
import { effectsOf, type MeantEffect, type Movement } from './float-effects.ts';
import { type Days, listFloat } from './list-float.ts';
import { listLinesOf, listStatementLines, type StatementOwner } from './statement.rows.ts';
import type { StatementLine } from './statement.ts';

const AT_ONCE = 1_000;

export interface Compared extends StatementOwner {
  readonly currency: Currency;
  /** Only transactions that one side moved on these days; default: all. */
  readonly days?: Days;
  /** And these besides, whenever they moved. */
  readonly besides?: readonly { readonly reference: string; readonly paymentId: string | undefined }[];
}

export interface ReadComparison extends Comparison {
  /** Everything that was compared, lines and effects, whether it agrees or not. */
  readonly lines: readonly StatementLine[];
  readonly effects: readonly MeantEffect[];
}

export async function readComparison(reader: Reader, asked: Compared): Promise<ReadComparison> {
  const { currency, days, besides = [] } = asked;
  const float = accountId('float', asked.provider, currency);
  const moved: Movement[] = await listFloat(reader, float, days);
  const stated = await listStatementLines(reader, { ...asked, ...days });
  const names = [...new Set([...stated, ...besides].map((one) => one.reference))];
  const payments = await paymentsOf(reader, asked, { moved, names });
  const ids = payments.map((payment) => payment.id);
  const seconds = await inPieces(ids, async (some) => await listSecondPaymentsOf(reader, some));
  const ownerOf = transfersOf(payments, seconds);
  const movements = days === undefined ? moved : await completed(reader, asked, moved, ownerOf);
  const effects = withUnmoved(effectsOf(movements, { payments, seconds, ownerOf }), payments);
  const all = [...new Set([...names, ...effects.map((one) => one.reference)])];
  const lines =
    days === undefined
      ? stated
      : (await inPieces(all, async (some) => await listLinesOf(reader, asked, some))).filter(
          (line) => line.currency === currency,
        );
  return { ...compareStatement(currency, lines, effects), lines, effects };
}

/** Payments that moved, that a line names, or whose second payment a line names. */
async function paymentsOf(
  reader: Reader,
  { provider, environment, besides = [] }: Compared,
  { moved, names }: { readonly moved: readonly Movement[]; readonly names: readonly string[] },
): Promise<Payment[]> {
  const ours = [...new Set([...moved.flatMap((line) => line.reference ?? []), ...names])];
  const found = await inPieces(ours, async (some) => await findPaymentsByReference(reader, some));
  for (let place = 0; place < names.length; place += AT_ONCE) {
    const some = names.slice(place, place + AT_ONCE);
    const named = await findPaymentsByProviderReference(reader, provider, environment, some);
    found.push(...named.values());
  }
  const seconds = await inPieces(names, async (some) => await listSecondPaymentsNamed(reader, some));
  const ids = [...seconds.map((one) => one.paymentId), ...besides.flatMap((one) => one.paymentId ?? [])];
  found.push(...(await findPayments(reader, [...new Set(ids)])).values());
  return [...new Map(found.map((payment) => [payment.id, payment])).values()].filter(
    (payment) => payment.provider === provider && payment.environment === environment,
  );
}

/** Whose each transfer would be, of all that these payments may ever have. */
function transfersOf(payments: readonly Payment[], seconds: readonly SecondPayment[]): Map<Uuid, Payment> {
  const strays = new Map<string, string[]>();
  for (const { paymentId, providerReference } of seconds)
    strays.set(paymentId, [...(strays.get(paymentId) ?? []), providerReference]);
  return new Map(
    payments.flatMap((payment) =>
      transferIdsOf(payment, strays.get(payment.id)).map((id) => [id, payment] as const),
    ),
  );
}

/** What moved on those days, and what the same payments moved on any other. */
async function completed(
  reader: Reader,
  { provider, currency }: Compared,
  moved: readonly Movement[],
  ownerOf: ReadonlyMap<Uuid, Payment>,
): Promise<Movement[]> {
  const float = accountId('float', provider, currency);
  const rows = await inPieces([...ownerOf.keys()], async (some) => await listTransfersById(reader, some));
  const whole = rows
    .filter(
      (row) => (row.kind === 'single' || row.kind === 'post') && [row.debit, row.credit].includes(float),
    )
    .map((row) => ({
      transferId: row.id,
      amount: row.debit === float ? row.amount : -row.amount,
      recordedAt: row.recordedAt,
    }));
  const known = new Set(whole.map((line) => line.transferId));
  return [...whole, ...moved.filter((line) => !known.has(line.transferId))];
}

/** With payments that moved nothing here, not settled or failed: a line may name them. */
function withUnmoved(moved: readonly MeantEffect[], payments: readonly Payment[]): MeantEffect[] {
  const known = new Set(moved.map((one) => one.reference));
  const unmoved = payments.flatMap(({ id, providerReference, amount, state }) =>
    providerReference === undefined || known.has(providerReference)
      ? []
      : [
          {
            reference: providerReference,
            paymentId: id,
            amount,
            effect: 0n,
            isReturned: state === 'reversed',
            legs: [],
          },
        ],
  );
  return [...moved, ...unmoved];
}

async function inPieces<Key, T>(
  keys: readonly Key[],
  read: (some: readonly Key[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const found: T[] = [];
  for (let place = 0; place < keys.length; place += AT_ONCE)
    found.push(...(await read(keys.slice(place, place + AT_ONCE))));
  return found;
}
