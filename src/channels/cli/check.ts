/**
 * Is one thing that was looked at, and what to do about it: what setup, its test and the doctor tell in lines.
 *
 * A verdict is a shape and a word, not only a colour: logs of a CI have no colours.
 */
import type { Locale } from '../../ground/money/money-text.ts';
import type { Sentence } from '../../ground/refusal.ts';
import { CHECKS } from './words/checks.ts';

export type CheckState =
  | 'green' // as it should be
  | 'amber' // works, and somebody should look at it
  | 'red'; // does not work, or is dangerous

export interface Check {
  /** A few lower-case words; unique in one list. */
  readonly name: Sentence;
  readonly state: CheckState;
  /** What was seen. Never a secret, a phone number or a name. */
  readonly seen: Sentence;
  /** What to do; absent only when there is nothing to do. */
  readonly cure?: Sentence;
}

export function checkLines(check: Check): Sentence {
  return { fr: linesIn('fr', check), en: linesIn('en', check) };
}

function linesIn(language: Locale, { name, state, seen, cure }: Check): string {
  const sign = CHECKS.states[state][language];
  const [first = '', ...more] = seen[language].split('\n');
  const colon = language === 'fr' ? ' :' : ':';
  const said = [`${sign}  ${name[language]}${colon} ${first}`, ...more];
  if (cure !== undefined) said.push(`→ ${cure[language]}`);
  return said.join(`\n${' '.repeat(sign.length + 3)}`);
}

/** 0 when nothing is red: amber is for a person, not for a pipeline. */
export function exitCodeOf(checks: readonly Check[]): 0 | 1 {
  return checks.some(({ state }) => state === 'red') ? 1 : 0;
}

export function summaryOf(checks: readonly Check[]): Sentence {
  const count = (state: CheckState): number => checks.filter((check) => check.state === state).length;
  return CHECKS.summary(count('green'), count('amber'), count('red'));
}
