/**
 * Shows how far a run is: one line that redraws itself on a terminal, a line now and then elsewhere.
 */
export interface Progress {
  done: number;
  failed: number;
  /** Nothing when the run ends by the clock. */
  readonly wanted: number | undefined;
}

const WIDTH = 30;
const PLAIN_EVERY = 100;

export function showProgress(progress: Progress): { draw(): void; tell(text: string): void; end(): void } {
  const isTerminal = process.stdout.isTTY === true;
  const start_s = process.uptime();
  const line = (): string => {
    const speed = progress.done / Math.max(0.001, process.uptime() - start_s);
    const share = progress.wanted === undefined ? 0 : progress.done / progress.wanted;
    const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░');
    const of = progress.wanted === undefined ? '' : `/${progress.wanted}`;
    return `${bar} ${progress.done}${of} universes, ${progress.failed} failed, ${speed.toFixed(1)} universes/s`;
  };
  return {
    draw() {
      if (isTerminal) process.stdout.write(`\r${line()}`);
      else if (progress.done % PLAIN_EVERY === 0) console.log(line());
    },
    tell(text) {
      if (isTerminal) process.stdout.write('\r\u001b[K');
      console.log(text);
    },
    end() {
      if (isTerminal) process.stdout.write('\n');
      else console.log(line());
    },
  };
}
