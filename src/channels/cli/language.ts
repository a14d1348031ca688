/**
 * Chooses the language in which a program speaks to whoever started it: `--lang fr|en`, else that of the terminal.
 *
 * A terminal that names no language, or another one, is spoken to in English, as its other programs do.
 */
import type { EnvironmentVariables } from '../../ground/configuration.ts';
import type { Locale } from '../../ground/money/money-text.ts';
import { Hindrance } from '../../ground/refusal.ts';

/** In the order in which every program of the machine reads them. */
const OF_THE_TERMINAL = ['LC_ALL', 'LC_MESSAGES', 'LANG'] as const;

/** Thrown with a sentence when the command line cannot be understood. */
export class UsageError extends Hindrance {}

/** The language, and the arguments without what chose it. Throws `UsageError` when there is no such language. */
export function readLanguage(
  args: readonly string[],
  variables: EnvironmentVariables,
): { readonly language: Locale; readonly rest: readonly string[] } {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  if (at === -1) return { language: languageOf(variables), rest: args };
  const [, inOne] = args[at]?.split('=') ?? [];
  const named = inOne ?? args[at + 1];
  const rest = args.toSpliced(at, inOne === undefined ? 2 : 1);
  if (named === 'fr' || named === 'en') return { language: named, rest };
  throw new UsageError({
    fr: '--lang est fr ou en (--lang is fr or en)',
    en: '--lang is fr or en (--lang est fr ou en)',
  });
}

export function languageOf(variables: EnvironmentVariables): Locale {
  const chosen = OF_THE_TERMINAL.map((name) => variables[name]).find(
    (value) => value !== undefined && value !== '',
  );
  return /^fr([_.@-]|$)/i.test(chosen ?? '') ? 'fr' : 'en';
}
