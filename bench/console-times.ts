/**
 * Measures what each page and each search of the console costs on the history that is in a trial database:
 * `npm run seed -- --payments 1000000`, then `npm run console-times`.
 *
 * Each question is asked once to warm up and five times to be measured; the median is told, with the indexes that its plans
 * go by. It ends with 1 when a plan walks a large table.
 */
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { trueChance } from '../src/ground/chance.ts';
import { groundSettings, readSettings } from '../src/ground/configuration.ts';
import type { Db } from '../src/ground/postgres/database.ts';
import { openSealKeys } from '../src/ground/seal/open-seal-keys.ts';
import { VaultPlugin } from '../src/ground/seal/vault-of.ts';
import { type ConsoleQuestion, listConsoleQuestions } from './console-questions.ts';
import { type Explained, indexesIn, isWalk, openExplained } from './explain-asked.ts';
import { describeMachine } from './machine.ts';
import { writeSection } from './results.ts';

const TIMES = 5;

const { values } = parseArgs({ options: { 'write-doc': { type: 'boolean', default: false } } });
const settings = readSettings(groundSettings, process.env);
if (settings.DATABASE_URL === undefined) {
  process.stderr.write('DATABASE_URL must name the PostgreSQL that has the history.\n');
  process.exit(1);
}
const explained = openExplained(settings.DATABASE_URL, [
  new VaultPlugin(() => openSealKeys(settings, trueChance)),
]);
try {
  const { size, until, groupId } = await readHistory(explained.db);
  const rows: string[] = [];
  for (const question of await listConsoleQuestions(explained.db, { until, groupId })) {
    const row = await rowOf(explained, question);
    process.stdout.write(`${row}\n`);
    rows.push(row);
  }
  const head = '| asked | statements | median | longest | goes by |\n|---|---|---|---|---|';
  const { cores, processor, memory, node } = describeMachine();
  const where = `${cores} cores (${processor}), ${memory}, Node ${node}; database and reader on the same cores. ${size}.`;
  if (values['write-doc'])
    await writeSection('console', ['', where, '', head, ...rows, ''].join('\n'), 'npm run console-times');
  else process.stdout.write(`${size}\n`);
} finally {
  await explained.close();
}

async function readHistory(
  db: Db,
): Promise<{ readonly size: string; readonly until: Date; readonly groupId: string }> {
  const found = await sql<{
    payments: bigint;
    transfers: bigint;
    tontines: bigint;
    newest: Date | null;
    first: string | null;
    version: string;
  }>`select (select count(*) from payments) as payments, (select coalesce(max(seq), 0) from fences) as transfers,
      (select count(*) from groups) as tontines, (select max(created_at) from payments) as newest,
      (select min(id) from groups) as first,
      current_setting('server_version') || ' (shared_buffers=' || current_setting('shared_buffers') || ')' as version`.execute(
    db,
  );
  const { payments = 0n, transfers = 0n, tontines = 0n, newest, first, version = '' } = found.rows[0] ?? {};
  if (!newest || !first) throw new Error('there is no history: npm run seed -- --payments 1000000');
  const [paid, moved, groups] = [payments, transfers, tontines].map((count) => count.toLocaleString('en'));
  const size = `PostgreSQL ${version} with ${paid} payments, ${moved} transfers and ${groups} tontines`;
  return { size, until: newest, groupId: first };
}

async function rowOf(on: Explained, { name, ask }: ConsoleQuestion): Promise<string> {
  const asked = await on.explain(async () => await ask(on.db));
  const times_ms: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const started_ms = performance.now();
    await ask(on.db);
    times_ms.push(performance.now() - started_ms);
  }
  times_ms.sort((a, b) => a - b);
  const [median = 0, longest = 0] = [times_ms[Math.floor(TIMES / 2)], times_ms.at(-1)];
  const walks = asked.filter(isWalk);
  for (const { sql: text, plan } of walks) {
    process.stderr.write(`${text}\n${plan}\n\n`);
    process.exitCode = 1;
  }
  // The journal has a part for each month, and each of them the same indexes.
  const indexes = asked.flatMap(indexesIn).map((index) => index.replace(/_\d{4}_\d{2}_/, '_…_'));
  const by =
    walks.length > 0 ? '✗ walks a large table' : [...new Set(indexes)].map((one) => `\`${one}\``).join(' ');
  return `| ${name} | ${asked.length} | ${median.toFixed(1)} ms | ${longest.toFixed(1)} ms | ${by} |`;
}
