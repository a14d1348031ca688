/**
 * Reads how much processor time and memory a process took, from `/proc`.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** What Linux counts processor time in, on every machine of today. */
const TICKS_PER_SECOND = 100;

export interface Usage {
  readonly cpu_s: number;
  readonly memory_bytes: number;
}

/** Nothing when the process is gone, or where there is no `/proc`. */
export function readUsage(pid: number): Usage | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return {
      cpu_s: cpuSecondsIn(stat),
      memory_bytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024,
    };
  } catch {
    // It has ended, which the caller sees by the missing answer.
    return undefined;
  }
}

/** User and system time, also of its children that have ended. The name may hold spaces, so it is cut off first. */
export function cpuSecondsIn(stat: string): number {
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const ticks = fields.slice(11, 15).reduce((sum, each) => sum + each, 0);
  return ticks / TICKS_PER_SECOND;
}

/** The process and all that it started, now. */
export function readFamilyCpu(pid: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const found = parentOf(Number(name));
    if (found !== undefined) parents.set(Number(name), found);
  }
  const family = [pid, ...[...parents].filter(([, parent]) => parent === pid).map(([child]) => child)];
  return family.reduce((sum, one) => sum + (readUsage(one)?.cpu_s ?? 0), 0);
}

export function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    // It ended between the listing and the look.
    return undefined;
  }
}
