/**
 * Tells machines whether this process can serve (`/health`), and what it has counted (`/metrics`).
 */
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Clock } from '../../ground/clock.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { countMissingMigrations } from '../../ground/postgres/migrate.ts';
import { readFigures } from '../../oversight/figures/read-figures.ts';
import type { Metrics } from './metrics.ts';

export function registerMonitoring(app: FastifyInstance, db: Db, clock: Clock, metrics: Metrics): void {
  app.get('/health', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    const database = await isReachable(db);
    const ready = database && (await countMissingMigrations(db)) === 0;
    return await reply.code(ready ? 200 : 503).send({ ready, database: database ? 'up' : 'down' });
  });
  app.get('/metrics', async (_request, reply) => {
    metrics.showFigures(await readFigures(db, clock));
    return await reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

async function isReachable(db: Db): Promise<boolean> {
  try {
    await sql`select 1`.execute(db);
    return true;
  } catch {
    // Whatever the reason, the answer is the same: not now.
    return false;
  }
}
