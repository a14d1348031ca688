/**
 * Reads the command line of `npm run setup`.
 *
 * Every variable that is no secret has a flag. Secrets have none: a command line stands in the list of processes and in
 * the shell's history; they come from the environment.
 */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { EnvValues } from './env-text.ts';
import { UsageError } from './language.ts';
import { misuse } from './run-command.ts';
import { SECRET_VARIABLES, VARIABLES, type Variable } from './setup-questions.ts';
import { COMMANDS } from './words/commands.ts';
import { SETUP } from './words/setup.ts';

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

export const SETUP_USAGE = SETUP.usage(SECRET_VARIABLES.join(', '));

const SWITCHES = ['non-interactive', 'replace', 'offline', 'test', 'help', 'yes'] as const;
const TEXTS = ['file', 'admin-phone', 'sms-to', 'real-amount', 'payer', 'method'] as const;

function flagOf(variable: Variable): string {
  return variable.toLowerCase().replaceAll('_', '-');
}

/** Throws `UsageError`. */
export function readSetupFlags(args: readonly string[]): SetupFlags {
  for (const variable of SECRET_VARIABLES) {
    if (args.some((arg) => arg === `--${flagOf(variable)}` || arg.startsWith(`--${flagOf(variable)}=`))) {
      throw new UsageError(SETUP.secretFlag(variable));
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
    const said =
      misuse(error) ?? COMMANDS.strangeFlags(error instanceof Error ? error.message : String(error));
    throw new UsageError(said, { cause: error });
  }
}
