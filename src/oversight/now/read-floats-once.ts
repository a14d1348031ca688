/**
 * Asks the provider what it holds for us, and keeps the answer beside what our books say at that moment.
 *
 * The board and the alarms read the rows, so that ten open boards do not ask the provider ten times. A balance that cannot
 * be read is kept as unknown and never as zero. One look a minute stands for the whole minute, so an answer that was lost
 * or that came while our books moved is asked for again: the board would show a difference that there is not.
 */
import { after, DAY_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import { accountId } from '../../ground/ledger/account.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import { CURRENCIES, type Currency } from '../../ground/money/currency.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import type { Rails } from '../../rails/rails.ts';
import { deleteFloatReadingsBefore, type FloatReading, insertFloatReading } from './float-reading.rows.ts';

const KEPT_MS = 40 * DAY_MS;
/** In a burst no two moments are alike: then the last look is kept as it is, and the next minute tells. */
const MOST_LOOKS = 3;

/** Always 0: the next look is the next minute's. */
export async function readFloatsOnce(db: Db, ground: Ground, rails: Rails): Promise<number> {
  for (const currency of CURRENCIES) await readFloat(db, ground, rails, currency);
  return 0;
}

/** Does nothing for a currency in which nothing ever moved. */
async function readFloat(db: Db, ground: Ground, rails: Rails, currency: Currency): Promise<void> {
  const { name: provider, environment } = rails.provider;
  const of = { provider, environment, currency };
  let reading: FloatReading | undefined;
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const before = await readBalance(db, accountId('float', provider, currency));
    if (before === undefined) return;
    const answer = await rails.provider.readBalance(currency);
    const books = (await readBalance(db, accountId('float', provider, currency))) ?? before;
    const readAt = ground.clock.now();
    const held = answer?.balance.amount;
    reading = { ...of, readAt, held, booked: books.posted, reserved: books.pendingOut };
    if (held !== undefined && books.posted === before.posted) break;
  }
  if (reading !== undefined) await keep(db, reading);
}

async function keep(db: Db, reading: FloatReading): Promise<void> {
  await inTransaction(db, async (tx) => {
    await insertFloatReading(tx, reading);
    await deleteFloatReadingsBefore(tx, reading, after(reading.readAt, -KEPT_MS));
  });
}
