/**
 * Is whoever answers the questions of `npm run setup`: a person at a terminal, or the script of a test.
 */
import { confirm, isCancel, log, password, select, text } from '@clack/prompts';

export interface TextQuestion {
  readonly message: string;
  /** Taken when nothing is typed. */
  readonly otherwise?: string | undefined;
  /** A sentence when the answer cannot be used. */
  readonly whyNot: (answer: string) => string | undefined;
}

export interface Asker {
  text(question: TextQuestion): Promise<string>;
  /** What is typed is not shown; `otherwise` is kept and never shown either. */
  secret(question: TextQuestion): Promise<string>;
  choose(message: string, choices: readonly Choice[], first: string): Promise<string>;
  confirm(message: string, first: boolean): Promise<boolean>;
  say(line: string): void;
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
export const terminalAsker: Asker = {
  async text({ message, otherwise, whyNot }) {
    const options = { message, validate: (typed: string | undefined) => whyNot(typed || (otherwise ?? '')) };
    const hint = otherwise === undefined ? {} : { placeholder: otherwise, defaultValue: otherwise };
    return answered(await text({ ...options, ...hint })) ?? '';
  },
  async secret({ message, otherwise, whyNot }) {
    const hint = otherwise === undefined ? '' : ' (nothing typed keeps the present one)';
    const typed = answered(
      await password({
        message: `${message}${hint}`,
        validate: (one) => whyNot(one || (otherwise ?? '')),
      }),
    );
    return typed || (otherwise ?? '');
  },
  choose: async (message, choices, first) =>
    answered(await select({ message, options: [...choices], initialValue: first })),
  confirm: async (message, first) => answered(await confirm({ message, initialValue: first })),
  say: (line) => log.message(line),
};
