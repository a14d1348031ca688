/**
 * Looks at everything that the doctor judges, side by side and with patience; what cannot be seen is a fact as well.
 */
import { existsSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { request } from 'undici';
import { examineMonths } from '../../../ground/archive/examine-months.ts';
import { findDrill } from '../../../ground/backup/drill-restore.ts';
import { listBackups } from '../../../ground/backup/kept-backups.ts';
import type { Clock } from '../../../ground/clock.ts';
import { ConfigurationError } from '../../../ground/configuration.ts';
import type { Db, OpenDatabase } from '../../../ground/postgres/database.ts';
import { examineServer } from '../../../ground/postgres/examine-server.ts';
import { compareSchema } from '../../../ground/postgres/migrate.ts';
import { openDatabase } from '../../../ground/postgres/open-database.ts';
import { examineQueue } from '../../../ground/queue/examine-queue.ts';
import { isAnyPlain, readPlainly } from '../../../ground/seal/sealing.rows.ts';
import { checkHeads, DAYS_CHECKED } from '../../../oversight/heads/check-heads.ts';
import type { HeadShelf } from '../../../oversight/heads/head-shelf.ts';
import { countDemoPeople } from '../../../people/count-demo-people.ts';
import { listAdmins } from '../../../people/role-grant.rows.ts';
import { listProvenFactors } from '../../../people/second-factor.rows.ts';
import type { OpenProvider } from '../../../rails/open-provider.ts';
import { examineAccess } from '../../../rails/providers/getmipay/examine-access.ts';
import { openStore } from '../../backups.ts';
import type { AllSettings } from '../../boot-checks.ts';
import { readPackage } from '../read-package.ts';
import { readSkew } from '../trial/try-clock.ts';
import {
  type BackupFacts,
  type DatabaseFacts,
  type Facts,
  type Found,
  IN_USE,
  type SiteFacts,
} from './facts.ts';

const PATIENCE_MS = 10_000;

export interface Patient {
  readonly settings: AllSettings;
  readonly provider: OpenProvider;
  readonly clock: Clock;
  readonly envFile: string;
  /** Where heads of the chains are published; nothing when no place is configured. */
  readonly heads: HeadShelf | undefined;
}

export async function gatherFacts(patient: Patient): Promise<Facts> {
  const { settings, provider, clock, envFile } = patient;
  const { configuration } = provider;
  const publicUrl = settings.channels.PUBLIC_URL ?? `http://localhost:${settings.channels.PORT}`;
  const store = openStore(settings.channels, { clock });
  const [mode, disk, access, skew, site, database, backups] = await Promise.all([
    modeOf(envFile),
    look(async () => await readDisk(settings.ground.DATA_DIR)),
    look(async () => await examineAccess(configuration, clock)),
    look(async () => await readSkew(configuration.apiUrl, clock)),
    look(async () => await readSite(publicUrl)),
    look(async () => await readDatabase(patient)),
    store === undefined ? undefined : look(async () => await readBackups(store)),
  ]);
  return {
    settings,
    product: await readPackage(),
    now: clock.now(),
    nodeVersion: process.version,
    envFileMode: mode,
    disk,
    provider: access,
    skew,
    site,
    database,
    backups,
  };
}

/** The code or the name of what went wrong: a message may have an address with a password in it. */
async function look<T>(at: () => Promise<T>): Promise<Found<T>> {
  try {
    return { found: await at() };
  } catch (error) {
    if (!(error instanceof Error)) return { unknown: 'no reason' };
    return { unknown: 'code' in error ? String(error.code) : error.name };
  }
}

async function modeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mode;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function readDisk(folder: string): Promise<{ freeBytes: number; totalBytes: number }> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

async function readSite(publicUrl: string): Promise<SiteFacts> {
  const url = new URL('/health', publicUrl);
  const certificateUntil = url.protocol === 'https:' ? await endOfCertificate(url) : undefined;
  try {
    const answer = await request(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    await answer.body.dump();
    return { health: answer.statusCode, certificateUntil };
  } catch {
    // Whatever the reason, nobody gets in.
    return { health: 0, certificateUntil };
  }
}

/** Also of a certificate that is not good any more: its end is what the host has to know. */
async function endOfCertificate(url: URL): Promise<Date> {
  return await new Promise((resolve, reject) => {
    const port = url.port === '' ? 443 : Number(url.port);
    const socket = connect({ host: url.hostname, port, servername: url.hostname, rejectUnauthorized: false });
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('no answer')));
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve(new Date(socket.getPeerCertificate().valid_to));
      socket.destroy();
    });
  });
}

/** The embedded database is one process's: while the product runs, nobody else looks into it. */
async function openOrSayBusy({ ground }: AllSettings): Promise<OpenDatabase> {
  try {
    return await openDatabase(ground, () => undefined);
  } catch (error) {
    if (ground.DATABASE_URL !== undefined || !(error instanceof ConfigurationError)) throw error;
    throw Object.assign(new Error('the embedded database is taken', { cause: error }), { code: IN_USE });
  }
}

async function readDatabase({ settings, clock, heads }: Patient): Promise<DatabaseFacts> {
  if (settings.ground.DATABASE_URL === undefined && !existsSync(join(settings.ground.DATA_DIR, 'database'))) {
    // Looking at it would make it.
    throw Object.assign(new Error('there is no database yet'), { code: 'never started' });
  }
  const open = await openOrSayBusy(settings);
  try {
    const server = open.engine === 'postgres' ? await examineServer(open.db) : undefined;
    const schema = await compareSchema(open.db);
    const queue = await examineQueue(open.db, clock.now());
    if (schema.missing.length > 0) {
      return { server, schema, queue, ...NOBODY };
    }
    const people = await readPeople(open.db);
    const said = heads && (await look(async () => await checkHeads(open.db, heads, DAYS_CHECKED)));
    const months = await examineMonths(open.db, clock.now());
    return { server, schema, queue, ...people, months, heads: said, headKey: heads?.publicKey };
  } finally {
    await open.close();
  }
}

type People = Pick<DatabaseFacts, 'writesPlainly' | 'admins' | 'adminsWithoutSecondFactor' | 'demoPeople'>;

/** What cannot be read before the migrations have run. */
const NOBODY = {
  admins: 0,
  adminsWithoutSecondFactor: 0,
  demoPeople: 0,
  writesPlainly: false,
  months: [],
  heads: undefined,
  headKey: undefined,
} as const;

async function readPeople(db: Db): Promise<People> {
  const admins = await listAdmins(db);
  const linked = (await listProvenFactors(db, admins)).size;
  return {
    admins: admins.length,
    adminsWithoutSecondFactor: admins.length - linked,
    demoPeople: await countDemoPeople(db),
    writesPlainly: isAnyPlain(await readPlainly(db)),
  };
}

async function readBackups(store: NonNullable<ReturnType<typeof openStore>>): Promise<BackupFacts> {
  const backups = (await listBackups(store)).toReversed();
  const newestAt = backups[0]?.madeAt;
  for (const { name } of backups) {
    const drill = await findDrill(store, name);
    if (drill !== undefined) return { newestAt, drill };
  }
  return { newestAt, drill: undefined };
}
