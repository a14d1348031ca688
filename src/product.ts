/**
 * Builds the whole product from the bottom up and starts it, so that a process and a test start exactly the same thing.
 *
 * What a test may replace is named in `Overrides` and is nothing but time and the log: a story that passes against
 * other parts than the ones that run would prove nothing.
 */
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { openAlertGateways } from './channels/alarms/open-gateways.ts';
import { openBackups } from './channels/backups.ts';
import type { AllSettings } from './channels/boot-checks.ts';
import { CALLBACK_PATH } from './channels/callback-path.ts';
import { callbackUrlOf, registerGetmipayCallbacks } from './channels/callbacks/getmipay.ts';
import { describeSettings } from './channels/describe-settings.ts';
import { httpGateway } from './channels/http-gateway.ts';
import { BACKUP_JOBS } from './channels/jobs/backup-timetable.ts';
import { JOBS, type JobTools, timetable } from './channels/jobs/timetable.ts';
import { openMetrics } from './channels/monitoring/metrics.ts';
import { registerMonitoring } from './channels/monitoring/route.ts';
import { openPublishedHeads } from './channels/published-heads.ts';
import { refuseForeignBooks, refuseHalfRestored } from './channels/refuse-books.ts';
import { openWebServer } from './channels/web/server.ts';
import type { WebDoor } from './channels/web/web-door.ts';
import { trueChance } from './ground/chance.ts';
import { type Clock, HOUR_MS, systemClock } from './ground/clock.ts';
import type { Ground } from './ground/ground.ts';
import { makeIds } from './ground/identifiers.ts';
import { deriveKey } from './ground/keys.ts';
import { openSecret } from './ground/open-secret.ts';
import type { Db, Engine } from './ground/postgres/database.ts';
import { inTransaction } from './ground/postgres/in-transaction.ts';
import { migrate } from './ground/postgres/migrate.ts';
import { openDatabase } from './ground/postgres/open-database.ts';
import { openBossQueue } from './ground/queue/boss-queue.ts';
import { invariant } from './ground/refusal.ts';
import { type DemoPerson, seedDemoPeople } from './people/demo-people.ts';
import { outboxGateway } from './people/outbox-gateway.ts';
import type { SmsGateway } from './people/sms-gateway.ts';
import { openProvider } from './rails/open-provider.ts';
import type { Rails } from './rails/rails.ts';
import type { Simulator } from './rails/simulator/server.ts';
import { seedDemoGroup } from './tontine/demo-group.ts';
import { openContributionLane } from './tontine/rounds/contribution-lane.ts';
import type { WithdrawalPolicy } from './wallet/withdrawal-policy.ts';

export interface Overrides {
  readonly clock?: Clock;
  readonly log?: Logger;
}

export interface Product {
  readonly settings: AllSettings;
  /** Where the pages are. */
  readonly publicUrl: string;
  readonly engine: Engine;
  readonly db: Db;
  readonly ground: Ground;
  /** Empty outside demo mode. */
  readonly people: readonly DemoPerson[];
  /** Present when this process runs the simulated provider. */
  readonly simulator: Simulator | undefined;
  readonly log: Logger;
  close(): Promise<void>;
}

/** Resolves when pages are served and jobs are worked on, as the role says. */
export async function startProduct(settings: AllSettings, overrides: Overrides = {}): Promise<Product> {
  const { clock = systemClock } = overrides;
  const demo = settings.ground.MODE === 'demo';
  const log = overrides.log ?? openLog(settings, demo);
  const secret = openSecret(settings.ground, trueChance);
  // A free port is known only once it listens, and nobody can ask for a page before.
  const site: Site = { url: withoutSlash(settings.channels.PUBLIC_URL ?? localUrl(settings.channels.PORT)) };

  const database = await openDatabase(settings.ground, (error) =>
    log.error({ err: error }, 'database connection'),
  );
  const { db } = database;
  await refuseHalfRestored(database);
  await migrate(db, clock);
  await refuseForeignBooks(database, settings);
  const queue = openBossQueue(database, (error) => log.error({ err: error }, 'queue'));
  await queue.prepare([...JOBS, ...BACKUP_JOBS]);
  const ground: Ground = { clock, chance: trueChance, ids: makeIds(clock, trueChance), queue };
  const provider = await openProvider(settings.rails, ground, {
    secret,
    dataFolder: settings.ground.DATA_DIR,
    onError: (error) => log.error({ err: error }, 'simulator'),
    ...(settings.channels.PORT === 0 ? {} : { dashboardUrl: `${site.url}${CALLBACK_PATH}` }),
  });
  const callbackKey = deriveKey(secret, 'callback');
  const rails: Rails = {
    provider: provider.provider,
    feePolicy: settings.rails.FEE_POLICY,
    fallbackFeeBasisPoints: Math.round(settings.rails.GETMIPAY_FEE_PERCENT * 100),
    callbackUrl: (paymentId) => callbackUrlOf(site.url, callbackKey, paymentId),
  };
  const pinKey = deriveKey(secret, 'pin');
  const people = demo ? await inTransaction(db, async (tx) => await seedDemoPeople(tx, ground, pinKey)) : [];
  if (demo) await seedDemoGroup(db, ground);

  const closers: (() => Promise<unknown>)[] = [];
  if (settings.ground.ROLE !== 'worker') {
    const phoneUrl = provider.simulator === undefined ? '/' : `${provider.simulator.url}/phone/`;
    const app = await openDoors({ settings, db, ground, rails, secret, callbackKey, site, log, phoneUrl });
    closers.push(async () => await app.close());
  }
  if (settings.ground.ROLE !== 'web') {
    const tools = openJobTools({ settings, db, ground, secret, site, log });
    await queue.work(timetable(db, ground, rails, tools));
  }
  closers.push(
    async () => await queue.stop(),
    async () => await provider.close(),
    async () => await database.close(),
  );
  return {
    settings,
    publicUrl: site.url,
    engine: database.engine,
    db,
    ground,
    people,
    simulator: provider.simulator,
    log,
    close: async () => {
      for (const close of closers) await close();
    },
  };
}

function openJobTools(
  parts: Pick<Parts, 'settings' | 'db' | 'ground' | 'secret' | 'site' | 'log'>,
): JobTools {
  const { settings, ground, secret, site, log } = parts;
  const alertGateways = openAlertGateways(settings.channels, `${site.url}/console/`, (channel, reason) =>
    log.error({ channel, reason }, 'an alarm was not taken'),
  );
  return {
    alertGateways,
    backups: openBackups(settings, { ground, secret }),
    heads: openPublishedHeads(settings.channels, secret, ground),
    sms: openSmsGateway(parts),
    smsDailyBudget: settings.channels.SMS_DAILY_BUDGET,
  };
}

interface Site {
  url: string;
}

interface Parts {
  readonly settings: AllSettings;
  readonly db: Db;
  readonly ground: Ground;
  readonly rails: Rails;
  readonly secret: string;
  readonly callbackKey: Uint8Array;
  readonly site: Site;
  readonly log: Logger;
  /** The simulated phone. */
  readonly phoneUrl: string;
}

/** Opens everything that is reached over HTTP, and listens. */
async function openDoors(parts: Parts): Promise<FastifyInstance> {
  const { db, ground, rails, callbackKey, site, secret } = parts;
  const settings = parts.settings.channels;
  const heads = openPublishedHeads(settings, secret, ground);
  const door: WebDoor = {
    db,
    ground,
    rails,
    contributions: openContributionLane(db, ground),
    sms: openSmsGateway(parts),
    keys: {
      cookie: deriveKey(secret, 'cookie'),
      oneTimeCode: deriveKey(secret, 'one-time-code'),
      pin: deriveKey(secret, 'pin'),
      receipt: deriveKey(secret, 'receipt'),
      secondFactor: deriveKey(secret, 'second-factor'),
    },
    get publicUrl() {
      return site.url;
    },
    secure: site.url.startsWith('https://'),
    defaultCountry: settings.DEFAULT_COUNTRY,
    smsDailyBudget: settings.SMS_DAILY_BUDGET,
    booksKept_years: parts.settings.ground.BOOKS_KEPT_YEARS,
    withdrawals: withdrawalPolicy(parts.settings),
    trustedProxies: settings.TRUST_PROXY,
    settingLines: describeSettings(parts.settings),
    ...(heads === undefined ? {} : { heads }),
    ...(parts.settings.ground.MODE === 'demo' ? { demo: { phoneUrl: parts.phoneUrl } } : {}),
  };
  const metrics = openMetrics();
  const requestsPerMinute = settings.REQUESTS_PER_MINUTE;
  const callbacks = { db, ground, rails, callbackKey, requestsPerMinute, count: metrics.countCallback };
  const app = await openWebServer(door, {
    logger: parts.log,
    requestsPerMinute,
    machineDoors: async (machines) => await registerGetmipayCallbacks(machines, callbacks),
  });
  registerMonitoring(app, db, ground.clock, metrics);
  await app.listen({ port: settings.PORT, host: settings.HOST });
  if (settings.PORT === 0) site.url = withoutSlash(settings.PUBLIC_URL ?? localUrl(portOf(app)));
  return app;
}

function withdrawalPolicy({ ground, channels }: AllSettings): WithdrawalPolicy {
  return {
    withdrawalFeeBasisPoints: Math.round(channels.WITHDRAWAL_FEE_PERCENT * 100),
    hold_ms: Math.round(channels.WITHDRAWAL_HOLD_HOURS * HOUR_MS),
    holdNewDevices: channels.HOLD_NEW_DEVICES ?? ground.MODE === 'production',
  };
}

/** The host's relay; without one, a table that the demo shows on a page. */
function openSmsGateway({
  settings,
  db,
  ground,
  log,
}: Pick<Parts, 'settings' | 'db' | 'ground' | 'log'>): SmsGateway {
  const { SMS_GATEWAY_URL: url, SMS_GATEWAY_TOKEN: token } = settings.channels;
  if (url === undefined) return outboxGateway(db, ground);
  const onFailure = (reason: string): void => log.error({ reason }, 'a text message was not taken');
  return httpGateway({ url, onFailure, ...(token === undefined ? {} : { token }) });
}

function localUrl(port: number): string {
  return `http://localhost:${port}`;
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address();
  invariant(typeof address === 'object' && address !== null, 'the server listens on no port');
  return address.port;
}

function openLog({ ground }: AllSettings, demo: boolean): Logger {
  return pino({ level: ground.LOG_LEVEL === 'info' && demo ? 'warn' : ground.LOG_LEVEL });
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
