/**
 * Starts the bare server (`bare-server.ts`) as a process of its own.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endWithMe } from './end-early.ts';
import type { SentQuery } from './record-queries.ts';

export interface BareProcess {
  readonly url: string;
  close(): Promise<void>;
}

export async function startBare(
  databaseUrl: string,
  queries: readonly SentQuery[] = [],
): Promise<BareProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'tontine-bare-'));
  const file = join(folder, 'settings.json');
  await writeFile(file, JSON.stringify({ databaseUrl, queries }));
  const program = join(import.meta.dirname, 'bare-server.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const ending = endWithMe(child.pid ?? 0);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()));
    child.once('exit', (code) => reject(new Error(`the bare server ended with ${code}`)));
  });
  return {
    url,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
      ending.forget();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
