/**
 * Is the program behind `npm run setup`: asks and writes `.env`, or with `--test` tries what is configured.
 *
 * Its exit code is for automation: 0 all is well, 1 something is wrong and was said, 2 it cannot run like this.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { trueChance } from '../../ground/chance.ts';
import { systemClock } from '../../ground/clock.ts';
import { ConfigurationError } from '../../ground/configuration.ts';
import { makeIds } from '../../ground/identifiers.ts';
import { openSecret } from '../../ground/open-secret.ts';
import type { OpenDatabase } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { migrate } from '../../ground/postgres/migrate.ts';
import { openDatabase } from '../../ground/postgres/open-database.ts';
import { openBossQueue } from '../../ground/queue/boss-queue.ts';
import { BrokenInvariant } from '../../ground/refusal.ts';
import { appointFirstAdmin } from '../../people/appoint-first-admin.ts';
import { type Phone, parsePhone } from '../../people/phone-number.ts';
import { type OpenProvider, openProvider } from '../../rails/open-provider.ts';
import { type AllSettings, readAllSettings } from '../boot-checks.ts';
import { terminalAsker } from './asker.ts';
import { type Check, checkLines, exitCodeOf, summaryOf } from './check.ts';
import { type ExitCode, runSetup } from './run-setup.ts';
import { readSetupFlags, SETUP_USAGE, type SetupFlags, UsageError } from './setup-flags.ts';
import { tryRealPayment } from './trial/real-payment.ts';
import { lookAround, runTrial } from './trial/run-trial.ts';

const LOOK_AGAIN_MS = 500;
const ground = { clock: systemClock, chance: trueChance, ids: makeIds(systemClock, trueChance) };
const hasTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function openConfigured(settings: AllSettings): Promise<OpenProvider> {
  return await openProvider(settings.rails, ground, {
    secret: openSecret(settings.ground, trueChance),
    dataFolder: settings.ground.DATA_DIR,
    onError: () => undefined,
  });
}

async function* look(settings: AllSettings): AsyncGenerator<Check> {
  const provider = await openConfigured(settings);
  try {
    yield* lookAround({ settings, provider, clock: systemClock });
  } finally {
    await provider.close();
  }
}

async function appoint(settings: AllSettings, typed: string): Promise<Check> {
  const name = 'first administrator';
  const phone = parsePhone(typed, settings.channels.DEFAULT_COUNTRY);
  if (!phone.ok) return { name, state: 'red', seen: phone.refusal.en, cure: 'give it with --admin-phone' };
  const open = await openDatabase(settings.ground, () => undefined);
  try {
    await migrate(open.db, systemClock);
    const answer = await inTransaction(open.db, async (tx) => appointFirstAdmin(tx, ground, phone.value));
    if (!answer.ok) return { name, state: 'red', seen: answer.refusal.en, cure: 'ask them' };
    return { name, state: 'green', seen: 'whoever holds this number logs in with a code by SMS' };
  } finally {
    await open.close();
  }
}

/** A number of the command line, or a sentence. */
function phoneOf(typed: string | undefined, settings: AllSettings): Phone | undefined {
  if (typed === undefined) return undefined;
  const phone = parsePhone(typed, settings.channels.DEFAULT_COUNTRY);
  if (!phone.ok) throw new UsageError(phone.refusal.en);
  return phone.value;
}

async function test(flags: SetupFlags, settings: AllSettings): Promise<ExitCode> {
  const smsTo = phoneOf(flags.smsTo, settings);
  const payer = phoneOf(flags.payer, settings);
  if (flags.realAmount !== undefined && payer === undefined) {
    throw new UsageError('--real-amount needs --payer NUMBER, the phone that is asked for real money');
  }
  const provider = await openConfigured(settings);
  const pay = async (open: OpenDatabase): Promise<Check> => {
    const rails = {
      provider: provider.provider,
      feePolicy: settings.rails.FEE_POLICY,
      fallbackFeeBasisPoints: Math.round(settings.rails.GETMIPAY_FEE_PERCENT * 100),
      // The worker that sends the payment writes the address; nothing is sent from here.
      callbackUrl: () => '',
    };
    const queue = openBossQueue(open, () => undefined);
    await queue.prepare([]);
    try {
      return await tryRealPayment(open.db, { ...ground, queue }, rails, {
        payer: payer ?? phoneNeeded(),
        method: flags.method ?? 'wave',
        amount: flags.realAmount ?? '',
        agreed: async (sentence) =>
          flags.yes || (hasTerminal && (await terminalAsker.confirm(sentence, false))),
        pause: async () => await wait(LOOK_AGAIN_MS),
      });
    } finally {
      await queue.stop();
    }
  };
  const checks: Check[] = [];
  const asked = flags.realAmount === undefined ? {} : { pay };
  try {
    const pause = async () => await wait(LOOK_AGAIN_MS);
    const trial = { settings, provider, clock: systemClock, chance: trueChance, smsTo, pause, ...asked };
    for await (const check of runTrial(trial)) {
      say(checkLines(check));
      checks.push(check);
    }
  } finally {
    await provider.close();
  }
  say(summaryOf(checks));
  return exitCodeOf(checks);
}

function phoneNeeded(): never {
  throw new UsageError('--payer is missing');
}

async function main(): Promise<ExitCode> {
  const flags = readSetupFlags(process.argv.slice(2));
  if (flags.help) {
    say(SETUP_USAGE);
    return 0;
  }
  if (flags.test) return await test(flags, readAllSettings(process.env));
  return await runSetup({
    flags,
    variables: process.env,
    asker: hasTerminal ? terminalAsker : undefined,
    template: readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8'),
    clock: systemClock,
    chance: trueChance,
    say,
    look,
    appoint,
  });
}

try {
  process.exit(await main());
} catch (error) {
  const expected =
    error instanceof ConfigurationError || error instanceof UsageError || error instanceof BrokenInvariant;
  process.stderr.write(
    `${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(error instanceof UsageError ? 2 : 1);
}
