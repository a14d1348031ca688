/**
 * Reads all figures; when the database is away that is the one figure there is.
 */
import type { Clock } from '../../ground/clock.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { isDatabaseAway } from '../../ground/postgres/in-transaction.ts';
import { examineQueue } from '../../ground/queue/examine-queue.ts';
import type { Figure } from './figure.ts';
import { listFigures } from './figures.rows.ts';

export async function readFigures(db: Db, clock: Clock): Promise<Figure[]> {
  const now = clock.now();
  const plain = (name: Figure['name'], value: number): Figure => ({ name, labels: {}, value });
  try {
    const [figures, queue] = await Promise.all([listFigures(db, now), examineQueue(db, now)]);
    const proven = queue?.lastProofAt;
    return [
      plain('tontine_database_up', 1),
      ...figures,
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
