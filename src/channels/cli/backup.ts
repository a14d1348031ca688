/**
 * Is the program behind `npm run backup`: makes one backup now, or the pair of keys that backups need.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeBackupKeys } from '../../ground/backup/seal.ts';
import { trueChance } from '../../ground/chance.ts';
import { systemClock } from '../../ground/clock.ts';
import { ConfigurationError } from '../../ground/configuration.ts';
import { openSecret } from '../../ground/open-secret.ts';
import { openDatabase } from '../../ground/postgres/open-database.ts';
import { openBackups } from '../backups.ts';
import { readAllSettings } from '../boot-checks.ts';
import { BACKUP_FLAGS } from './backup-flags.ts';

const USAGE = `npm run backup                      makes one backup where BACKUP_TO says
npm run backup -- --new-key FILE    makes a pair of keys: FILE opens backups, the printed recipient closes them`;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function newKey(path: string): Promise<void> {
  const { identity, recipient } = await makeBackupKeys();
  writeFileSync(path, `# Opens the backups of ${recipient}\n${identity}\n`, { mode: 0o600, flag: 'wx' });
  say(`BACKUP_RECIPIENT=${recipient}`);
  say(
    `${path} opens the backups. Keep copies where this machine is not; without one no backup can be opened.`,
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: BACKUP_FLAGS });
  if (values.help) return say(USAGE);
  if (values['new-key'] !== undefined) return await newKey(values['new-key']);
  const settings = readAllSettings(process.env);
  const open = await openDatabase(settings.ground, (error) => process.stderr.write(`${error.message}\n`));
  try {
    const ground = { clock: systemClock, chance: trueChance };
    const secret = openSecret(settings.ground, trueChance);
    const backups = openBackups(settings, { ground, secret });
    if (backups === undefined)
      throw new ConfigurationError('BACKUP_TO is not set: a folder, or s3://bucket/prefix');
    const { made, gone } = await backups.backUp(open.db);
    const rows = Object.values(made.rows).reduce((sum, count) => sum + count, 0);
    say(`${made.name}: ${rows} rows, ${made.bytes} bytes, journal up to ${made.seq}, in ${made.took_ms} ms`);
    say(`kept in ${backups.store.place}; ${gone.length} old ones taken away`);
    say('It does not contain SECRET_KEY: keep that elsewhere as well. npm run restore -- --drill proves it.');
  } finally {
    await open.close();
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  const usage = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n${usage ? `${USAGE}\n` : ''}`,
  );
  process.exit(usage ? 2 : 1);
}
