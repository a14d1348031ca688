/**
 * Is the program behind `npm run seal-keys`: changes the keys under which phone numbers and names are kept, and says how
 * far that is.
 *
 * It never shows a key. Each step says what comes next, and may be run again: killed anywhere, the next run goes on.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { trueChance } from '../../ground/chance.ts';
import { systemClock } from '../../ground/clock.ts';
import { ConfigurationError, groundSettings, readSettings } from '../../ground/configuration.ts';
import { deriveKey } from '../../ground/keys.ts';
import { openSecret } from '../../ground/open-secret.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { openDatabase } from '../../ground/postgres/open-database.ts';
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

const USAGE = `npm run seal-keys                  says how many rows are plain or under another key than the first
npm run seal-keys -- --add         1. makes a key that opens; then restart every process
npm run seal-keys -- --promote     2. lets the new key seal; then restart every process
npm run seal-keys -- --rotate      3. seals every row anew under the first key; may be run again
npm run seal-keys -- --drop        4. takes the old keys away, when nothing is under them
npm run seal-keys -- --close       after an upgrade, when no older version runs: nothing is written plainly any more
--file FILE names the configuration (.env)`;

const GUARDS_AT_ONCE = 500;

const settings = readSettings(groundSettings, process.env);

async function main(): Promise<0 | 1> {
  const { values } = parseArgs({ options: SEAL_KEYS_FLAGS });
  const file = values.file ?? '.env';
  if (values.help) return say(USAGE);
  if (values.add)
    return changeFile(file, 'add', 'Restart every process, then npm run seal-keys -- --promote');
  if (values.promote) {
    return changeFile(file, 'promote', 'Restart every process, then npm run seal-keys -- --rotate');
  }
  const open = await openDatabase(settings, (error) => process.stderr.write(`${error.message}\n`));
  try {
    if (values.close) await close(open.db);
    if (values.close || values.rotate) return await rotate(open.db, values.close === true);
    const left = await countLeft(open.db, SEALED_COLUMNS);
    if (values.drop) return drop(file, left);
    const plainly = isAnyPlain(await readPlainly(open.db))
      ? 'Rows are written plainly, for an older version.\n'
      : '';
    return say(`${plainly}${leftText(left)}`);
  } finally {
    await open.close();
  }
}

function say(text: string): 0 {
  process.stdout.write(`${text}\n`);
  return 0;
}

function leftText({ plain, otherKey }: Left): string {
  return `${plain} plain, ${otherKey} under another key than the first.`;
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
async function rotate(db: Db, closes: boolean): Promise<0 | 1> {
  let done = 0;
  const left = await resealAll(db, SEALED_COLUMNS, ({ table, column }, sealed) => {
    done += sealed;
    process.stdout.write(`${table}.${column}: ${done} rows so far\n`);
  });
  say(leftText(left));
  if (left.otherKey === 0n && (left.plain === 0n || isAnyPlain(await readPlainly(db)))) {
    if (closes) await inTransaction(db, async (tx) => await dropPlainIndexes(tx));
    return 0;
  }
  process.stderr.write(
    'A process with the old list has written meanwhile: restart it, and run this again.\n',
  );
  return 1;
}

function drop(file: string, left: Left): 0 | 1 {
  if (left.otherKey === 0n)
    return changeFile(file, 'drop', 'Restart every process. Backups need the old key');
  process.stderr.write(`${leftText(left)} Run npm run seal-keys -- --rotate first. Nothing was changed.\n`);
  return 1;
}

function changeFile(file: string, step: KeyStep, next: string): 0 {
  if (!existsSync(file)) {
    throw new ConfigurationError(`${file} is not there: change SEAL_KEYS where you keep it, see SECURITY.md`);
  }
  const text = readFileSync(file, 'utf8');
  const made = Buffer.from(trueChance.bytes(32)).toString('base64url');
  const keys = changeKeys(keysNow(parseEnv(text).SEAL_KEYS), step, made);
  if (keys === undefined)
    throw new ConfigurationError(`SEAL_KEYS has one key only: --${step} has nothing to do`);
  const backup = keepEnvFile(
    file,
    fillEnv(text, { ...parseEnv(text), SEAL_KEYS: keys.join(',') }),
    systemClock.now(),
  );
  return say(`${file} is written; the one before is kept as ${backup ?? 'nothing'}.\n${next}.`);
}

/** A demo seals under a key that follows from its secret: that one is written down, so that it goes on opening. */
function keysNow(listed: string | undefined): string[] {
  if (listed !== undefined && listed !== '') return listed.split(',');
  if (settings.MODE === 'production') return [];
  return [Buffer.from(deriveKey(openSecret(settings, trueChance), 'seal')).toString('base64url')];
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
