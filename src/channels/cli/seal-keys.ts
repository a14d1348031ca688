/**
 * Is the program behind `npm run seal-keys`: changes the keys under which phone numbers and names are kept, and says how
 * far that is.
 *
 * It never shows a key. Each step says what comes next, and may be run again: killed anywhere, the next run goes on.
 */
import './require-node.ts';

import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { trueChance } from '../../ground/chance.ts';
import { systemClock } from '../../ground/clock.ts';
import { type GroundSettings, groundSettings, readSettings } from '../../ground/configuration.ts';
import { deriveKey } from '../../ground/keys.ts';
import { openSecret } from '../../ground/open-secret.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { openDatabase } from '../../ground/postgres/open-database.ts';
import { Hindrance, type Sentence } from '../../ground/refusal.ts';
import { closeSealing } from '../../ground/seal/close-sealing.ts';
import { countLeft, type Left, resealAll } from '../../ground/seal/reseal-all.ts';
import { dropPlainIndexes, isAnyPlain, readPlainly } from '../../ground/seal/sealing.rows.ts';
import { SEALED_COLUMNS } from '../../oversight/person/sealed-columns.ts';
import { deletePlainCodes } from '../../people/login-code.rows.ts';
import { hidePlainGuards } from '../../people/pin-guard.rows.ts';
import { SEAL_KEYS_FLAGS } from './backup-flags.ts';
import { fillEnv, parseEnv } from './env-text.ts';
import { keepEnvFile } from './keep-env-file.ts';
import { changeKeys, type KeyStep } from './key-order.ts';
import { type ExitCode, runCommand, type Terminal } from './run-command.ts';
import { COMMANDS } from './words/commands.ts';
import { lines, plainly } from './words/said.ts';

const GUARDS_AT_ONCE = 500;
const SAID = COMMANDS.sealKeys;

interface Asked {
  readonly settings: GroundSettings;
  /** The file with the configuration. */
  readonly file: string;
  readonly terminal: Terminal;
}

async function main(terminal: Terminal): Promise<ExitCode> {
  const { values } = parseArgs({ args: terminal.args, options: SEAL_KEYS_FLAGS });
  const settings = readSettings(groundSettings, process.env);
  const asked: Asked = { settings, terminal, file: values.file ?? '.env' };
  if (values.add) return changeFile(asked, 'add', SAID.thenPromote);
  if (values.promote) return changeFile(asked, 'promote', SAID.thenRotate);
  const open = await openDatabase(settings, (error) => terminal.complain(plainly(error.message)));
  try {
    if (values.close) await close(open.db);
    if (values.close || values.rotate) return await rotate(open.db, values.close === true, terminal);
    const left = await countLeft(open.db, SEALED_COLUMNS);
    if (values.drop) return drop(asked, left);
    if (isAnyPlain(await readPlainly(open.db))) terminal.say(SAID.plainly);
    terminal.say(leftSaid(left));
    return 0;
  } finally {
    await open.close();
  }
}

function leftSaid({ plain, otherKey }: Left): Sentence {
  return SAID.left(String(plain), String(otherKey));
}

async function close(db: Db): Promise<void> {
  await inTransaction(db, async (tx) => {
    await closeSealing(tx, systemClock, SEALED_COLUMNS);
    await deletePlainCodes(tx);
  });
  let hidden = GUARDS_AT_ONCE;
  while (hidden === GUARDS_AT_ONCE) {
    hidden = await inTransaction(db, async (tx) => await hidePlainGuards(tx, GUARDS_AT_ONCE));
  }
}

/** 1 when somebody wrote meanwhile what is not under the first key. */
async function rotate(db: Db, closes: boolean, { say, complain }: Terminal): Promise<0 | 1> {
  let done = 0;
  const left = await resealAll(db, SEALED_COLUMNS, ({ table, column }, sealed) => {
    done += sealed;
    say(SAID.soFar(`${table}.${column}`, done));
  });
  say(leftSaid(left));
  if (left.otherKey === 0n && (left.plain === 0n || isAnyPlain(await readPlainly(db)))) {
    if (closes) await inTransaction(db, async (tx) => await dropPlainIndexes(tx));
    return 0;
  }
  complain(SAID.meanwhile);
  return 1;
}

function drop(asked: Asked, left: Left): ExitCode {
  if (left.otherKey === 0n) return changeFile(asked, 'drop', SAID.thenRestart);
  asked.terminal.complain(lines([leftSaid(left), SAID.rotateFirst], ' '));
  return 1;
}

function changeFile({ settings, file, terminal }: Asked, step: KeyStep, next: Sentence): 0 {
  if (!existsSync(file)) throw new Hindrance(SAID.noFile(file));
  const text = readFileSync(file, 'utf8');
  const made = Buffer.from(trueChance.bytes(32)).toString('base64url');
  const keys = changeKeys(keysNow(settings, parseEnv(text).SEAL_KEYS), step, made);
  if (keys === undefined) throw new Hindrance(SAID.oneKey(step));
  const backup = keepEnvFile(
    file,
    fillEnv(text, { ...parseEnv(text), SEAL_KEYS: keys.join(',') }),
    systemClock.now(),
  );
  terminal.say(backup === undefined ? COMMANDS.written(file) : COMMANDS.kept(file, backup));
  terminal.say(next);
  return 0;
}

/** A demo seals under a key that follows from its secret: that one is written down, so that it goes on opening. */
function keysNow(settings: GroundSettings, listed: string | undefined): string[] {
  if (listed !== undefined && listed !== '') return listed.split(',');
  if (settings.MODE === 'production') return [];
  return [Buffer.from(deriveKey(openSecret(settings, trueChance), 'seal')).toString('base64url')];
}

await runCommand(SAID.usage, main);
