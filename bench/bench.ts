/**
 * Is the command `npm run bench`: measures the product and what it is compared with, interleaved on one PostgreSQL.
 *
 * Only ratios within one round are judged, because a machine is never as fast as it was a minute ago. The last line is
 * `N goals, M met, K missed`; `bench/results/latest.json` has everything. A run after which the books do not balance is
 * a failure whatever its speed.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { seededChance, trueChance } from '../src/ground/chance.ts';
import { systemClock } from '../src/ground/clock.ts';
import { openPostgres } from '../src/ground/postgres/database.ts';
import { migrate } from '../src/ground/postgres/migrate.ts';
import { openVault } from '../src/ground/seal/vault.ts';
import { VaultPlugin } from '../src/ground/seal/vault-of.ts';
import { startServer, withDatabase } from '../src/ground/testing/postgres-server.ts';
import { type Anchor, openPgledger, openTpcb } from './anchors.ts';
import type { CellName } from './goals.ts';
import { LEDGER_CELLS } from './ledger-cells.ts';
import type { Measured } from './measure.ts';
import { judgeRounds, type Rounds, table } from './report.ts';
import { expectSoundBooks, settleTown, type Town } from './town.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    pgledger: { type: 'string' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
  },
});

/** Durable in every way, and with room enough that a round is not about checkpoints. */
const SETTINGS = ['shared_buffers=1GB', 'max_wal_size=8GB', 'jit=off', 'checkpoint_timeout=30min'];
const rounds = Number(values.rounds ?? 3);
const seconds = Number(values.seconds ?? (values.quick ? 2 : 6));

const server = await startServer(SETTINGS);
try {
  process.exitCode = await bench();
} finally {
  await server.stop();
}

async function bench(): Promise<number> {
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  for (const name of ['bank', 'town', 'peer']) await admin.query(`create database ${name}`);
  const open = openPostgres(withDatabase(server.url, 'town'), {
    onError: () => undefined,
    connections: 8,
    plugins: [new VaultPlugin(() => openVault(['the seal key of every bench, of no host'], trueChance))],
  });
  await migrate(open.db, systemClock);
  const town = await settleTown(open.db);
  const anchors = await openAnchors();
  const wanted = (name: string): boolean =>
    positionals.length === 0 || positionals.some((part) => name.includes(part)) || name.startsWith('anchor');
  const measured: Rounds = new Map();
  for (let round = 1; round <= rounds; round++) {
    for (const [name, anchor] of anchors) await cell(name, async () => await anchor.measure(seconds));
    for (const [name, run] of cellsOf(town)) await cell(name, run);

    async function cell(name: CellName, run: () => Promise<Measured>): Promise<void> {
      if (!wanted(name)) return;
      await admin.query('checkpoint');
      const result = await run();
      measured.set(name, [...(measured.get(name) ?? []), result]);
      console.log(`round ${round}/${rounds}  ${name.padEnd(24)} ${line(result)}`);
    }
  }
  await expectSoundBooks(open.db);
  console.log('the books balance and the chain holds');
  const { rows: versions } = await admin.query<{ server_version: string }>('show server_version');
  for (const anchor of anchors.values()) await anchor.close();
  await open.close();
  await admin.end();
  const judged = judgeRounds(measured);
  console.log(table(judged));
  await mkdir('bench/results', { recursive: true });
  const found = {
    node: process.version,
    postgres: versions[0]?.server_version,
    settings: SETTINGS,
    rounds,
    seconds,
    anchors: Object.fromEntries([...anchors].map(([name, { by }]) => [name, by])),
    rows: judged,
  };
  await writeFile('bench/results/latest.json', `${JSON.stringify(found, undefined, 2)}\n`);
  const met = judged.filter((row) => row.met).length;
  console.log(`${judged.length} goals, ${met} met, ${judged.length - met} missed`);
  return judged.some((row) => row.belowFloor) ? 1 : 0;
}

async function openAnchors(): Promise<Map<CellName, Anchor>> {
  const chance = seededChance('anchors');
  const anchors = new Map<CellName, Anchor>();
  anchors.set('anchor-tpcb', await openTpcb(withDatabase(server.url, 'bank'), chance));
  if (values.pgledger === undefined) return anchors;
  const { random, hot } = await openPgledger(withDatabase(server.url, 'peer'), chance, values.pgledger);
  return anchors.set('anchor-pgledger-random', random).set('anchor-pgledger-hot', hot);
}

function cellsOf(town: Town): [CellName, () => Promise<Measured>][] {
  return Object.entries(LEDGER_CELLS).map(([name, cell]) => [
    name as CellName,
    async () => await cell(town, seconds),
  ]);
}

function line({ perSecond, p50_ms, p99_ms, refused }: Measured): string {
  const speed = `${Math.round(perSecond)}/s`.padStart(10);
  return `${speed}  p50 ${p50_ms.toFixed(1)} ms  p99 ${p99_ms.toFixed(1)} ms${refused > 0 ? `  ${refused} refused` : ''}`;
}
