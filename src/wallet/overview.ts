/**
 * Reads what a person's wallet page shows: the balance, what is on its way, and the last movements.
 */

import { readBalance } from '../ground/ledger/balance.ts';
import { listStatement, type StatementLine } from '../ground/ledger/statement.ts';
import type { Currency } from '../ground/money/currency.ts';
import { type Money, money } from '../ground/money/money.ts';
import type { Reader } from '../ground/postgres/database.ts';
import { listPaymentsOf } from '../rails/payments/payment.rows.ts';
import { IN_FLIGHT, isInFlight, type Payment, type PaymentState } from '../rails/payments/payment.ts';
import { findPaymentsByReference } from '../rails/payments/payment-set.rows.ts';
import { currencyOf, type WalletOwner, walletAccount } from './wallet.ts';

export interface WalletOverview {
  readonly currency: Currency;
  /** What is there, holds included. */
  readonly balance: Money;
  /** What may be spent now. */
  readonly available: Money;
  /** Deposits that may still arrive, newest first. */
  readonly incoming: readonly Payment[];
  /** Withdrawals whose money is set aside, newest first. */
  readonly outgoing: readonly Payment[];
  readonly movements: readonly StatementLine[];
  /** The payments behind the movements, by their reference. */
  readonly payments: ReadonlyMap<string, Payment>;
}

export async function readOverview(reader: Reader, owner: WalletOwner): Promise<WalletOverview> {
  const account = walletAccount(owner);
  const currency = currencyOf(owner.country);
  const balance = await readBalance(reader, account);
  const movements =
    balance === undefined ? [] : await listStatement(reader, account, { limit: MOVEMENTS_SHOWN });
  const references = movements.flatMap((line) => line.reference ?? []);
  const payments = await findPaymentsByReference(reader, references);
  const open = await listPaymentsOf(reader, { ownerId: owner.id, states: OPEN, limit: OPEN_SHOWN });
  return {
    currency,
    balance: money(balance?.posted ?? 0n, currency),
    available: money(balance?.available ?? 0n, currency),
    // What people look into of a deposit is no money that may still arrive by itself.
    incoming: open.filter((payment) => payment.direction === 'in' && isInFlight(payment)),
    outgoing: open.filter(({ direction }) => direction === 'out'),
    movements,
    payments: new Map(payments.map((payment) => [payment.reference, payment])),
  };
}

const MOVEMENTS_SHOWN = 5;
/** States in which a deposit may still arrive, or a withdrawal keeps money set aside. */
const OPEN: readonly PaymentState[] = [...IN_FLIGHT, 'review'];
/** More than anybody has at once: both ways together, so that one question is enough. */
const OPEN_SHOWN = 20;
