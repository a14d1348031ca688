/**
 * Gives connections to the one server of several that can be written to, and finds the other one after a failover.
 *
 * A new connection is asked once whether its server is a standby. A server that is gone or has become a standby is left,
 * and the next one is tried in the same breath: whoever waits for a connection waits for one failover at most.
 */
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';

/** With one server there is nothing to choose, and nothing is asked. */
export function writablePool(pools: readonly pg.Pool[]): PostgresPool {
  const [only, ...others] = pools;
  if (only === undefined) throw new Error('a database needs an address');
  if (others.length === 0) return only;
  const proven = new WeakSet<object>();
  let present = 0;

  const connectTo = async (pool: pg.Pool): Promise<pg.PoolClient> => {
    const client = await pool.connect();
    if (proven.has(client)) return client;
    try {
      const answer = await client.query<{ standby: boolean }>('select pg_is_in_recovery() as standby');
      if (answer.rows[0]?.standby !== false) throw new StandbyError();
      proven.add(client);
      return client;
    } catch (error) {
      client.release(true);
      throw error;
    }
  };

  return {
    options: only.options,
    async connect() {
      const start = present;
      let fault: unknown;
      for (let tried = 0; tried < pools.length; tried++) {
        const place = (start + tried) % pools.length;
        const pool = pools[place];
        if (pool === undefined) continue;
        try {
          const client = await connectTo(pool);
          present = place;
          return client as unknown as PostgresPoolClient;
        } catch (error) {
          fault = error;
        }
      }
      throw fault;
    },
    async end() {
      await Promise.all(pools.map(async (pool) => await pool.end()));
    },
  };
}

/** Told with the code of "cannot connect now", so that everybody treats it as a database that is away. */
class StandbyError extends Error {
  override readonly name = 'StandbyError';
  readonly code = '57P03';
  constructor() {
    super('this server is a standby: nothing can be written there');
  }
}
