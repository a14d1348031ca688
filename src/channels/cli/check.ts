/**
 * Is one thing that was looked at, and what to do about it: what setup, its test and the doctor tell in lines.
 *
 * A verdict is a shape and a word, not only a colour: logs of a CI have no colours.
 */
export type CheckState =
  | 'green' // as it should be
  | 'amber' // works, and somebody should look at it
  | 'red'; // does not work, or is dangerous

export interface Check {
  /** A few lower-case words; unique in one list. */
  readonly name: string;
  readonly state: CheckState;
  /** What was seen. Never a secret, a phone number or a name. */
  readonly seen: string;
  /** What to do; absent only when there is nothing to do. */
  readonly cure?: string;
}

const SIGNS: Readonly<Record<CheckState, string>> = {
  green: '✔ good ',
  amber: '! watch',
  red: '✘ wrong',
};

export function checkLines({ name, state, seen, cure }: Check): string {
  const [first = '', ...more] = seen.split('\n');
  const indent = '\n          ';
  return [`${SIGNS[state]}  ${name}: ${first}`, ...more, ...(cure === undefined ? [] : [`→ ${cure}`])].join(
    indent,
  );
}

/** 0 when nothing is red: amber is for a person, not for a pipeline. */
export function exitCodeOf(checks: readonly Check[]): 0 | 1 {
  return checks.some(({ state }) => state === 'red') ? 1 : 0;
}

export function summaryOf(checks: readonly Check[]): string {
  const count = (state: CheckState): number => checks.filter((check) => check.state === state).length;
  return `${count('green')} good, ${count('amber')} to watch, ${count('red')} wrong`;
}
