/**
 * Makes an empty database for a drill and takes it away again: beside the real one on its server, or in memory.
 */
import pg from 'pg';
import { otherDatabase } from './connection-url.ts';
import { type OpenDatabase, openPglite, openPostgres } from './database.ts';

/** `url` names a server on which databases may be made; without one the scratch lives in memory. */
export async function openScratch(url: string | undefined, name: string): Promise<OpenDatabase> {
  if (url === undefined) return await openPglite(undefined);
  if (!/^[a-z0-9_]+$/.test(name)) throw new Error(`${name} is no name for a scratch database`);
  await asAdmin(url, `create database ${name} template template0`);
  const open = openPostgres(otherDatabase(url, name), { onError: () => undefined, connections: 2 });
  return {
    ...open,
    close: async () => {
      await open.close();
      await asAdmin(url, `drop database if exists ${name} with (force)`);
    },
  };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}
