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
import {
  ConfigurationError,
  DEFAULT_DATA_DIR,
  type EnvironmentVariables,
} from '../../ground/configuration.ts';
import { findDemoSecret } from '../../ground/open-secret.ts';
import type { Sentence } from '../../ground/refusal.ts';
import { type AllSettings, readAllSettings } from '../boot-checks.ts';
import { type Asker, GivenUp } from './asker.ts';
import { type Check, checkLines } from './check.ts';
import { type EnvValues, fillEnv, parseEnv, whyNotInEnv } from './env-text.ts';
import { keepEnvFile } from './keep-env-file.ts';
import type { ExitCode } from './run-command.ts';
import type { SetupFlags } from './setup-flags.ts';
import { QUESTIONS, type Question, SECRET_VARIABLES, VARIABLES, whyNotAnswer } from './setup-questions.ts';
import { lines } from './words/said.ts';
import { SETUP } from './words/setup.ts';

export interface Setup {
  readonly flags: SetupFlags;
  readonly variables: EnvironmentVariables;
  /** Absent when there is no terminal. */
  readonly asker?: Asker | undefined;
  /** The text that is filled in: `.env.example`. */
  readonly template: string;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly say: (sentence: Sentence) => void;
  /** Looks at what the answers name: database, provider, relay. Yields what it found. */
  readonly look: (settings: AllSettings) => AsyncIterable<Check>;
  /** Makes the first administrator; returns a sentence. */
  readonly appoint: (settings: AllSettings, phone: string) => Promise<Check>;
}

export async function runSetup(setup: Setup): Promise<ExitCode> {
  const { flags, asker, say } = setup;
  if (!flags.nonInteractive && asker === undefined) {
    say(SETUP.noTerminal);
    return 2;
  }
  try {
    return await (flags.nonInteractive || asker === undefined ? fromFlags(setup) : atTerminal(setup, asker));
  } catch (error) {
    if (error instanceof GivenUp) {
      say(SETUP.givenUp);
      return 1;
    }
    throw error;
  }
}

async function fromFlags(setup: Setup): Promise<ExitCode> {
  const { flags, say } = setup;
  if (existsSync(flags.file) && !flags.replace) {
    say(SETUP.exists(flags.file));
    return 1;
  }
  const answers = completed(setup, withDefaults({ ...known(setup), ...flags.values }));
  const faults = faultsOf(answers);
  if (faults !== undefined) {
    say(lines([faults, SETUP.nothingWritten]));
    return 1;
  }
  const settings = readAllSettings(answers);
  if (!flags.offline && (await lookAround(setup, settings)).length > 0) {
    say(SETUP.offline);
    return 1;
  }
  if (!write(setup, answers)) return 1;
  return await appointIfAsked(setup, settings, flags.adminPhone);
}

async function atTerminal(setup: Setup, asker: Asker): Promise<ExitCode> {
  const { flags, say } = setup;
  if (existsSync(flags.file) && !flags.replace && !(await asker.confirm(SETUP.replace(flags.file), false))) {
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
    else if (await asker.confirm(SETUP.writeAnyway, false)) break;
    if (!(await asker.confirm(SETUP.again, true))) throw new GivenUp('given up');
  }
  if (!write(setup, answers)) return 1;
  const settings = readAllSettings(answers);
  const phone = flags.adminPhone ?? (await askAdmin(asker, settings));
  const code = await appointIfAsked(setup, settings, phone);
  say(SETUP.next);
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
  const message = SETUP.questions[question.variable];
  const present = answers[question.variable];
  const first = present === undefined || present === '' ? question.proposal?.(answers) : present;
  if (question.choices !== undefined) {
    const choices = question.choices.map((value) => ({ value, label: value }));
    return await asker.choose(message, choices, first ?? question.choices[0] ?? '');
  }
  const whyNot = (answer: string): Sentence | undefined => whyNotAnswer(question, answer, answers);
  const asked = { message, otherwise: first, whyNot };
  const isSecret = SECRET_VARIABLES.includes(question.variable);
  return (await (isSecret ? asker.secret(asked) : asker.text(asked))).trim();
}

async function askAdmin(asker: Asker, settings: AllSettings): Promise<string | undefined> {
  if (settings.ground.MODE === 'demo') return undefined;
  const phone = await asker.text({
    message: SETUP.adminPhone,
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
    ...(absent('SECRET_KEY') ? { SECRET_KEY: secretOfDemo(answers) ?? made() } : {}),
    ...(absent('SEAL_KEYS') && answers.MODE === 'production' ? { SEAL_KEYS: made() } : {}),
    ...(absent('TRUST_PROXY') && answers.MODE === 'production' ? { TRUST_PROXY: '1' } : {}),
  };
}

/** A demo that ran before has a secret already, under which its people are sealed and its simulator knows us. */
function secretOfDemo({ MODE: mode, DATA_DIR: folder }: EnvValues): string | undefined {
  if (mode === 'production') return undefined;
  return findDemoSecret(folder === undefined || folder === '' ? DEFAULT_DATA_DIR : folder);
}

function faultsOf(answers: EnvValues): Sentence | undefined {
  const unwritable = Object.entries(answers).flatMap(([name, value]) => {
    const reason = whyNotInEnv(value);
    return reason === undefined ? [] : [SETUP.variable(name, reason)];
  });
  if (unwritable.length > 0) return lines([SETUP.unwritable, ...unwritable]);
  try {
    readAllSettings(answers);
    return undefined;
  } catch (error) {
    if (error instanceof ConfigurationError) return error.said;
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
    say(SETUP.written(flags.file));
    if (backup !== undefined) say(SETUP.keptAs(backup));
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    say(SETUP.notWritten(flags.file, String(error.code)));
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
