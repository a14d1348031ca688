/**
 * Brings the database to the newest schema and ends: for a deployment that migrates before it starts the new version.
 */
import { systemClock } from '../../ground/clock.ts';
import { groundSettings, readSettings } from '../../ground/configuration.ts';
import { migrate } from '../../ground/postgres/migrate.ts';
import { openDatabase } from '../../ground/postgres/open-database.ts';

const settings = readSettings(groundSettings, process.env);
const database = await openDatabase(settings, (error) => process.stderr.write(`${error.message}\n`));
try {
  const ran = await migrate(database.db, systemClock);
  process.stdout.write(ran.length === 0 ? 'Nothing to migrate.\n' : `Migrated: ${ran.join(', ')}\n`);
} finally {
  await database.close();
}
