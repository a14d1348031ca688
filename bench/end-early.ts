/**
 * Ends what a run has started when somebody ends the run: a benchmark that is broken off must not leave a database and
 * processes behind that disturb the next one.
 */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** As shells say that a program was ended by a signal. */
const ENDED_BY_SIGNAL = 130;

const started = new Set<number>();

/** Remembers a process that has to end with this one, until `forget` is called. */
export function endWithMe(pid: number): { forget(): void } {
  started.add(pid);
  return { forget: () => started.delete(pid) };
}

/** From here on a signal ends what was started, then calls `finish`, then ends this program. */
export function endEarly(finish: () => Promise<void>): void {
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      for (const pid of started) process.kill(pid, 'SIGKILL');
      void finish().finally(() => process.exit(ENDED_BY_SIGNAL));
    });
  }
}
