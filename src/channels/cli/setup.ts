/**
 * Is the program behind `npm run setup`: asks and writes `.env`, or with `--test` tries what is configured.
 *
 * Its exit code is for automation: 0 all is well, 1 something is wrong and was said, 2 it cannot run like this.
 */
import './require-node.ts';

import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { trueChance } from '../../ground/chance.ts';
import { systemClock } from '../../ground/clock.ts';
import { makeIds } from '../../ground/identifiers.ts';
import { openSecret } from '../../ground/open-secret.ts';
import type { OpenDatabase } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { migrate } from '../../ground/postgres/migrate.ts';
import { openDatabase } from '../../ground/postgres/open-database.ts';
import { openBossQueue } from '../../ground/queue/boss-queue.ts';
import { appointFirstAdmin } from '../../people/appoint-first-admin.ts';
import { type Phone, parsePhone } from '../../people/phone-number.ts';
import { type OpenProvider, openProvider } from '../../rails/open-provider.ts';
import { type AllSettings, readAllSettings } from '../boot-checks.ts';
import { terminalAsker } from './asker.ts';
import { type Check, checkLines, exitCodeOf, summaryOf } from './check.ts';
import { UsageError } from './language.ts';
import { type ExitCode, runCommand, type Terminal } from './run-command.ts';
import { runSetup } from './run-setup.ts';
import { readSetupFlags, SETUP_USAGE, type SetupFlags } from './setup-flags.ts';
import { tryRealPayment } from './trial/real-payment.ts';
import { lookAround, runTrial } from './trial/run-trial.ts';
import { CHECKS } from './words/checks.ts';
import { SETUP } from './words/setup.ts';

const LOOK_AGAIN_MS = 500;
const ground = { clock: systemClock, chance: trueChance, ids: makeIds(systemClock, trueChance) };
const hasTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;

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
  const { name, made, give, ask } = CHECKS.firstAdmin;
  const phone = parsePhone(typed, settings.channels.DEFAULT_COUNTRY);
  if (!phone.ok) return { name, state: 'red', seen: phone.refusal, cure: give };
  const open = await openDatabase(settings.ground, () => undefined);
  try {
    await migrate(open.db, systemClock);
    const answer = await inTransaction(open.db, async (tx) => appointFirstAdmin(tx, ground, phone.value));
    if (!answer.ok) return { name, state: 'red', seen: answer.refusal, cure: ask };
    return { name, state: 'green', seen: made };
  } finally {
    await open.close();
  }
}

/** A number of the command line, or a sentence. */
function phoneOf(typed: string | undefined, settings: AllSettings): Phone | undefined {
  if (typed === undefined) return undefined;
  const phone = parsePhone(typed, settings.channels.DEFAULT_COUNTRY);
  if (!phone.ok) throw new UsageError(phone.refusal);
  return phone.value;
}

async function test(
  flags: SetupFlags,
  settings: AllSettings,
  { say, language }: Terminal,
): Promise<ExitCode> {
  const smsTo = phoneOf(flags.smsTo, settings);
  const payer = phoneOf(flags.payer, settings);
  if (flags.realAmount !== undefined && payer === undefined) {
    throw new UsageError(SETUP.payerNeeded);
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
          flags.yes || (hasTerminal && (await terminalAsker(language).confirm(sentence, false))),
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
  throw new UsageError(SETUP.payerNeeded);
}

async function main(terminal: Terminal): Promise<ExitCode> {
  const flags = readSetupFlags(terminal.args);
  if (flags.test) return await test(flags, readAllSettings(process.env), terminal);
  return await runSetup({
    flags,
    variables: process.env,
    asker: hasTerminal ? terminalAsker(terminal.language) : undefined,
    template: readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8'),
    clock: systemClock,
    chance: trueChance,
    say: terminal.say,
    look,
    appoint,
  });
}

await runCommand(SETUP_USAGE, main);
