/**
 * Is the program behind `npm run restore`: lists backups, tries one, or puts one into an empty database.
 *
 * A restored database pays nobody until people have compared it with the provider's statement.
 */
import './require-node.ts';

import { parseArgs } from 'node:util';
import { readIdentity } from '../../ground/backup/backup-store.ts';
import { findDrill, newestBackup, seenInDrill } from '../../ground/backup/drill-restore.ts';
import { listBackups, listStray } from '../../ground/backup/kept-backups.ts';
import { timeOfBackup } from '../../ground/backup/manifest.ts';
import { restoreBackup } from '../../ground/backup/restore-backup.ts';
import { trueChance } from '../../ground/chance.ts';
import { systemClock } from '../../ground/clock.ts';
import { makeIds } from '../../ground/identifiers.ts';
import { deriveKey } from '../../ground/keys.ts';
import { openSecret } from '../../ground/open-secret.ts';
import { otherDatabase } from '../../ground/postgres/connection-url.ts';
import { openPostgres } from '../../ground/postgres/database.ts';
import { Hindrance } from '../../ground/refusal.ts';
import { freezeAfterRestore } from '../../rails/payments/freeze-after-restore.ts';
import { openBackups } from '../backups.ts';
import { type AllSettings, readAllSettings } from '../boot-checks.ts';
import { RESTORE_FLAGS } from './backup-flags.ts';
import { type ExitCode, helpOf, runCommand, type Terminal } from './run-command.ts';
import { COMMANDS } from './words/commands.ts';
import { lines, plainly } from './words/said.ts';

const SAID = COMMANDS.restore;
const ground = { clock: systemClock, chance: trueChance, ids: makeIds(systemClock, trueChance) };

async function main(terminal: Terminal): Promise<ExitCode> {
  const { values } = parseArgs({ args: terminal.args, options: RESTORE_FLAGS });
  const settings = readAllSettings(
    values.identity === undefined ? process.env : { ...process.env, BACKUP_IDENTITY_FILE: values.identity },
  );
  if (values.list) return await list(settings, terminal);
  if (values.drill) return await drill(settings, values.name, terminal);
  if (values.into !== undefined) return await restore(settings, values.into, values.name, terminal);
  terminal.say(helpOf(SAID.usage));
  return 2;
}

function backupsOf(settings: AllSettings) {
  const secret = openSecret(settings.ground, trueChance);
  const backups = openBackups(settings, { ground, secret });
  if (backups === undefined) throw new Hindrance(SAID.noPlace);
  return { backups, key: deriveKey(secret, 'backup') };
}

async function list(settings: AllSettings, { say }: Terminal): Promise<0> {
  const { store } = backupsOf(settings).backups;
  const kept = await listBackups(store);
  for (const { name, madeAt } of kept) {
    const tried = await findDrill(store, name);
    const proof =
      tried === undefined ? SAID.untried : tried.proven ? SAID.proven(tried.took_ms) : SAID.broken;
    say(lines([plainly(name), plainly(madeAt.toISOString()), proof], '  '));
  }
  for (const name of await listStray(store)) say(SAID.stray(name));
  say(SAID.count(kept.length, store.place));
  return 0;
}

async function drill(settings: AllSettings, name: string | undefined, { say }: Terminal): Promise<0 | 1> {
  const { backups } = backupsOf(settings);
  if (backups.drill === undefined) throw new Hindrance(SAID.noIdentity);
  const report = await backups.drill(name);
  say((report.proven ? SAID.drilled : SAID.failed)(report.name, report.took_ms));
  say(seenInDrill(report));
  return report.proven ? 0 : 1;
}

async function restore(
  settings: AllSettings,
  into: string,
  named: string | undefined,
  { say }: Terminal,
): Promise<0> {
  const { backups, key } = backupsOf(settings);
  const file = settings.channels.BACKUP_IDENTITY_FILE;
  const identity = file === undefined ? undefined : await readIdentity(file);
  if (identity === undefined) throw new Hindrance(SAID.identityNeeded);
  const name = named ?? (await newestBackup(backups.store));
  if (name === undefined) throw new Hindrance(SAID.noBackup(backups.store.place));
  const server = settings.ground.DATABASE_URL;
  if (server === undefined) throw new Hindrance(SAID.noServer);
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
    say(SAID.done(name, manifest.seq));
    say(SAID.frozen);
    return 0;
  } finally {
    await open.close();
  }
}

await runCommand(SAID.usage, main);
