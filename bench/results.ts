/**
 * Keeps what a run found: all of it as JSON, and the table for people in `docs/PERFORMANCE.md`.
 *
 * The table in the document is made from the JSON by this program and stands between two marks, so that nobody types a
 * figure and its form cannot drift.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Measured } from './measure.ts';
import { projectionText } from './projection.ts';
import { type JudgedRow, lastLine, valueText } from './report.ts';
import type { BenchOptions } from './section.ts';

export interface Results {
  readonly machine: Readonly<Record<string, string>>;
  readonly postgres: string;
  readonly settings: readonly string[];
  readonly options: BenchOptions;
  readonly took_s: number;
  /** Hundredths of the processor that the host gave to others; absent where that cannot be known. */
  readonly steal_percent: number | undefined;
  /** Why the run is no basis for a judgement; empty when it was quiet. */
  readonly doubts: readonly string[];
  readonly cells: Readonly<Record<string, readonly Measured[]>>;
  readonly notes: Readonly<Record<string, string>>;
  readonly rows: readonly JudgedRow[];
}

const DOCUMENT = 'docs/PERFORMANCE.md';

export async function writeResults(file: string, results: Results): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(results, undefined, 2)}\n`);
}

export async function readResults(file: string): Promise<Results> {
  return JSON.parse(await readFile(file, 'utf8')) as Results;
}

export async function writeDocument(results: Results): Promise<void> {
  const text = await readFile(DOCUMENT, 'utf8');
  const withTable = withSection(text, 'table', tableText(results));
  await writeFile(DOCUMENT, withSection(withTable, 'projection', projectionText(results.cells)));
}

/** Puts what another command measured into its place in the document. */
export async function writeSection(name: string, content: string, command: string): Promise<void> {
  await writeFile(DOCUMENT, withSection(await readFile(DOCUMENT, 'utf8'), name, content, command));
}

/** The text with what stands between two marks replaced. Throws when the document has no such marks. */
export function withSection(text: string, name: string, content: string, command = 'npm run bench'): string {
  const begin = `<!-- ${name}: made by ${command} -- --write-doc -->`;
  const end = `<!-- end of ${name} -->`;
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the document has no place for the ${name}: ${begin} … ${end}`);
  return `${text.slice(0, from)}${begin}\n${content}\n${text.slice(to)}`;
}

/** The run in a paragraph, then every goal as a row. */
export function tableText(results: Results): string {
  const { machine, postgres, settings, options, took_s, doubts, rows } = results;
  const head = [
    `${machine.cores} cores (${machine.processor}), ${machine.memory}; PostgreSQL ${postgres} (${settings.join(', ')}),`,
    `Node ${machine.node}; ${options.rounds} rounds of ${options.seconds} s a cell, ${Math.round(took_s / 60)} minutes in all.`,
    ...doubts.map((doubt) => `**Not a quiet run**: ${doubt}.`),
  ].join('\n');
  const lines = rows.map(rowText);
  const titles = ['measure', 'measured', 'against', 'ratio', 'in the rounds', 'floor', 'goal', 'stretch', ''];
  return [
    '',
    head,
    '',
    `| ${titles.join(' | ')} |`,
    `|${'---|'.repeat(titles.length)}`,
    ...lines,
    '',
    lastLine(rows),
    '',
    ...costText(results),
  ].join('\n');
}

/** What a thousand payments cost, when that was measured. */
function costText({ cells, notes }: Results): string[] {
  const [cpu, wal, disk] = ['cost-cpu', 'cost-wal', 'cost-disk'].map((name) => cells[name]?.at(-1)?.figure);
  if (cpu === undefined) return [];
  const note = notes['cost-cpu'] === undefined ? '' : ` (${notes['cost-cpu']})`;
  const rest =
    wal === undefined || disk === undefined
      ? ''
      : `, ${wal.toFixed(1)} MB of write-ahead log, ${disk.toFixed(1)} MB on disk`;
  return [
    `A thousand recharges cost ${cpu.toFixed(1)} s of processor time, database included${rest}${note}.`,
    '',
  ];
}

function rowText(row: JudgedRow): string {
  const verdict = row.met ? '✓ met' : row.belowFloor ? '✗ **below the floor**' : '– missed';
  const cells = [
    row.note === undefined ? row.name : `${row.name} (${row.note})`,
    valueText(row.value, row.unit),
    row.against === '' ? '' : `\`${row.against}\``,
    row.against === '' ? '' : row.ratio.toFixed(2),
    `${row.lowest.toFixed(2)}–${row.highest.toFixed(2)}`,
    String(row.floor),
    String(row.goal),
    row.stretch === undefined ? '' : String(row.stretch),
    verdict,
  ];
  return `| ${cells.join(' | ')} |`;
}
