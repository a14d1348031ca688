/**
 * Asks a database server what it is, so that setup and the doctor can tell a wrong address from a wrong server.
 */
import { sql } from 'kysely';
import type { Reader } from './database.ts';

export interface ServerFacts {
  /** Such as 18 for 18.4. */
  readonly majorVersion: number;
  /** True on a standby: nothing can be written there. */
  readonly isReadOnly: boolean;
  /** Whether commits are on disk when they are answered. */
  readonly isDurable: boolean;
  /** Standbys that stream from it at present. */
  readonly standbys: number;
  /** Those of them for which a commit waits. */
  readonly synchronousStandbys: number;
  /** Whether our role may make scratch databases, which a drill needs. */
  readonly mayCreateDatabases: boolean;
  /** Connections in use, and how many there can be. */
  readonly connections: number;
  readonly mostConnections: number;
}

export async function examineServer(reader: Reader): Promise<ServerFacts> {
  const answer = await sql<{
    version: number;
    standby: boolean;
    durable: boolean;
    standbys: number;
    synchronous: number;
    may_create: boolean;
    connections: number;
    most: number;
  }>`select current_setting('server_version_num')::int / 10000 as version,
    pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as standby,
    current_setting('fsync') = 'on' and current_setting('synchronous_commit') <> 'off' as durable,
    (select count(*)::int from pg_stat_replication) as standbys,
    (select count(*)::int from pg_stat_replication where sync_state in ('sync', 'quorum')) as synchronous,
    (select rolsuper or rolcreatedb from pg_roles where rolname = current_user) as may_create,
    (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
    current_setting('max_connections')::int as most`.execute(reader);
  const [row] = answer.rows;
  if (row === undefined) throw new Error('the server said nothing about itself');
  return {
    majorVersion: row.version,
    isReadOnly: row.standby,
    isDurable: row.durable,
    standbys: row.standbys,
    synchronousStandbys: row.synchronous,
    mayCreateDatabases: row.may_create,
    connections: row.connections,
    mostConnections: row.most,
  };
}
