/**
 * Asks what an installation needs to know, checks the answers where it can, and writes them to `.env`.
 *
 * The earlier application wrote live keys into a source file. Here keys go to one file, for its owner only, and nowhere
 * else: not to the screen, not to a log. Nothing is written before everything fits together, and an existing file is
 * replaced only after a yes, with its backup beside it.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Chance } from '../../ground/chance.ts';
import type { Clock } from '../../ground/clock.ts';
import { ConfigurationError, type EnvironmentVariables } from '../../ground/configuration.ts';
import { type AllSettings, readAllSettings } from '../boot-checks.ts';
import { type Asker, GivenUp } from './asker.ts';
import { type Check, checkLines } from './check.ts';
import { type EnvValues, fillEnv, parseEnv, whyNotInEnv } from './env-text.ts';
import { keepEnvFile } from './keep-env-file.ts';
import type { SetupFlags } from './setup-flags.ts';
import { QUESTIONS, type Question, SECRET_VARIABLES, VARIABLES, whyNotAnswer } from './setup-questions.ts';

/** 0: done; 1: something does not fit, and nothing was written; 2: nobody can be asked. */
export type ExitCode = 0 | 1 | 2;

export interface Setup {
  readonly flags: SetupFlags;
  readonly variables: EnvironmentVariables;
  /** Absent when there is no terminal. */
  readonly asker?: Asker | undefined;
  /** The text that is filled in: `.env.example`. */
  readonly template: string;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly say: (line: string) => void;
  /** Looks at what the answers name: database, provider, relay. Yields what it found. */
  readonly look: (settings: AllSettings) => AsyncIterable<Check>;
  /** Makes the first administrator; returns a sentence. */
  readonly appoint: (settings: AllSettings, phone: string) => Promise<Check>;
}

export const NO_TERMINAL =
  'There is no terminal to ask at. Use npm run setup -- --non-interactive, with flags and environment (--help).';

export async function runSetup(setup: Setup): Promise<ExitCode> {
  const { flags, asker, say } = setup;
  if (!flags.nonInteractive && asker === undefined) {
    say(NO_TERMINAL);
    return 2;
  }
  try {
    return await (flags.nonInteractive || asker === undefined ? fromFlags(setup) : atTerminal(setup, asker));
  } catch (error) {
    if (error instanceof GivenUp) {
      say('Given up. Nothing was written.');
      return 1;
    }
    throw error;
  }
}

async function fromFlags(setup: Setup): Promise<ExitCode> {
  const { flags, say } = setup;
  if (existsSync(flags.file) && !flags.replace) {
    say(`${flags.file} exists. --replace replaces it and keeps a backup.`);
    return 1;
  }
  const answers = completed(setup, withDefaults({ ...known(setup), ...flags.values }));
  const faults = faultsOf(answers);
  if (faults !== undefined) {
    say(`${faults}\nNothing was written.`);
    return 1;
  }
  const settings = readAllSettings(answers);
  if (!flags.offline && (await lookAround(setup, settings)).length > 0) {
    say('Nothing was written. --offline writes it without looking.');
    return 1;
  }
  if (!write(setup, answers)) return 1;
  return await appointIfAsked(setup, settings, flags.adminPhone);
}

async function atTerminal(setup: Setup, asker: Asker): Promise<ExitCode> {
  const { flags, say } = setup;
  if (
    existsSync(flags.file) &&
    !flags.replace &&
    !(await asker.confirm(`${flags.file} exists. Replace it? A backup is kept`, false))
  ) {
    throw new GivenUp('the file stays');
  }
  let answers: EnvValues = { ...known(setup), ...flags.values };
  for (;;) {
    answers = completed(setup, await askAll(asker, answers));
    const faults = faultsOf(answers);
    const open =
      faults === undefined && !flags.offline ? await lookAround(setup, readAllSettings(answers)) : [];
    if (faults === undefined && open.length === 0) break;
    if (faults !== undefined) asker.say(faults);
    else if (await asker.confirm('Not everything works yet. Write it all the same?', false)) break;
    if (!(await asker.confirm('Go through the questions again?', true))) throw new GivenUp('given up');
  }
  if (!write(setup, answers)) return 1;
  const settings = readAllSettings(answers);
  const phone = flags.adminPhone ?? (await askAdmin(asker, settings));
  const code = await appointIfAsked(setup, settings, phone);
  say('Next: npm run setup -- --test tries it all, npm start starts it, npm run doctor looks after it.');
  return code;
}

async function askAll(asker: Asker, before: EnvValues): Promise<EnvValues> {
  let answers = before;
  for (const question of QUESTIONS) {
    if (!question.applies(answers)) {
      answers = { ...answers, [question.variable]: '' };
      continue;
    }
    answers = { ...answers, [question.variable]: await askOne(asker, question, answers) };
  }
  return answers;
}

async function askOne(asker: Asker, question: Question, answers: EnvValues): Promise<string> {
  const present = answers[question.variable];
  const first = present === undefined || present === '' ? question.proposal?.(answers) : present;
  if (question.choices !== undefined) {
    const choices = question.choices.map((value) => ({ value, label: value }));
    return await asker.choose(question.message, choices, first ?? question.choices[0] ?? '');
  }
  const whyNot = (answer: string): string | undefined => whyNotAnswer(question, answer, answers);
  const asked = { message: question.message, otherwise: first, whyNot };
  const isSecret = SECRET_VARIABLES.includes(question.variable);
  return (await (isSecret ? asker.secret(asked) : asker.text(asked))).trim();
}

async function askAdmin(asker: Asker, settings: AllSettings): Promise<string | undefined> {
  if (settings.ground.MODE === 'demo') return undefined;
  const phone = await asker.text({
    message: 'Phone number of the first administrator, with +country code (nothing: later)',
    otherwise: '',
    whyNot: () => undefined,
  });
  return phone === '' ? undefined : phone;
}

/** What is configured already: the file that is replaced, then the environment, which wins. */
function known({ flags, variables }: Setup): EnvValues {
  const before = existsSync(flags.file) ? parseEnv(readFileSync(flags.file, 'utf8')) : {};
  const given = VARIABLES.flatMap((name) => {
    const value = variables[name];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  return { ...before, ...Object.fromEntries(given) };
}

/** The defaults that a question would propose, for whoever is not asked. */
function withDefaults(given: EnvValues): EnvValues {
  let answers = given;
  for (const { variable, choices, applies } of QUESTIONS) {
    if (choices === undefined || !applies(answers) || (answers[variable] ?? '') !== '') continue;
    answers = { ...answers, [variable]: choices[0] ?? '' };
  }
  return answers;
}

/** What nobody should have to think about: a secret that nobody can guess, and the proxy that https needs. */
function completed({ chance }: Setup, answers: EnvValues): EnvValues {
  const made = (): string => Buffer.from(chance.bytes(32)).toString('base64url');
  const absent = (name: string): boolean => (answers[name] ?? '') === '';
  return {
    ...answers,
    ...(absent('SECRET_KEY') ? { SECRET_KEY: made() } : {}),
    ...(absent('SEAL_KEYS') && answers.MODE === 'production' ? { SEAL_KEYS: made() } : {}),
    ...(absent('TRUST_PROXY') && answers.MODE === 'production' ? { TRUST_PROXY: '1' } : {}),
  };
}

function faultsOf(answers: EnvValues): string | undefined {
  const unwritable = Object.entries(answers).flatMap(([name, value]) => {
    const reason = whyNotInEnv(value);
    return reason === undefined ? [] : [`  ${name}: ${reason}`];
  });
  if (unwritable.length > 0) return `The configuration cannot be written:\n${unwritable.join('\n')}`;
  try {
    readAllSettings(answers);
    return undefined;
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
}

/** Says what it sees; returns what is wrong. */
async function lookAround({ look, say }: Setup, settings: AllSettings): Promise<Check[]> {
  const wrong: Check[] = [];
  for await (const check of look(settings)) {
    say(checkLines(check));
    if (check.state === 'red') wrong.push(check);
  }
  return wrong;
}

function write({ flags, template, clock, say }: Setup, answers: EnvValues): boolean {
  try {
    const backup = keepEnvFile(flags.file, fillEnv(template, answers), clock.now());
    say(`${flags.file} is written, readable by its owner only.`);
    if (backup !== undefined) say(`The one before is kept as ${backup}.`);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    say(`${flags.file} could not be written (${String(error.code)}). Nothing was changed.`);
    return false;
  }
}

async function appointIfAsked(
  { appoint, say }: Setup,
  settings: AllSettings,
  phone: string | undefined,
): Promise<ExitCode> {
  if (phone === undefined) return 0;
  const check = await appoint(settings, phone);
  say(checkLines(check));
  return check.state === 'red' ? 1 : 0;
}
