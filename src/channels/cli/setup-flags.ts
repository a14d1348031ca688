/**
 * Reads the command line of `npm run setup`.
 *
 * Every variable that is no secret has a flag. Secrets have none: a command line stands in the list of processes and in
 * the shell's history; they come from the environment.
 */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { EnvValues } from './env-text.ts';
import { SECRET_VARIABLES, VARIABLES, type Variable } from './setup-questions.ts';

export interface SetupFlags {
  /** The values of variables that were given. */
  readonly values: EnvValues;
  readonly nonInteractive: boolean;
  /** Replace an existing file without a question. */
  readonly replace: boolean;
  /** Look at nothing outside: no provider, no database, no relay. */
  readonly offline: boolean;
  /** Try what is configured, write nothing. */
  readonly test: boolean;
  readonly help: boolean;
  readonly file: string;
  readonly adminPhone?: string | undefined;
  /** For the test: who gets one real text message. */
  readonly smsTo?: string | undefined;
  /** For the test: one real payment. */
  readonly realAmount?: string | undefined;
  readonly payer?: string | undefined;
  readonly method?: string | undefined;
  /** The real payment is confirmed already. */
  readonly yes: boolean;
}

/** Thrown with a sentence when the command line cannot be understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const SETUP_USAGE = `npm run setup                               asks, checks, and writes .env
npm run setup -- --non-interactive          takes the answers from flags (--public-url …) and the environment
  --replace                                 replaces an existing .env (a backup is kept)
  --offline                                 checks nothing outside this machine
  --file PATH                               another file than .env
  --admin-phone NUMBER                      makes the first administrator
npm run setup -- --test                     tries what is configured, step by step
  --sms-to NUMBER                           sends one real text message
  --real-amount 100 --payer NUMBER --method wave [--yes]   asks this phone for real money
Secrets are never taken from flags: ${SECRET_VARIABLES.join(', ')} come from the environment.`;

const SWITCHES = ['non-interactive', 'replace', 'offline', 'test', 'help', 'yes'] as const;
const TEXTS = ['file', 'admin-phone', 'sms-to', 'real-amount', 'payer', 'method'] as const;

function flagOf(variable: Variable): string {
  return variable.toLowerCase().replaceAll('_', '-');
}

/** Throws `UsageError`. */
export function readSetupFlags(args: readonly string[]): SetupFlags {
  for (const variable of SECRET_VARIABLES) {
    if (args.some((arg) => arg === `--${flagOf(variable)}` || arg.startsWith(`--${flagOf(variable)}=`))) {
      throw new UsageError(`${variable} is a secret: give it in the environment, never on the command line.`);
    }
  }
  const open = VARIABLES.filter((variable) => !SECRET_VARIABLES.includes(variable));
  const options: NonNullable<ParseArgsConfig['options']> = Object.fromEntries([
    ...SWITCHES.map((name) => [name, { type: 'boolean' as const }]),
    ...[...TEXTS, ...open.map(flagOf)].map((name) => [name, { type: 'string' as const }]),
  ]);
  const { values } = parse(args, options);
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    values: Object.fromEntries(
      open.flatMap((variable) => {
        const value = text(flagOf(variable));
        return value === undefined ? [] : [[variable, value]];
      }),
    ),
    nonInteractive: values['non-interactive'] === true,
    replace: values.replace === true,
    offline: values.offline === true,
    test: values.test === true,
    help: values.help === true,
    yes: values.yes === true,
    file: text('file') ?? '.env',
    adminPhone: text('admin-phone'),
    smsTo: text('sms-to'),
    realAmount: text('real-amount'),
    payer: text('payer'),
    method: text('method'),
  };
}

function parse(args: readonly string[], options: NonNullable<ParseArgsConfig['options']>) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
