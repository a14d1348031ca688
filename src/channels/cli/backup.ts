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
import { restartHeads } from '../../oversight/heads/publish-head-once.ts';
import { openBackups } from '../backups.ts';
import { readAllSettings } from '../boot-checks.ts';
import { openPublishedHeads } from '../published-heads.ts';
import { BACKUP_FLAGS } from './backup-flags.ts';

const USAGE = `npm run backup                      makes one backup where BACKUP_TO says
npm run backup -- --restart-heads --reason WHY   after a restore: heads published before bind no more
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

/** The old heads stay where they are: that books were restored is nothing to hide. */
async function startAgain(reason: string | undefined): Promise<void> {
  if (reason === undefined || reason.trim().length < 3)
    throw new ConfigurationError('--restart-heads needs --reason: it is published with the next head');
  const settings = readAllSettings(process.env);
  const secret = openSecret(settings.ground, trueChance);
  const shelf = openPublishedHeads(settings.channels, secret, { clock: systemClock });
  if (shelf === undefined) throw new ConfigurationError('neither HEADS_TO nor BACKUP_TO is set');
  const open = await openDatabase(settings.ground, (error) => process.stderr.write(`${error.message}\n`));
  try {
    const facts = await restartHeads(open.db, { clock: systemClock }, shelf, reason.trim());
    say(`published in ${shelf.place}: ledger nº ${facts.ledger.seq}, trail nº ${facts.trail.seq}`);
    say('Heads before this one are not compared any more. Close the alarm in the console.');
  } finally {
    await open.close();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: BACKUP_FLAGS });
  if (values.help) return say(USAGE);
  if (values['new-key'] !== undefined) return await newKey(values['new-key']);
  if (values['restart-heads'] === true) return await startAgain(values.reason);
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
