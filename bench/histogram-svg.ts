/**
 * Draws latencies as pictures: one row of bars a step, on one logarithmic axis, readable without colour.
 *
 * Every row says in words what it shows, and the median and the 99th percentile are lines of two different kinds with
 * their figures beside them.
 */
import type { Histogram } from './histogram.ts';

const WIDTH = 720;
const ROW = 96;
const LEFT = 16;
const BARS = 52;
const AXIS = 40;
const TICKS_MS = [1, 10, 100, 1_000, 10_000, 100_000];

export interface LatencyRow {
  readonly name: string;
  readonly histogram: Histogram;
}

export function latencySvg(title: string, rows: readonly LatencyRow[]): string {
  const filled = rows.filter(({ histogram }) => histogram.count > 0);
  const longest_ms = Math.max(10, ...filled.map(({ histogram }) => histogram.longest_ms));
  const x = (duration_ms: number): number => {
    const share = Math.log10(Math.max(1, duration_ms)) / Math.log10(longest_ms);
    return LEFT + Math.min(1, share) * (WIDTH - 2 * LEFT);
  };
  const height = 40 + filled.length * ROW + AXIS;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="sans-serif">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="${LEFT}" y="24" font-size="16" font-weight="bold">${escaped(title)}</text>`,
    ...filled.map((row, place) => rowSvg(row, 40 + place * ROW, x)),
    axisSvg(40 + filled.length * ROW, longest_ms, x),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

function rowSvg({ name, histogram }: LatencyRow, top: number, x: (ms: number) => number): string {
  const buckets = histogram.buckets();
  const most = Math.max(...buckets.map(({ count }) => count));
  const base = top + 24 + BARS;
  const bars = buckets
    .filter(({ count }) => count > 0)
    .map(({ from_ms, to_ms, count }) => {
      // One alone must still be seen.
      const height = Math.max(1.5, (BARS * count) / most);
      const [from, to] = [x(from_ms), x(to_ms)];
      return `<rect x="${round(from)}" y="${round(base - height)}" width="${round(Math.max(1, to - from - 0.5))}" height="${round(height)}" fill="#345"/>`;
    });
  const [p50_ms, p99_ms] = [histogram.percentile(0.5), histogram.percentile(0.99)];
  const said = `${name}: ${histogram.count} times, half within ${msText(p50_ms)}, 99 of 100 within ${msText(p99_ms)}, the longest ${msText(histogram.longest_ms)}`;
  return [
    `<text x="${LEFT}" y="${top + 14}" font-size="12">${escaped(said)}</text>`,
    ...bars,
    `<line x1="${LEFT}" x2="${WIDTH - LEFT}" y1="${base}" y2="${base}" stroke="#000" stroke-width="0.5"/>`,
    markSvg(x(p50_ms), top + 20, base, '', 'p50'),
    // Lower, so that the two can be told apart where they meet.
    markSvg(x(p99_ms), top + 31, base, ' stroke-dasharray="4 3"', 'p99'),
  ].join('\n');
}

function markSvg(at: number, top: number, base: number, dashes: string, name: string): string {
  return [
    `<line x1="${round(at)}" x2="${round(at)}" y1="${top}" y2="${base + 4}" stroke="#000"${dashes}/>`,
    `<text x="${round(Math.min(at + 3, WIDTH - 28))}" y="${top + 8}" font-size="9">${name}</text>`,
  ].join('\n');
}

function axisSvg(top: number, longest_ms: number, x: (ms: number) => number): string {
  return TICKS_MS.filter((tick_ms) => tick_ms <= longest_ms)
    .map(
      (tick_ms) =>
        `<line x1="${round(x(tick_ms))}" x2="${round(x(tick_ms))}" y1="${top}" y2="${top + 6}" stroke="#000"/><text x="${round(x(tick_ms))}" y="${top + 20}" font-size="11" text-anchor="middle">${msText(tick_ms)}</text>`,
    )
    .join('\n');
}

export function msText(duration_ms: number): string {
  if (duration_ms >= 1000) return `${round(duration_ms / 1000)} s`;
  return `${duration_ms >= 10 ? Math.round(duration_ms) : round(duration_ms)} ms`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
