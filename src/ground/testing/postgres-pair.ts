/**
 * Starts two PostgreSQL servers, the second a synchronous standby of the first, as a production with a standby has them.
 *
 * The standby begins as a copy of the files of the first one before it was ever started: that needs no program which the
 * package does not have.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { type Launched, prepareServer, serversFolder } from './postgres-server.ts';

export interface ServerPair {
  /** Names both hosts. */
  readonly url: string;
  readonly primary: Launched;
  readonly standby: Launched;
  /** Makes the standby the primary; resolves when it can be written to. */
  promote(): Promise<void>;
  stop(): Promise<void>;
}

const STANDBY_NAME = 'tontine_standby';

/** `settings` are added to the configuration of both, such as `shared_buffers=1GB`. */
export async function startPair(settings: readonly string[] = []): Promise<ServerPair> {
  const parent = serversFolder();
  const primary = await prepareServer(parent, 'primary', [
    `synchronous_standby_names=${STANDBY_NAME}`,
    ...settings,
  ]);
  const standby = await prepareServer(parent, 'standby', settings);
  await primary.initialise();
  execFileSync('cp', ['-a', primary.folder, standby.folder]);
  const follow = `host=127.0.0.1 port=${primary.port} user=postgres password=postgres application_name=${STANDBY_NAME}`;
  appendFileSync(join(standby.folder, 'postgresql.auto.conf'), `primary_conninfo = '${follow}'\n`);
  writeFileSync(join(standby.folder, 'standby.signal'), '');
  await primary.start();
  await standby.start();
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${primary.port},127.0.0.1:${standby.port}/postgres?target_session_attrs=read-write`,
    primary,
    standby,
    promote: async () => {
      const client = new pg.Client({ connectionString: standby.url });
      await client.connect();
      await client.query('select pg_promote(true, 60)');
      await client.end();
    },
    stop: async () => {
      await primary.pause();
      await standby.pause();
      await rm(parent, { recursive: true, force: true });
    },
  };
}
