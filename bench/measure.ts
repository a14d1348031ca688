/**
 * Measures: callers that each wait for their own answer (closed loop), and work that arrives on a schedule (open loop).
 *
 * In the open loop the time counts from the schedule and not from the call: a system that stalls cannot hide the people
 * who came meanwhile.
 */
import { setTimeout as moment } from 'node:timers/promises';

export interface Measured {
  /** Units of work done in one second. */
  readonly perSecond: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
  /** Work that was turned away; nothing in a healthy run. */
  readonly refused: number;
  /** What a cell counted that is not a speed: bytes, seconds, hundredths. */
  readonly figure?: number;
}

/** A cell that counted something once. */
export function counted(figure: number): Measured {
  return { perSecond: 0, p50_ms: 0, p99_ms: 0, refused: 0, figure };
}

/** Lets time pass: for work that arrives on a schedule, and for looking again. */
export async function pause(duration_ms: number): Promise<void> {
  if (duration_ms > 0) await moment(duration_ms);
}

/** Does one unit of work; says how many it did, 0 when it was refused. */
export type Work = (caller: number) => Promise<number>;

export async function closedLoop(callers: number, seconds: number, work: Work): Promise<Measured> {
  const start = performance.now();
  const end = start + seconds * 1000;
  const times: number[] = [];
  let done = 0;
  let refused = 0;
  const caller = async (place: number): Promise<void> => {
    for (let before = performance.now(); before < end; ) {
      const count = await work(place);
      const after = performance.now();
      times.push(after - before);
      if (count === 0) refused += 1;
      done += count;
      before = after;
    }
  };
  await Promise.all(Array.from({ length: callers }, async (_, place) => await caller(place)));
  return measured(done, performance.now() - start, times, refused);
}

export async function openLoop(perSecond: number, seconds: number, work: Work): Promise<Measured> {
  const start = performance.now();
  const wanted = Math.round(perSecond * seconds);
  const times: number[] = [];
  const running: Promise<void>[] = [];
  let done = 0;
  let refused = 0;
  const one = async (place: number): Promise<void> => {
    const due = start + (place * 1000) / perSecond;
    const count = await work(place);
    times.push(performance.now() - due);
    if (count === 0) refused += 1;
    done += count;
  };
  for (let sent = 0; sent < wanted; ) {
    const due = Math.min(wanted, Math.floor(((performance.now() - start) * perSecond) / 1000));
    for (; sent < due; sent++) running.push(one(sent));
    await moment(1);
  }
  await Promise.all(running);
  return measured(done, performance.now() - start, times, refused);
}

/** Puts together what was timed; the times need no order. */
export function measured(done: number, took_ms: number, times: number[], refused: number): Measured {
  times.sort((left, right) => left - right);
  return {
    perSecond: (done * 1000) / took_ms,
    p50_ms: percentile(times, 0.5),
    p99_ms: percentile(times, 0.99),
    refused,
  };
}

/** The value below which this share of the sorted values lies; 0 of nothing. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[sorted.length / 2 - 1] ?? 0) + upper) / 2;
}
