/**
 * Adds the monthly partitions that events will need, and gives a place to those that came before any was made.
 *
 * An event without a month is kept in the rest and never refused: with it the payment that it tells of would be. Where
 * rows are in the rest (an upgraded table, a restored one, a year without a worker), the rest itself becomes a part up to
 * the end of the coming month, and an empty one takes its place: no row is moved, and nobody waits while rows are read.
 * A process that dies between two of its steps leaves a promise that holds for a month, and the next one begins again.
 */
import type { Ground } from '../ground.ts';
import { monthName, monthStart } from '../month.ts';
import { alone, patiently } from '../postgres/alone.ts';
import type { Db } from '../postgres/database.ts';
import { lockBriefly } from '../postgres/lock-briefly.ts';
import {
  findNewestInRest,
  insertEventMonth,
  listEventMonths,
  promiseRestFits,
  proveRestFits,
  turnRest,
} from './event-month.rows.ts';

/** Makes sure that the present month and the `months` after it have a partition; returns how many it made. */
export async function makeEventMonthsOnce(
  db: Db,
  ground: Pick<Ground, 'clock'>,
  months: number,
): Promise<number> {
  const now = ground.clock.now();
  const made = await alone(db, 'eventMonths', async (connection) => {
    const turned = await turnRestIfFilled(connection, now);
    return turned + (await addMonths(connection, now, monthStart(now, months + 1)));
  });
  return made ?? 0;
}

async function turnRestIfFilled(connection: Db, now: Date): Promise<number> {
  const newest = await findNewestInRest(connection);
  if (newest === undefined) return 0;
  const from = (await listEventMonths(connection)).at(-1)?.until;
  // The coming month is in it: whatever is written until the last step must fit, also when that step comes days later.
  const until = monthStart(newest > now ? newest : now, 2);
  await lockBriefly(connection, async (tx) => await promiseRestFits(tx, from, until));
  await patiently(connection, async () => await proveRestFits(connection));
  await lockBriefly(connection, async (tx) => await turnRest(tx, tableName({ from, until }), from, until));
  return 1;
}

async function addMonths(connection: Db, now: Date, until: Date): Promise<number> {
  return await lockBriefly(connection, async (tx) => {
    let next = (await listEventMonths(tx)).at(-1)?.until ?? monthStart(now);
    let made = 0;
    for (; next < until; made++) {
      const month = { from: next, until: monthStart(next, 1) };
      await insertEventMonth(tx, tableName(month), month.from, month.until);
      next = month.until;
    }
    return made;
  });
}

function tableName(month: Parameters<typeof monthName>[0]): string {
  return `events_${monthName(month).replaceAll('-', '_')}`;
}
