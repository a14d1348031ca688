/**
 * Asks the provider what it holds for us, and keeps the answer beside what our books say at that moment.
 *
 * The board and the alarms read the rows, so that ten open boards do not ask the provider ten times. A balance that cannot
 * be read is kept as unknown and never as zero.
 */
import { after, DAY_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import { accountId } from '../../ground/ledger/account.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import { CURRENCIES, type Currency } from '../../ground/money/currency.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import type { Rails } from '../../rails/rails.ts';
import { deleteFloatReadingsBefore, insertFloatReading } from './float-reading.rows.ts';

const KEPT_MS = 40 * DAY_MS;

/** Always 0: the next look is the next minute's. */
export async function readFloatsOnce(db: Db, ground: Ground, rails: Rails): Promise<number> {
  for (const currency of CURRENCIES) await readFloat(db, ground, rails, currency);
  return 0;
}

/** Does nothing for a currency in which nothing ever moved. */
async function readFloat(db: Db, ground: Ground, rails: Rails, currency: Currency): Promise<void> {
  const { name: provider, environment } = rails.provider;
  const float = accountId('float', provider, currency);
  if ((await readBalance(db, float)) === undefined) return;
  const answer = await rails.provider.readBalance(currency);
  await inTransaction(db, async (tx) => {
    const books = await readBalance(tx, float);
    const readAt = ground.clock.now();
    const of = { provider, environment, currency };
    await insertFloatReading(tx, {
      ...of,
      readAt,
      held: answer?.balance.amount,
      booked: books?.posted ?? 0n,
      reserved: books?.pendingOut ?? 0n,
    });
    await deleteFloatReadingsBefore(tx, of, after(readAt, -KEPT_MS));
  });
}
