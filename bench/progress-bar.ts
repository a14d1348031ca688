/**
 * Shows how far a long run is, and about how long it still takes.
 */
const WIDTH = 24;

/** `[██████░░…] 12/66  4 min left`, drawn from what is done, what there is and what it took so far. */
export function barText(done: number, all: number, elapsed_ms: number): string {
  const filled = all === 0 ? WIDTH : Math.round((WIDTH * done) / all);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
  const left_ms = done === 0 ? undefined : (elapsed_ms * (all - done)) / done;
  return `[${bar}] ${done}/${all}${left_ms === undefined ? '' : `  ${timeText(left_ms)} left`}`;
}

function timeText(duration_ms: number): string {
  const seconds = Math.round(duration_ms / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
