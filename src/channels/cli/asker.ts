/**
 * Is whoever answers the questions of `npm run setup`: a person at a terminal, or the script of a test.
 */
import { confirm, isCancel, log, password, select, text } from '@clack/prompts';
import type { Locale } from '../../ground/money/money-text.ts';
import type { Sentence } from '../../ground/refusal.ts';
import { SETUP } from './words/setup.ts';

export interface TextQuestion {
  readonly message: Sentence;
  /** Taken when nothing is typed. */
  readonly otherwise?: string | undefined;
  /** A sentence when the answer cannot be used. */
  readonly whyNot: (answer: string) => Sentence | undefined;
}

export interface Asker {
  text(question: TextQuestion): Promise<string>;
  /** What is typed is not shown; `otherwise` is kept and never shown either. */
  secret(question: TextQuestion): Promise<string>;
  choose(message: Sentence, choices: readonly Choice[], first: string): Promise<string>;
  confirm(message: Sentence, first: boolean): Promise<boolean>;
  say(sentence: Sentence): void;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Thrown when the person gives up; nothing was written. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp';
}

function answered<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new GivenUp('given up');
  return answer as Exclude<T, symbol>;
}

/** Asks at the terminal. Only where there is one: without a terminal the library waits for ever. */
export function terminalAsker(language: Locale): Asker {
  return {
    async text({ message, otherwise, whyNot }) {
      const validate = (typed: string | undefined) => whyNot(typed || (otherwise ?? ''))?.[language];
      const hint = otherwise === undefined ? {} : { placeholder: otherwise, defaultValue: otherwise };
      return answered(await text({ message: message[language], validate, ...hint })) ?? '';
    },
    async secret({ message, otherwise, whyNot }) {
      const asked = otherwise === undefined ? message : SETUP.keeps(message);
      const typed = answered(
        await password({
          message: asked[language],
          validate: (one) => whyNot(one || (otherwise ?? ''))?.[language],
        }),
      );
      return typed || (otherwise ?? '');
    },
    choose: async (message, choices, first) =>
      answered(
        await select({
          message: SETUP.chooses(message)[language],
          options: [...choices],
          initialValue: first,
          // The library's own hint is English only.
          showInstructions: false,
        }),
      ),
    confirm: async (message, first) =>
      answered(
        await confirm({
          message: message[language],
          initialValue: first,
          active: SETUP.yes[language],
          inactive: SETUP.no[language],
        }),
      ),
    say: (sentence) => log.message(sentence[language]),
  };
}
