/**
 * Tells what the machine is and whether it was quiet: a run on a busy one says nothing about the product.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';

export interface CpuTimes {
  readonly steal: number;
  readonly total: number;
}

/** What the processors did since the machine started, in ticks; nothing where no `/proc` tells it. */
export function readCpuTimes(): CpuTimes | undefined {
  try {
    return parseCpuTimes(readFileSync('/proc/stat', 'utf8'));
  } catch {
    // Not Linux: whether somebody took the processor away cannot be known there, and the results say so.
    return undefined;
  }
}

/** The first line of `/proc/stat`: user, nice, system, idle, iowait, irq, softirq, steal, guest, guest_nice. */
export function parseCpuTimes(text: string): CpuTimes | undefined {
  const fields = /^cpu\s+([\d ]+)$/m.exec(text)?.[1]?.split(' ').map(Number);
  const steal = fields?.[7];
  if (fields === undefined || steal === undefined) return undefined;
  // Guest time is part of user time already.
  return { steal, total: fields.slice(0, 8).reduce((sum, ticks) => sum + ticks, 0) };
}

/** The share of processor time that the host gave to others between two readings, in hundredths. */
export function stealPercent(before: CpuTimes | undefined, after: CpuTimes | undefined): number | undefined {
  if (before === undefined || after === undefined || after.total <= before.total) return undefined;
  return (100 * (after.steal - before.steal)) / (after.total - before.total);
}

export function describeMachine(): Readonly<Record<string, string>> {
  return {
    cores: String(availableParallelism()),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    node: process.version,
  };
}

const MOST_SPREAD = 1.5;
const MOST_STEAL_PERCENT = 10;

/** Why a run is no basis for a judgement; empty when it was quiet. */
export function doubtsAbout(bank: readonly number[], steal_percent: number | undefined): string[] {
  const doubts: string[] = [];
  const spread = Math.max(...bank) / Math.min(...bank);
  if (bank.length > 1 && spread > MOST_SPREAD) {
    doubts.push(`the bank's own speed spread ${spread.toFixed(2)}× between rounds (at most ${MOST_SPREAD}×)`);
  }
  if (steal_percent !== undefined && steal_percent > MOST_STEAL_PERCENT) {
    doubts.push(`the host took ${steal_percent.toFixed(0)} % of the processor away (at most 10 %)`);
  }
  return doubts;
}
