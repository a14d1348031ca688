/**
 * Is the command `npm run bench`: measures the product and what it is compared with, interleaved on one PostgreSQL.
 *
 * Only ratios within one round are judged, because a machine is never as fast as it was a minute ago. The last line is
 * `N goals, M met, K missed`; `bench/results/latest.json` has everything. A run after which the books do not balance is
 * a failure whatever its speed.
 */
import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { invariant } from '../src/ground/refusal.ts';
import { startServer, withDatabase } from '../src/ground/testing/postgres-server.ts';
import { endEarly } from './end-early.ts';
import { ledgerGoals } from './judged-goal.ts';
import { describeMachine, doubtsAbout, readCpuTimes, stealPercent } from './machine.ts';
import { PRODUCT_GOALS } from './product-goals.ts';
import { judgeRounds, lastLine, table } from './report.ts';
import { readResults, writeDocument, writeResults } from './results.ts';
import { runRounds } from './rounds.ts';
import type { BenchOptions, BenchWorld } from './section.ts';
import { chooseCells, SECTIONS } from './sections.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    'full-for': { type: 'string', default: '' },
    pgledger: { type: 'string' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    list: { type: 'boolean', default: false },
    'write-doc': { type: 'boolean', default: false },
    'even-below': { type: 'boolean', default: false },
    results: { type: 'string', default: 'bench/results/latest.json' },
    'from-results': { type: 'boolean', default: false },
  },
});

/** Durable in every way, and with room enough that a round is not about checkpoints; every section has its connections. */
const SETTINGS = [
  'shared_buffers=1GB',
  'max_wal_size=8GB',
  'jit=off',
  'checkpoint_timeout=30min',
  'max_connections=400',
];
const options: BenchOptions = {
  rounds: Number(values.rounds ?? (values.quick ? 2 : 3)),
  seconds: Number(values.seconds ?? (values.quick ? 1 : 5)),
  quick: values.quick,
  full: values.full
    ? SECTIONS.map(({ name }) => name)
    : values['full-for'].split(',').filter((name) => name !== ''),
  pgledger: values.pgledger,
};
const GOALS = [...ledgerGoals(), ...PRODUCT_GOALS];

if (values['from-results']) {
  await writeDocument(await readResults(values.results));
} else if (values.list) {
  for (const { name, cells } of SECTIONS) process.stdout.write(`${name}: ${cells.join(' ')}\n`);
} else {
  process.exitCode = await bench();
}

async function bench(): Promise<number> {
  const unknown = options.full.find((name) => !SECTIONS.some((section) => section.name === name));
  invariant(unknown === undefined, `no section is called ${unknown}; --list tells them all`);
  const chosen = chooseCells(positionals, SECTIONS, GOALS);
  invariant(chosen.size > 0, `no cell has ${positionals.join(' or ')} in its name; --list tells them all`);
  const sections = SECTIONS.filter(({ cells }) => cells.some((cell) => chosen.has(cell)));
  if (sections.some(({ needsBuild }) => needsBuild === true)) {
    execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
  }
  const server = await startServer(SETTINGS);
  endEarly(async () => await server.stop());
  const admin = new pg.Client({ connectionString: server.url });
  try {
    await admin.connect();
    const world: BenchWorld = {
      server,
      settings: SETTINGS,
      options,
      say: (text) => process.stdout.write(`${text}\n`),
      database: async (name) => {
        await admin.query(`create database ${name}`);
        return withDatabase(server.url, name);
      },
    };
    const before = readCpuTimes();
    const { rounds, notes, took_s } = await runRounds(world, sections, chosen, async () => {
      await admin.query('checkpoint');
    });
    const steal_percent = stealPercent(before, readCpuTimes());
    const rows = judgeRounds(GOALS, rounds, notes);
    const bank = rounds.get('anchor-tpcb')?.map(({ perSecond }) => perSecond) ?? [];
    const doubts = doubtsAbout(bank, steal_percent);
    const { rows: versions } = await admin.query<{ server_version: string }>('show server_version');
    const results = {
      machine: describeMachine(),
      postgres: versions[0]?.server_version ?? '',
      settings: SETTINGS,
      // Where pgledger's file lies is nobody's business but this machine's.
      options: {
        ...options,
        pgledger: options.pgledger === undefined ? undefined : basename(options.pgledger),
      },
      took_s,
      steal_percent,
      doubts,
      cells: Object.fromEntries(rounds),
      notes,
      rows,
    };
    await writeResults(values.results, results);
    if (values['write-doc']) await writeDocument(results);
    process.stdout.write(`${table(rows)}\n`);
    for (const doubt of doubts) process.stdout.write(`NOT A QUIET RUN: ${doubt}\n`);
    process.stdout.write(`${lastLine(rows)}\n`);
    return rows.some((row) => row.belowFloor) && !values['even-below'] ? 1 : 0;
  } finally {
    await admin.end().catch(() => undefined);
    await server.stop();
  }
}
