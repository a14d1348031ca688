/**
 * Is the program behind `npm run backup`: makes one backup now, or the pair of keys that backups need.
 */
import './require-node.ts';

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeBackupKeys } from '../../ground/backup/seal.ts';
import { trueChance } from '../../ground/chance.ts';
import { systemClock } from '../../ground/clock.ts';
import { openSecret } from '../../ground/open-secret.ts';
import { openDatabase } from '../../ground/postgres/open-database.ts';
import { Hindrance } from '../../ground/refusal.ts';
import { restartHeads } from '../../oversight/heads/publish-head-once.ts';
import { openBackups } from '../backups.ts';
import { readAllSettings } from '../boot-checks.ts';
import { openPublishedHeads } from '../published-heads.ts';
import { BACKUP_FLAGS } from './backup-flags.ts';
import { type ExitCode, runCommand, type Terminal } from './run-command.ts';
import { COMMANDS } from './words/commands.ts';
import { plainly } from './words/said.ts';

const SAID = COMMANDS.backup;

async function newKey(path: string, { say }: Terminal): Promise<void> {
  const { identity, recipient } = await makeBackupKeys();
  try {
    writeFileSync(path, `# Opens the backups of ${recipient}\n${identity}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw exists ? new Hindrance(SAID.keyExists(path), { cause: error }) : error;
  }
  say(plainly(`BACKUP_RECIPIENT=${recipient}`));
  say(SAID.keyMade(path));
}

/** The old heads stay where they are: that books were restored is nothing to hide. */
async function startAgain(reason: string | undefined, { say, complain }: Terminal): Promise<void> {
  if (reason === undefined || reason.trim().length < 3) throw new Hindrance(SAID.needsReason);
  const settings = readAllSettings(process.env);
  const secret = openSecret(settings.ground, trueChance);
  const shelf = openPublishedHeads(settings.channels, secret, { clock: systemClock });
  if (shelf === undefined) throw new Hindrance(SAID.noShelf);
  const open = await openDatabase(settings.ground, (error) => complain(plainly(error.message)));
  try {
    const facts = await restartHeads(open.db, { clock: systemClock }, shelf, reason.trim());
    say(SAID.restarted(shelf.place, String(facts.ledger.seq), String(facts.trail.seq)));
    say(SAID.forgotten);
  } finally {
    await open.close();
  }
}

async function backUp({ say, complain }: Terminal): Promise<void> {
  const settings = readAllSettings(process.env);
  const open = await openDatabase(settings.ground, (error) => complain(plainly(error.message)));
  try {
    const ground = { clock: systemClock, chance: trueChance };
    const secret = openSecret(settings.ground, trueChance);
    const backups = openBackups(settings, { ground, secret });
    if (backups === undefined) throw new Hindrance(SAID.noPlace);
    const { made, gone } = await backups.backUp(open.db);
    const rows = Object.values(made.rows).reduce((sum, count) => sum + count, 0);
    say(SAID.made(made.name, rows, made.bytes, made.seq, made.took_ms));
    say(SAID.gone(backups.store.place, gone.length));
    say(SAID.noSecret);
  } finally {
    await open.close();
  }
}

async function main(terminal: Terminal): Promise<ExitCode> {
  const { values } = parseArgs({ args: terminal.args, options: BACKUP_FLAGS });
  if (values['new-key'] !== undefined) await newKey(values['new-key'], terminal);
  else if (values['restart-heads'] === true) await startAgain(values.reason, terminal);
  else await backUp(terminal);
  return 0;
}

await runCommand(SAID.usage, main);
