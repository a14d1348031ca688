/**
 * Fills a trial database with a long history: `npm run seed -- --payments 1000000`. It writes into the database that the
 * environment names, and refuses one that is set up for production.
 */
import { parseArgs } from 'node:util';
import { systemClock } from '../src/ground/clock.ts';
import { groundSettings, readSettings } from '../src/ground/configuration.ts';
import { migrate } from '../src/ground/postgres/migrate.ts';
import { openDatabase } from '../src/ground/postgres/open-database.ts';
import { seedHistory } from './seed-history.ts';

const { values } = parseArgs({
  options: {
    payments: { type: 'string', default: '10000' },
    days: { type: 'string', default: '360' },
    seed: { type: 'string', default: 'history' },
  },
});
const payments = Number(values.payments);
const days = Number(values.days);
if (!Number.isInteger(payments) || payments < 1 || !Number.isInteger(days) || days < 1 || days > 390) {
  process.stderr.write('--payments must be a whole number from 1, --days one from 1 to 390.\n');
  process.exit(1);
}
const settings = readSettings(groundSettings, process.env);
if (settings.MODE === 'production') {
  process.stderr.write('A made-up history does not belong into production: MODE is production.\n');
  process.exit(1);
}
const database = await openDatabase(settings, (error) => process.stderr.write(`${error.message}\n`));
try {
  await migrate(database.db, systemClock);
  const started_ms = performance.now();
  const seeded = await seedHistory(database.db, {
    payments,
    days,
    seed: values.seed,
    until: systemClock.now(),
    provider: 'getmipay',
    onBatch: (written) => {
      if (written % 50_000 === 0) process.stdout.write(`${written} payments\n`);
    },
  });
  const seconds = (performance.now() - started_ms) / 1000;
  process.stdout.write(
    `${seeded.payments} payments, ${seeded.transfers} transfers, ${seeded.members} members, ${seeded.groups.length} tontines in ${seconds.toFixed(1)} s\n`,
  );
} finally {
  await database.close();
}
