/**
 * Tries the database: is it there, is it one that may hold money, is its schema ours.
 */
import type { GroundSettings } from '../../../ground/configuration.ts';
import type { OpenDatabase } from '../../../ground/postgres/database.ts';
import { examineServer, type ServerFacts } from '../../../ground/postgres/examine-server.ts';
import { countMissingMigrations } from '../../../ground/postgres/migrate.ts';
import type { Check } from '../check.ts';

const OLDEST_VERSION = 15;

/** What went wrong with a database, without its address: that has a password in it. */
export function databaseAway(error: unknown): Check {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const cures: Readonly<Record<string, string>> = {
    '28P01': 'the password in DATABASE_URL is wrong',
    '28000': 'the server does not let this user in from here: see its pg_hba.conf',
    '3D000': 'the database does not exist: createdb makes it',
    ECONNREFUSED: 'nothing listens there: start PostgreSQL, or correct host and port in DATABASE_URL',
    ENOTFOUND: 'the host in DATABASE_URL has no address',
  };
  return {
    name: 'database',
    state: 'red',
    seen: `not reached (${code || (error instanceof Error ? error.name : 'no reason')})`,
    cure: cures[code] ?? 'start PostgreSQL, and compare DATABASE_URL with it',
  };
}

export function judgeServer(facts: ServerFacts, ground: GroundSettings): Check {
  const seen = `PostgreSQL ${facts.majorVersion}, ${facts.connections} of ${facts.mostConnections} connections, ${facts.standbys} standby`;
  const bad = (cure: string): Check => ({ name: 'database', state: 'red', seen, cure });
  if (facts.majorVersion < OLDEST_VERSION) return bad(`version ${OLDEST_VERSION} or newer is needed`);
  if (facts.isReadOnly) {
    return bad(
      'this is a standby: name every host in DATABASE_URL and end it with target_session_attrs=read-write',
    );
  }
  if (!facts.isDurable)
    return bad('fsync and synchronous_commit must be on: commits would be lost with the power');
  if (facts.connections > facts.mostConnections * 0.9) {
    return bad('nearly all connections are taken: raise max_connections, or lower DATABASE_CONNECTIONS');
  }
  if (ground.MODE === 'production' && facts.synchronousStandbys === 0) {
    return {
      name: 'database',
      state: 'amber',
      seen: `${seen}, none of them synchronous`,
      cure: 'if this disk dies, what came after the last backup is gone: see docs/SCALING.md for a standby',
    };
  }
  return { name: 'database', state: 'green', seen };
}

export async function* tryDatabase(open: OpenDatabase, ground: GroundSettings): AsyncGenerator<Check> {
  if (open.engine === 'postgres') {
    try {
      yield judgeServer(await examineServer(open.db), ground);
    } catch (error) {
      yield databaseAway(error);
      return;
    }
  } else {
    yield {
      name: 'database',
      state: 'amber',
      seen: 'embedded, for trying out only',
      cure: 'set DATABASE_URL before real people come',
    };
  }
  const missing = await countMissingMigrations(open.db);
  yield missing === 0
    ? { name: 'migrations', state: 'green', seen: 'the schema is the one of this version' }
    : {
        name: 'migrations',
        state: 'red',
        seen: `${missing} have not run`,
        cure: 'npm run migrate, or start the product: it migrates by itself',
      };
}
