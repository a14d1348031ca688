/**
 * Is the plan of a universe: the steps in order, each with a seed of its own.
 *
 * A step draws from its own seed and from nothing else, so that leaving one out changes no other: that is what lets a
 * failing story be cut down to the steps that matter.
 */
import { seededChance } from '../src/ground/chance.ts';
import { weighed } from './dice.ts';
import { type TontineStepKind, withTontine } from './tontine-story.ts';

export type StepKind =
  | 'deposit' // somebody recharges
  | 'type-code' // somebody types the operator's code, right or wrong
  | 'withdraw' // somebody asks for a withdrawal and gives the PIN
  | 'confirm-again' // the same form once more, and more
  | 'wrong-pin'
  | 'cancel' // somebody calls a withdrawal off
  | 'payers-decide' // people at their phones, and operators' networks, decide
  | 'mind-changes' // what had failed succeeds, what had succeeded comes back
  | 'callbacks-come' // the provider delivers what it has to tell
  | 'callback-again' // one that was delivered comes again, also old ones
  | 'forger' // somebody who does not know the secret calls
  | 'send' // the sender's step
  | 'follow' // the inbox's step
  | 'enquire' // the poller's step
  | 'together' // two steps at once
  | 'let-go' // a parked call goes on
  | 'crash' // a process dies somewhere in its next steps
  | 'operators' // reviews, freezes, the float
  | 'database-away'
  | 'time-passes'
  | TontineStepKind;

export interface Step {
  readonly place: number;
  readonly kind: StepKind;
}

const WEIGHTS: Readonly<Record<Exclude<StepKind, TontineStepKind>, number>> = {
  deposit: 14,
  'type-code': 5,
  withdraw: 16,
  'confirm-again': 3,
  'wrong-pin': 2,
  cancel: 4,
  'payers-decide': 14,
  'mind-changes': 8,
  'callbacks-come': 12,
  'callback-again': 4,
  forger: 2,
  send: 16,
  follow: 10,
  enquire: 9,
  together: 6,
  'let-go': 6,
  crash: 4,
  operators: 5,
  'database-away': 1,
  'time-passes': 14,
};

/** The plan of a seed. The first steps put money on its way, in and out. */
export function planOf(seed: string): Step[] {
  const chance = seededChance(`${seed} plan`);
  const opening: StepKind[] = [
    'withdraw',
    'deposit',
    'withdraw',
    'send',
    'payers-decide',
    'callbacks-come',
    'follow',
  ];
  const length = 12 + chance.below(34);
  const drawn = Array.from({ length }, () => weighed(chance, WEIGHTS));
  return withTontine(seed, [...opening, ...drawn]).map((kind, place) => ({ place, kind }));
}
