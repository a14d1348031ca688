/**
 * Starts the built product as the process that serves pages and takes callbacks, and speaks to it over many connections.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { seededChance } from '../src/ground/chance.ts';
import { systemClock } from '../src/ground/clock.ts';
import { makeIds } from '../src/ground/identifiers.ts';
import type { Db } from '../src/ground/postgres/database.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import { openSession } from '../src/people/open-session.ts';
import { insertPerson } from '../src/people/person.rows.ts';
import { type ProductProcess, startProcess } from '../stories/world/product-process.ts';
import { endWithMe } from './end-early.ts';
import { MEASURED_SEAL_KEY } from './open-measured.ts';

/** Known here, so that callbacks can be signed as the provider signs them. */
export const WEBHOOK_SECRET = 'a webhook secret for measuring only';

export interface WebProcess {
  readonly process: ProductProcess;
  /** What the process was started with. */
  readonly variables: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** `more` wins over what every measured process gets; a provider that is never asked is named when none is. */
export async function startWeb(
  databaseUrl: string,
  more: Readonly<Record<string, string>> = {},
): Promise<WebProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'tontine-bench-'));
  const variables = {
    DATABASE_URL: databaseUrl,
    DATA_DIR: folder,
    PORT: '0',
    ROLE: 'web',
    LOG_LEVEL: 'fatal',
    NODE_ENV: 'production',
    // One machine asks for everybody here: what slows down a single caller would be all that is measured.
    REQUESTS_PER_MINUTE: '100000000',
    TRUST_PROXY: '1',
    SECRET_KEY: 'a secret that signs nothing but what is measured',
    SEAL_KEYS: MEASURED_SEAL_KEY,
    GETMIPAY_API_URL: 'http://127.0.0.1:9/api/v1',
    GETMIPAY_API_KEY: 'sim_pk_for_measuring',
    GETMIPAY_SECRET_KEY: 'sim_sk_for_measuring',
    GETMIPAY_WEBHOOK_SECRET: WEBHOOK_SECRET,
    ...more,
  };
  const process = await startProcess(variables);
  const ending = endWithMe(process.pid);
  return {
    process,
    variables,
    close: async () => {
      await process.stop();
      ending.forget();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Gives people of the books a person and a login each; the cookies. */
export async function logIn(db: Db, personIds: readonly string[]): Promise<string[]> {
  const chance = seededChance('logins');
  const ground = {
    clock: systemClock,
    chance,
    ids: makeIds(systemClock, chance),
    queue: { enqueue: async () => undefined },
  };
  return await inTransaction(db, async (tx) => {
    const cookies: string[] = [];
    for (const [place, id] of personIds.entries()) {
      await insertPerson(tx, {
        id,
        phone: `+22507${String(10_000_000 + place)}`,
        country: 'CI',
        locale: 'fr',
        displayName: 'Awa Koné',
        createdAt: systemClock.now(),
      });
      const { token } = await openSession(tx, ground, { personId: id, origin: { ip: '127.0.0.1' } });
      cookies.push(`session=${token}`);
    }
    return cookies;
  });
}

/** Asks over as many connections as there are callers, and wants this answer each time. */
export function openLine(url: string, connections: number): Line {
  const pool = new Pool(new URL(url).origin, { connections, pipelining: 1 });
  return {
    ask: async (asked, wanted = 200) => {
      const { cookies, ...request } = asked;
      const answer = await pool.request({ method: asked.body === undefined ? 'GET' : 'POST', ...request });
      const set = [answer.headers['set-cookie'] ?? []].flat().map((one) => one.split(';')[0] ?? '');
      if (cookies !== undefined) cookies(set.join('; '));
      const text = await answer.body.text();
      if (answer.statusCode !== wanted) {
        throw new Error(`${asked.path} answered ${answer.statusCode}: ${plainText(text).slice(0, 300)}`);
      }
      return text;
    },
    close: async () => await pool.close(),
  };
}

export interface Asked {
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Told what the answer wants to be sent back with the next request. */
  readonly cookies?: (text: string) => void;
}

export interface Line {
  ask(asked: Asked, wanted?: number): Promise<string>;
  close(): Promise<void>;
}

/** What a page says, without its marks: why it was refused stands far behind its head. */
function plainText(html: string): string {
  const body = html.slice(Math.max(0, html.indexOf('<main')));
  return body
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
