/**
 * Is the program behind `npm run restore`: lists backups, tries one, or puts one into an empty database.
 *
 * A restored database pays nobody until people have compared it with the provider's statement.
 */
import { parseArgs } from 'node:util';
import { readIdentity } from '../../ground/backup/backup-store.ts';
import { findDrill, newestBackup } from '../../ground/backup/drill-restore.ts';
import { listBackups, listStray } from '../../ground/backup/kept-backups.ts';
import { timeOfBackup } from '../../ground/backup/manifest.ts';
import { restoreBackup } from '../../ground/backup/restore-backup.ts';
import { trueChance } from '../../ground/chance.ts';
import { systemClock } from '../../ground/clock.ts';
import { ConfigurationError } from '../../ground/configuration.ts';
import { makeIds } from '../../ground/identifiers.ts';
import { deriveKey } from '../../ground/keys.ts';
import { openSecret } from '../../ground/open-secret.ts';
import { otherDatabase } from '../../ground/postgres/connection-url.ts';
import { openPostgres } from '../../ground/postgres/database.ts';
import { freezeAfterRestore } from '../../rails/payments/freeze-after-restore.ts';
import { openBackups } from '../backups.ts';
import { type AllSettings, readAllSettings } from '../boot-checks.ts';
import { RESTORE_FLAGS } from './backup-flags.ts';

const USAGE = `npm run restore -- --list                  what is kept, and which of it was tried
npm run restore -- --drill [--name NAME]   restores into a scratch database, proves the books, says how long it took
npm run restore -- --into DATABASE [--name NAME] [--identity FILE]
                                           restores into an empty database of this name on the server of DATABASE_URL`;

const ground = { clock: systemClock, chance: trueChance, ids: makeIds(systemClock, trueChance) };

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<0 | 1 | 2> {
  const { values } = parseArgs({ options: RESTORE_FLAGS });
  if (values.help) {
    say(USAGE);
    return 0;
  }
  const settings = readAllSettings(
    values.identity === undefined ? process.env : { ...process.env, BACKUP_IDENTITY_FILE: values.identity },
  );
  if (values.list) return await list(settings);
  if (values.drill) return await drill(settings, values.name);
  if (values.into === undefined) {
    say(USAGE);
    return 2;
  }
  return await restore(settings, values.into, values.name);
}

function backupsOf(settings: AllSettings) {
  const secret = openSecret(settings.ground, trueChance);
  const backups = openBackups(settings, { ground, secret });
  if (backups === undefined) throw new ConfigurationError('BACKUP_TO is not set: where are the backups?');
  return { backups, key: deriveKey(secret, 'backup') };
}

async function list(settings: AllSettings): Promise<0> {
  const { store } = backupsOf(settings).backups;
  const kept = await listBackups(store);
  for (const { name, madeAt } of kept) {
    const tried = await findDrill(store, name);
    const proof =
      tried === undefined ? 'not tried' : tried.proven ? `proven in ${tried.took_ms} ms` : 'NOT RESTORABLE';
    say(`${name}  ${madeAt.toISOString()}  ${proof}`);
  }
  for (const name of await listStray(store)) say(`${name}  without its manifest: NOT RESTORABLE`);
  say(`${kept.length} in ${store.place}`);
  return 0;
}

async function drill(settings: AllSettings, name: string | undefined): Promise<0 | 1> {
  const { backups } = backupsOf(settings);
  if (backups.drill === undefined)
    throw new ConfigurationError('BACKUP_IDENTITY_FILE is not set: what opens it?');
  const report = await backups.drill(name);
  say(`${report.name}: ${report.proven ? 'proven' : 'NOT RESTORABLE'}, in ${report.took_ms} ms`);
  say(report.seen);
  return report.proven ? 0 : 1;
}

async function restore(settings: AllSettings, into: string, named: string | undefined): Promise<0> {
  const { backups, key } = backupsOf(settings);
  const file = settings.channels.BACKUP_IDENTITY_FILE;
  const identity = file === undefined ? undefined : await readIdentity(file);
  if (identity === undefined)
    throw new ConfigurationError('--identity FILE: the file that opens backups is needed');
  const name = named ?? (await newestBackup(backups.store));
  if (name === undefined) throw new ConfigurationError(`there is no backup in ${backups.store.place}`);
  const server = settings.ground.DATABASE_URL;
  if (server === undefined) throw new ConfigurationError('DATABASE_URL is not set: on which server?');
  const open = openPostgres(otherDatabase(server, into), { onError: () => undefined, connections: 2 });
  try {
    const madeAt = timeOfBackup(name)?.toISOString() ?? '';
    const manifest = await restoreBackup(open.db, {
      store: backups.store,
      name,
      identity,
      key,
      clock: systemClock,
      afterwards: async (tx) => await freezeAfterRestore(tx, ground, { name, madeAt }),
    });
    say(`${name}: restored and proven, journal up to ${manifest.seq}.`);
    say('Withdrawals are frozen: what was paid after the backup is not in it. See docs/runbooks/restore.md.');
    return 0;
  } finally {
    await open.close();
  }
}

try {
  process.exit(await main());
} catch (error) {
  const usage = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n${usage ? `${USAGE}\n` : ''}`,
  );
  process.exit(usage ? 2 : 1);
}
