/**
 * Looks at what became of one person's money: on our side, and in the provider's own books.
 */
import { accountId } from '../../src/ground/ledger/account.ts';
import { readBalance } from '../../src/ground/ledger/balance.ts';
import { money } from '../../src/ground/money/money.ts';
import { moneyText } from '../../src/ground/money/money-text.ts';
import type { Db } from '../../src/ground/postgres/database.ts';
import type { SimulatorBooks } from '../../src/rails/simulator/books.ts';
import type { Transaction } from '../../src/rails/simulator/transaction.ts';
import { opened, personIdOf } from './opened.ts';
import { until } from './until.ts';
import type { World } from './world.ts';

/** A loaded machine is slow, never stuck. */
const PATIENCE_MS = 120_000;

/** All withdrawals of a member (by login number), as soon as none of them is on its way any more. */
export async function withdrawalsEnded({ db }: Pick<World, 'db'>, phone: string) {
  return await until(
    `the withdrawals of ${phone} have ended`,
    async () => {
      const all = await db
        .selectFrom('payments')
        .selectAll()
        .where('owner_id', '=', await personIdOf(db, phone))
        .where('direction', '=', 'out')
        .orderBy('id')
        .execute();
      const ended = all.every(({ state }) => /^(succeeded|cancelled|failed)$/.test(state));
      return ended ? all.map((row) => opened(db, row)) : undefined;
    },
    { within_ms: PATIENCE_MS, pace_ms: 300 },
  );
}

/** What the provider was told to send to a number. */
export function sentTo(books: SimulatorBooks, phone: string): Transaction[] {
  return books.list().filter(({ direction, wallet }) => direction === 'out' && `+${wallet}` === phone);
}

/** What a member of an XOF country may spend, by login number. */
export async function balanceOf(db: Db, phone: string): Promise<bigint> {
  const id = await personIdOf(db, phone);
  const balance = await readBalance(db, accountId('member', id, 'XOF'));
  if (balance === undefined) throw new Error(`${phone} has no wallet`);
  return balance.available;
}

/** As a page says it, with plain spaces. */
export function francs(amount: bigint): string {
  return moneyText(money(amount, 'XOF'), 'page', 'fr').replaceAll(/[\s\u00a0\u202f]+/g, ' ');
}
