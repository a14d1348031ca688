/**
 * Reads all figures; when the database is away that is the one figure there is.
 */
import { examineMonths } from '../../ground/archive/examine-months.ts';
import { after, type Clock, HOUR_MS, MINUTE_MS } from '../../ground/clock.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { isDatabaseAway } from '../../ground/postgres/in-transaction.ts';
import { examineQueue } from '../../ground/queue/examine-queue.ts';
import { listReach } from '../now/board.rows.ts';
import type { Figure } from './figure.ts';
import { listFigures } from './figures.rows.ts';

const REACH_MS = 10 * MINUTE_MS;

export async function readFigures(db: Db, clock: Clock): Promise<Figure[]> {
  const now = clock.now();
  const plain = (name: Figure['name'], value: number): Figure => ({ name, labels: {}, value });
  try {
    const [figures, queue, breakers, months] = await Promise.all([
      listFigures(db, now),
      examineQueue(db, now),
      readBreakers(db, now),
      readMonths(db, now),
    ]);
    const proven = queue?.lastProofAt;
    return [
      plain('tontine_database_up', 1),
      ...figures,
      ...breakers,
      ...months,
      plain('tontine_queue_waiting', queue?.waiting ?? 0),
      plain('tontine_queue_failed_day', queue?.failed ?? 0),
      ...(proven === undefined
        ? []
        : [
            plain('tontine_queue_last_proof_seconds', Math.max(0, (now.getTime() - proven.getTime()) / 1000)),
          ]),
    ];
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    return [plain('tontine_database_up', 0)];
  }
}

/** Whatever is named `of`, so that an alarm rule finds both tables in one figure. */
async function readMonths(db: Db, now: Date): Promise<Figure[]> {
  return (await examineMonths(db, now)).flatMap(({ kind: of, ahead, oldestUnarchivedAt: since }) => [
    ...(ahead === undefined ? [] : [{ name: 'tontine_months_ahead' as const, labels: { of }, value: ahead }]),
    {
      name: 'tontine_month_unarchived_seconds' as const,
      labels: { of },
      value: since === undefined ? 0 : (now.getTime() - since.getTime()) / 1000,
    },
  ]);
}

/** Breakers live in processes that nobody can ask; the instructions they kept back tell. Both directions always have a figure. */
async function readBreakers(db: Db, now: Date): Promise<Figure[]> {
  const rows = await listReach(db, { askedSince: after(now, -HOUR_MS), since: after(now, -REACH_MS) });
  return (['in', 'out'] as const).map((direction) => {
    const row = rows.find((one) => one.direction === direction);
    const keptBack = row?.last_held_back ?? null;
    const answered = row?.last_answered ?? null;
    const open = keptBack !== null && (answered === null || answered < keptBack);
    return { name: 'tontine_breaker_open', labels: { direction }, value: open ? 1 : 0 };
  });
}
