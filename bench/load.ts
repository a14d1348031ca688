/**
 * Is the command `npm run load`: whole journeys of people through the product by HTTP, on a schedule, against the simulated
 * provider; and, as `npm run load -- evening`, the contribution evening, on which every group of a country pays in the same
 * ten minutes and the provider misbehaves.
 *
 * Everything runs on this machine's own addresses and is deleted afterwards. It fails when anything was lost, when a journey
 * did not reach its end, or when something waited beyond its schedule.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { systemClock } from '../src/ground/clock.ts';
import { migrate } from '../src/ground/postgres/migrate.ts';
import { startServer, withDatabase } from '../src/ground/testing/postgres-server.ts';
import { endEarly } from './end-early.ts';
import { type CpuProfile, flameSvg, foldProfile, ownTimeByPlace } from './flame.ts';
import { latencySvg, msText } from './histogram-svg.ts';
import { expectNothingLost, lookAtGroups, waitForQuiet } from './load/last-look.ts';
import { settlePeople } from './load/load-people.ts';
import { type LoadWorld, openLoadWorld } from './load/load-world.ts';
import { type Ran, runLoad } from './load/run-load.ts';
import { memoryText, readSpent, spentText } from './load/what-it-cost.ts';
import { openMeasured } from './open-measured.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    groups: { type: 'string' },
    members: { type: 'string', default: '12' },
    seconds: { type: 'string' },
    bad: { type: 'string' },
    withdraw: { type: 'string', default: '25' },
    seed: { type: 'string', default: 'load' },
    'light-pins': { type: 'boolean', default: false },
    svg: { type: 'string' },
    profile: { type: 'boolean', default: false },
    'write-doc': { type: 'boolean', default: false },
  },
});

const isEvening = positionals.includes('evening');
const wanted = {
  groups: Number(values.groups ?? (isEvening ? 20 : 3)),
  members: Number(values.members),
  seconds: Number(values.seconds ?? (isEvening ? 120 : 20)),
  bad_percent: Number(values.bad ?? (isEvening ? 2 : 0)),
  withdraw_percent: Number(values.withdraw),
  pins: values['light-pins'] ? ('light' as const) : ('real' as const),
};
/** What waits longer than this beyond its own moment is late: the minute's timetable finds everything within it. */
const LATE_S = 60;
/** Pictures of one machine stay on it, unless they are wanted in the documents. */
const FOLDER = values['write-doc'] ? 'docs/images' : 'bench/results';
const SETTINGS = ['shared_buffers=512MB', 'max_wal_size=4GB', 'jit=off'];

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
const server = await startServer(SETTINGS);
endEarly(async () => await server.stop());
try {
  process.exitCode = await load();
} finally {
  await server.stop();
}

async function load(): Promise<number> {
  const databaseUrl = await makeDatabase('load');
  const profiles = values.profile ? await mkdtemp(join(tmpdir(), 'tontine-profile-')) : undefined;
  const world = await openLoadWorld({
    databaseUrl,
    seed: values.seed,
    ...(profiles === undefined ? {} : { nodeOptions: `--cpu-prof --cpu-prof-dir=${profiles}` }),
  });
  try {
    say(`${wanted.groups} groups of ${wanted.members} settle`);
    const start_ms = performance.now();
    const payers = await settlePeople(world, wanted, say);
    say(`settled in ${msText(performance.now() - start_ms)}; PINs are ${wanted.pins}`);
    say(`${payers.length} people come within ${wanted.seconds} s`);
    const before = await lookAtGroups(world);
    const unspent = await readSpent(world);
    const ran = await runLoad(world, { ...wanted, payers, seed: values.seed }, say);
    await waitForQuiet(world);
    const spent = await readSpent(world);
    say(spentText(unspent, spent, payers.length));
    say(memoryText(world));
    const look = await expectNothingLost(world, before, payers.length - ran.failures.length);
    await draw(ran);
    report(ran);
    say(
      `${look.payments} payments, ${look.contributions} contributions; the float of ${look.float} is what the provider holds`,
    );
    const { callbacks_s, commands_s, enquiries_s } = ran.lateness;
    const late_s = Math.max(callbacks_s, commands_s, enquiries_s);
    say(
      `latest beyond its schedule: callbacks ${callbacks_s.toFixed(1)} s, instructions ${commands_s.toFixed(1)} s, enquiries ${enquiries_s.toFixed(1)} s`,
    );
    say(
      `${payers.length} journeys, ${ran.failures.length} failed, 0 francs lost, ${late_s > LATE_S ? 'LATE' : 'nothing late'}`,
    );
    return ran.failures.length > 0 || late_s > LATE_S ? 1 : 0;
  } finally {
    await world.close();
    if (profiles !== undefined) await drawProfiles(profiles, world);
  }
}

/** What the processes did, once they have ended and written it down. */
async function drawProfiles(folder: string, { web, worker }: LoadWorld): Promise<void> {
  for (const [name, { process: ended }] of Object.entries({ web, worker })) {
    const file = (await readdir(folder)).find((one) => one.includes(`.${ended.pid}.`));
    if (file === undefined) continue;
    if (values['write-doc'] && name !== 'worker') continue;
    const profile = JSON.parse(await readFile(join(folder, file), 'utf8')) as CpuProfile;
    await writeFile(
      `${FOLDER}/flame-${name}.svg`,
      flameSvg(`Where the ${name} process spends its time`, foldProfile(profile)),
    );
    say(`drawn in ${FOLDER}/flame-${name}.svg; most time in:`);
    for (const [place, share] of ownTimeByPlace(profile).slice(0, 12)) {
      say(`  ${(share * 100).toFixed(1).padStart(5)} %  ${place}`);
    }
  }
  await rm(folder, { recursive: true, force: true });
}

async function makeDatabase(name: string): Promise<string> {
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = withDatabase(server.url, name);
  const open = openMeasured(url, 2);
  await migrate(open.db, systemClock);
  await open.close();
  return url;
}

function report({ steps, misbehaved }: Ran): void {
  for (const [step, histogram] of steps) {
    if (histogram.count === 0) continue;
    const figures = [0.5, 0.99].map((share) => msText(histogram.percentile(share)).padStart(9));
    say(
      `${step.padEnd(16)} ${String(histogram.count).padStart(6)} times   p50 ${figures[0]}   p99 ${figures[1]}`,
    );
  }
  if (misbehaved > 0) say(`with ${misbehaved} of the recharges the provider misbehaved`);
}

async function draw({ steps }: Ran): Promise<void> {
  const file = values.svg ?? `${FOLDER}/${isEvening ? 'evening' : 'journeys'}.svg`;
  await mkdir(dirname(file), { recursive: true });
  const title = `${isEvening ? 'A contribution evening' : 'Journeys'}: ${wanted.groups * wanted.members} people in ${wanted.seconds} s`;
  const rows = [...steps].map(([name, histogram]) => ({ name, histogram }));
  await writeFile(file, latencySvg(title, rows));
  say(`drawn in ${file}`);
}
