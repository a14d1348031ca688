/**
 * Makes an empty database for a drill and takes it away again: beside the real one on its server, or in memory.
 */
import pg from 'pg';
import { otherDatabase } from './connection-url.ts';
import { type OpenDatabase, openPglite, openPostgres } from './database.ts';

/** Names of scratch databases, and of the sessions that hold them. */
const SCRATCH_NAME = '^tontine_drill_[0-9a-f]+$';

/** `url` names a server on which databases may be made; without one the scratch lives in memory. */
export async function openScratch(url: string | undefined, name: string): Promise<OpenDatabase> {
  if (url === undefined) return await openPglite(undefined);
  if (!/^[a-z0-9_]+$/.test(name)) throw new Error(`${name} is no name for a scratch database`);
  // It stays until the end: by its name others see that this scratch is somebody's.
  const holder = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    application_name: name,
  });
  // A lost connection shows where the next statement is sent.
  holder.on('error', () => undefined);
  await holder.connect();
  try {
    await dropAbandoned(holder);
    await holder.query(`create database ${name} template template0`);
  } catch (error) {
    await holder.end();
    throw error;
  }
  const open = openPostgres(otherDatabase(url, name), { onError: () => undefined, connections: 2 });
  return {
    ...open,
    close: async () => {
      try {
        await open.close();
        await holder.query(`drop database if exists ${name} with (force)`);
      } finally {
        await holder.end();
      }
    },
  };
}

/** A drill that was killed leaves a copy of the books on the server: whoever makes the next scratch takes it away. */
async function dropAbandoned(holder: pg.Client): Promise<void> {
  const left = await holder.query<{ name: string }>(
    `select d.datname as name from pg_database d join pg_roles r on r.oid = d.datdba
     where r.rolname = current_user and d.datname ~ $1 and not exists
       (select 1 from pg_stat_activity a where a.application_name = d.datname or a.datname = d.datname)`,
    [SCRATCH_NAME],
  );
  for (const { name } of left.rows) await holder.query(`drop database if exists ${name}`);
}
