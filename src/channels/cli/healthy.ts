/**
 * Answers whether this process does its work, by exit code, for a container engine that asks every few seconds.
 *
 * A process with pages is asked for `/health`. One with jobs only listens nowhere: it is well when the workers of this
 * database have shown a sign of life lately.
 */
import './require-node.ts';

import { request } from 'undici';
import { systemClock } from '../../ground/clock.ts';
import { groundSettings, readSettings } from '../../ground/configuration.ts';
import { openDatabase } from '../../ground/postgres/open-database.ts';
import { examineQueue } from '../../ground/queue/examine-queue.ts';
import { channelSettings } from '../settings.ts';
import { judgeQueue } from './trial/try-jobs.ts';

const PATIENCE_MS = 4_000;

async function isServing(port: number): Promise<boolean> {
  const answer = await request(`http://127.0.0.1:${port}/health`, {
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  await answer.body.dump();
  return answer.statusCode === 200;
}

async function isWorking(): Promise<boolean> {
  const settings = readSettings(groundSettings, process.env);
  const open = await openDatabase({ ...settings, DATABASE_CONNECTIONS: 2 }, () => undefined);
  try {
    const now = systemClock.now();
    return judgeQueue(await examineQueue(open.db, now), now).state !== 'red';
  } finally {
    await open.close();
  }
}

try {
  const { ROLE: role } = readSettings(groundSettings, process.env);
  const { PORT: port } = readSettings(channelSettings, process.env);
  process.exit((await (role === 'worker' ? isWorking() : isServing(port))) ? 0 : 1);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.name : 'no reason'}\n`);
  process.exit(1);
}
