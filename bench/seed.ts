/**
 * Fills a trial database with a long history: `npm run seed -- --payments 1000000`. It writes into the database that the
 * environment names, and refuses one that is set up for production.
 */
import { parseArgs } from 'node:util';
import { runCommand } from '../src/channels/cli/run-command.ts';
import { COMMANDS } from '../src/channels/cli/words/commands.ts';
import { plainly } from '../src/channels/cli/words/said.ts';
import { systemClock } from '../src/ground/clock.ts';
import { groundSettings, readSettings } from '../src/ground/configuration.ts';
import { migrate } from '../src/ground/postgres/migrate.ts';
import { openDatabase } from '../src/ground/postgres/open-database.ts';
import { Hindrance } from '../src/ground/refusal.ts';
import { seedHistory } from './seed-history.ts';

const { usage, figures, production, soFar, done } = COMMANDS.seed;

await runCommand(usage, async ({ args, say, complain }) => {
  const { values } = parseArgs({
    args,
    options: {
      payments: { type: 'string', default: '10000' },
      days: { type: 'string', default: '360' },
      seed: { type: 'string', default: 'history' },
    },
  });
  const payments = Number(values.payments);
  const days = Number(values.days);
  if (!Number.isInteger(payments) || payments < 1 || !Number.isInteger(days) || days < 1 || days > 390) {
    throw new Hindrance(figures);
  }
  const settings = readSettings(groundSettings, process.env);
  if (settings.MODE === 'production') throw new Hindrance(production);
  const database = await openDatabase(settings, (error) => complain(plainly(error.message)));
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
        if (written % 50_000 === 0) say(soFar(written));
      },
    });
    const seconds = (performance.now() - started_ms) / 1000;
    say(done(seeded.payments, seeded.transfers, seeded.members, seeded.groups.length, seconds.toFixed(1)));
    return 0;
  } finally {
    await database.close();
  }
});
