/**
 * Brings the database to the newest schema and ends: for a deployment that migrates before it starts the new version.
 */
import './require-node.ts';

import { refuseUnfinished } from '../../ground/backup/unfinished-restore.rows.ts';
import { systemClock } from '../../ground/clock.ts';
import { groundSettings, readSettings } from '../../ground/configuration.ts';
import { migrate } from '../../ground/postgres/migrate.ts';
import { openDatabase } from '../../ground/postgres/open-database.ts';
import { runCommand } from './run-command.ts';
import { COMMANDS } from './words/commands.ts';
import { plainly } from './words/said.ts';

const { usage, nothing, ran: said } = COMMANDS.migrate;

await runCommand(usage, async ({ say, complain }) => {
  const settings = readSettings(groundSettings, process.env);
  const database = await openDatabase(settings, (error) => complain(plainly(error.message)));
  try {
    // Tables that wait for their rows have the schema of the backup, and another one would not take them.
    await refuseUnfinished(database.db);
    const ran = await migrate(database.db, systemClock);
    say(ran.length === 0 ? nothing : said(ran.join(', ')));
    return 0;
  } finally {
    await database.close();
  }
});
