/**
 * Runs one program of the command line: chooses its language, understands its flags, and says in a sentence why it ends.
 *
 * Exit codes are for automation and the same everywhere: 0 all is well, 1 something is wrong and was said, 2 it cannot be run
 * like this. What the host can mend is a sentence; what is ours to mend keeps its trace.
 */
import type { Locale } from '../../ground/money/money-text.ts';
import { BrokenInvariant, Hindrance, type Sentence } from '../../ground/refusal.ts';
import { languageOf, readLanguage, UsageError } from './language.ts';
import { COMMANDS } from './words/commands.ts';
import { lines } from './words/said.ts';

export type ExitCode = 0 | 1 | 2;

export interface Terminal {
  readonly language: Locale;
  /** What was typed, without what chose the language. */
  readonly args: string[];
  readonly say: (sentence: Sentence) => void;
  /** The same where errors are said. */
  readonly complain: (sentence: Sentence) => void;
}

/** Ends the process with what `main` returns, unless it goes on serving. `--help` is answered here. */
export async function runCommand(
  usage: Sentence,
  main: (terminal: Terminal) => Promise<ExitCode | 'serving'>,
): Promise<void> {
  let language = languageOf(process.env);
  const complain = (sentence: Sentence): void => void process.stderr.write(`${sentence[language]}\n`);
  try {
    const read = readLanguage(process.argv.slice(2), process.env);
    language = read.language;
    const say = (sentence: Sentence): void => void process.stdout.write(`${sentence[language]}\n`);
    const args = [...read.rest];
    if (args.includes('--help')) {
      say(helpOf(usage));
      process.exit(0);
    }
    const end = await main({ language, args, say, complain });
    if (end !== 'serving') process.exit(end);
  } catch (error) {
    const misused = misuse(error);
    complain(misused === undefined ? whyStopped(error) : lines([misused, helpOf(usage)]));
    process.exit(misused === undefined ? 1 : 2);
  }
}

export function helpOf(usage: Sentence): Sentence {
  return lines([usage, COMMANDS.langFlag]);
}

/** What is wrong with the flags, when that is what is wrong. */
export function misuse(error: unknown): Sentence | undefined {
  if (error instanceof UsageError) return error.said;
  if (!(error instanceof Error && 'code' in error)) return undefined;
  const [, word = ''] = /'([^']+)'/.exec(error.message) ?? [];
  switch (error.code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return COMMANDS.unknownFlag(word);
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return COMMANDS.unexpectedWord(word);
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return COMMANDS.flagNeedsValue(word.replace(/ <value>$/, ''));
    default:
      return undefined;
  }
}

export function whyStopped(error: unknown): Sentence {
  if (error instanceof Hindrance) return error.said;
  if (!(error instanceof Error)) return COMMANDS.stopped(String(error));
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return COMMANDS.portInUse(Number(error.port));
  }
  // A broken invariant is told by its sentence, and so is what a server or the file system said.
  const told = error instanceof BrokenInvariant || 'code' in error;
  return COMMANDS.stopped(told ? error.message : (error.stack ?? error.message));
}
