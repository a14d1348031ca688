/**
 * Builds the whole product from the bottom up and starts it: the only file that knows everything.
 *
 * One process may serve pages, work on jobs, or both (`ROLE`); any number of each may run on one PostgreSQL, because
 * no process keeps anything that another needs.
 */
import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { checkBoot } from './channels/boot-checks.ts';
import { registerGetmipayCallbacks, callbackUrlOf } from './channels/callbacks/getmipay.ts';
import { announce } from './channels/cli/announce.ts';
import { JOBS, timetable } from './channels/jobs/timetable.ts';
import { openMetrics } from './channels/monitoring/metrics.ts';
import { registerMonitoring } from './channels/monitoring/route.ts';
import { channelSettings } from './channels/settings.ts';
import { openWebServer } from './channels/web/server.ts';
import { trueChance } from './ground/chance.ts';
import { systemClock } from './ground/clock.ts';
import { ConfigurationError, groundSettings, readSettings } from './ground/configuration.ts';
import type { Ground } from './ground/ground.ts';
import { makeIds } from './ground/identifiers.ts';
import { deriveKey } from './ground/keys.ts';
import { openSecret } from './ground/open-secret.ts';
import { inTransaction } from './ground/postgres/in-transaction.ts';
import { migrate } from './ground/postgres/migrate.ts';
import { openDatabase } from './ground/postgres/open-database.ts';
import { openBossQueue } from './ground/queue/boss-queue.ts';
import { seedDemoPeople } from './people/demo-people.ts';
import { outboxGateway } from './people/outbox-gateway.ts';
import { openProvider } from './rails/open-provider.ts';
import type { Rails } from './rails/rails.ts';
import { railsSettings } from './rails/settings.ts';

export async function main(variables: NodeJS.ProcessEnv): Promise<void> {
  const settings = {
    ground: readSettings(groundSettings, variables),
    rails: readSettings(railsSettings, variables),
    channels: readSettings(channelSettings, variables),
  };
  checkBoot(settings);
  const demo = settings.ground.MODE === 'demo';
  const log = pino({ level: settings.ground.LOG_LEVEL === 'info' && demo ? 'warn' : settings.ground.LOG_LEVEL });
  const secret = openSecret(settings.ground, trueChance);
  const publicUrl = (settings.channels.PUBLIC_URL ?? `http://localhost:${settings.channels.PORT}`).replace(/\/+$/, '');

  const database = await openDatabase(settings.ground, (error) => log.error({ err: error }, 'database connection'));
  const { db } = database;
  await migrate(db, systemClock);
  const queue = openBossQueue(database, (error) => log.error({ err: error }, 'queue'));
  await queue.prepare(JOBS);
  const ground: Ground = { clock: systemClock, chance: trueChance, ids: makeIds(systemClock, trueChance), queue };

  const provider = await openProvider(settings.rails, ground, {
    secret,
    dataFolder: settings.ground.DATA_DIR,
    onError: (error) => log.error({ err: error }, 'simulator'),
  });
  const callbackKey = deriveKey(secret, 'callback');
  const rails: Rails = {
    provider: provider.provider,
    feePolicy: settings.rails.FEE_POLICY,
    fallbackFeeBasisPoints: Math.round(settings.rails.GETMIPAY_FEE_PERCENT * 100),
    callbackUrl: (paymentId) => callbackUrlOf(publicUrl, callbackKey, paymentId),
  };
  const keys = {
    cookie: deriveKey(secret, 'cookie'),
    oneTimeCode: deriveKey(secret, 'one-time-code'),
    pin: deriveKey(secret, 'pin'),
    receipt: deriveKey(secret, 'receipt'),
  };
  const people = demo ? await inTransaction(db, async (tx) => await seedDemoPeople(tx, ground, keys.pin)) : [];

  const closers: (() => Promise<unknown>)[] = [];
  if (settings.ground.ROLE !== 'worker') {
    const metrics = openMetrics();
    const app = await openWebServer(
      {
        db,
        ground,
        rails,
        sms: outboxGateway(db, ground),
        keys,
        publicUrl,
        secure: publicUrl.startsWith('https://'),
        defaultCountry: settings.channels.DEFAULT_COUNTRY,
        smsDailyBudget: settings.channels.SMS_DAILY_BUDGET,
        trustedProxies: settings.channels.TRUST_PROXY,
        ...(demo ? { demo: { phoneUrl: provider.simulatorUrl === undefined ? '/' : `${provider.simulatorUrl}/phone/` } } : {}),
      },
      { logger: log, requestsPerMinute: settings.channels.REQUESTS_PER_MINUTE },
    );
    await registerGetmipayCallbacks(app, { db, ground, rails, callbackKey, count: metrics.countCallback });
    registerMonitoring(app, db, metrics);
    await app.listen({ port: settings.channels.PORT, host: settings.channels.HOST });
    closers.push(async () => await app.close());
  }
  if (settings.ground.ROLE !== 'web') await queue.work(timetable(db, ground, rails));
  closers.push(
    async () => await queue.stop(),
    async () => await provider.close(),
    async () => await database.close(),
  );
  closeWithGrace({ delay: 15_000 }, async ({ err }) => {
    if (err) log.fatal({ err }, 'stopping because of an error');
    for (const close of closers) await close();
  });
  announce({ publicUrl, engine: database.engine, role: settings.ground.ROLE, people, simulatorUrl: provider.simulatorUrl });
}

try {
  await main(process.env);
} catch (error) {
  // What the operator can mend is a sentence; what is ours to mend keeps its trace.
  process.stderr.write(error instanceof ConfigurationError ? `${error.message}\n` : `${String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(1);
}
