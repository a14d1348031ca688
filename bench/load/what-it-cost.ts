/**
 * Says what a load cost and whom: the process with pages, the one that works, the database, and the people and the provider,
 * who are played by this process and share its cores.
 */
import { sql } from 'kysely';
import { parentOf, readFamilyCpu, readUsage } from '../process-usage.ts';
import type { LoadWorld } from './load-world.ts';

export interface Spent {
  readonly pages_s: number;
  readonly work_s: number;
  readonly database_s: number;
  readonly played_s: number;
}

const MEGABYTE = 1024 * 1024;

/** Processor time since each of them began. */
export async function readSpent({ open, web, worker }: LoadWorld): Promise<Spent> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(open.db);
  const postmaster = rows[0] === undefined ? undefined : parentOf(rows[0].pid);
  return {
    pages_s: readUsage(web.process.pid)?.cpu_s ?? 0,
    work_s: readUsage(worker.process.pid)?.cpu_s ?? 0,
    database_s: postmaster === undefined ? 0 : readFamilyCpu(postmaster),
    played_s: readUsage(process.pid)?.cpu_s ?? 0,
  };
}

/** Such as `processor time of a journey: 52 ms, of it pages 17, work 8, database 20, people and provider 7`. */
export function spentText(before: Spent, after: Spent, journeys: number): string {
  const of = (part: keyof Spent): number => ((after[part] - before[part]) * 1000) / journeys;
  const [pages, work, database, played] = [of('pages_s'), of('work_s'), of('database_s'), of('played_s')];
  const all = pages + work + database + played;
  const parts = `pages ${round(pages)}, work ${round(work)}, database ${round(database)}`;
  return `processor time of a journey: ${round(all)} ms, of it ${parts}, people and provider ${round(played)}`;
}

/** Such as `memory at the end: pages 180 MB, work 150 MB, people and provider 300 MB`. */
export function memoryText({ web, worker }: LoadWorld): string {
  const of = (pid: number): string => `${round((readUsage(pid)?.memory_bytes ?? 0) / MEGABYTE)} MB`;
  return `memory at the end: pages ${of(web.process.pid)}, work ${of(worker.process.pid)}, people and provider ${of(process.pid)}`;
}

function round(value: number): string {
  return value.toFixed(0);
}
