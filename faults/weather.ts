/**
 * Says how often each thing goes wrong in one universe.
 *
 * Each seed draws its own rates, and each rate is zero in half of the seeds: a fault that is always there hides what
 * happens without it, and the worst failures need one fault often and all others never.
 */
import type { Chance } from '../src/ground/chance.ts';
import { happens } from './dice.ts';

/** What can become of a call that moves money, besides going well. */
export type MoveFault =
  | 'not-sent' // no connection was made
  | 'lost-before' // nothing was executed, and nobody can tell
  | 'lost-after' // executed, and the answer never came
  | 'http-500-after' // executed, then 500
  | 'http-502-page' // a gateway's page; nothing was executed
  | 'empty-200' // executed, then an empty 200
  | 'truncated' // executed, then half of the JSON
  | 'http-409' // executed, then "conflict"
  | 'http-429' // not executed: too many calls
  | 'http-401' // not executed: the token has died
  | 'refused' // not executed, and said so clearly
  | 'refused-vaguely' // executed, and "something failed"
  | 'other-reference' // executed, and answered with another transaction's name
  | 'slow-before' // still on its way there when the world goes on
  | 'slow-after' // executed, and the answer still on its way when the world goes on
  | 'away-after'; // executed and answered, and our database is away when it is to be written down

/** What can become of a question. */
export type ReadFault =
  | 'read-lost' // no answer
  | 'read-500' // the provider's own trouble
  | 'read-page' // HTML
  | 'read-401' // the token has died
  | 'read-slow' // the answer is on its way when the world goes on
  | 'read-other-environment'; // it tells of another environment, where a provider says which

export const MOVE_FAULTS: readonly MoveFault[] = [
  'not-sent',
  'lost-before',
  'lost-after',
  'http-500-after',
  'http-502-page',
  'empty-200',
  'truncated',
  'http-409',
  'http-429',
  'http-401',
  'refused',
  'refused-vaguely',
  'other-reference',
  'slow-before',
  'slow-after',
  'away-after',
];

export const READ_FAULTS: readonly ReadFault[] = [
  'read-lost',
  'read-500',
  'read-page',
  'read-401',
  'read-slow',
  'read-other-environment',
];

/** What the provider does to a payment besides executing it. */
export type Twist =
  | 'silent' // no callback
  | 'hidden' // "not found" for a while
  | 'other-amount' // more or less is moved than was asked
  | 'other-currency' // the same number in another currency
  | 'odd-word' // a status word that nobody has seen
  | 'written-oddly' // the amount as "5000.00", 5e3, ×100
  | 'at-once' // decided when it is created
  | 'doubled'; // the payer pays twice

export const TWISTS: readonly Twist[] = [
  'silent',
  'hidden',
  'other-amount',
  'other-currency',
  'odd-word',
  'written-oddly',
  'at-once',
  'doubled',
];

export type Fault =
  | MoveFault
  | ReadFault
  | Twist
  | 'crash'
  | 'conflict'
  | 'callback-lost'
  | 'callback-answer-lost';

/** Percent, by fault. */
export type Weather = Readonly<Record<Fault, number>>;

const OTHERS: readonly Fault[] = ['crash', 'conflict', 'callback-lost', 'callback-answer-lost'];
export const ALL_FAULTS: readonly Fault[] = [...MOVE_FAULTS, ...READ_FAULTS, ...TWISTS, ...OTHERS];

export function drawWeather(chance: Chance): Weather {
  const fierce = happens(chance, 20);
  const rates = ALL_FAULTS.map((fault) => {
    const off = happens(chance, 50);
    const percent = 1 + chance.below(fierce ? 30 : 10);
    return [fault, off ? 0 : percent] as const;
  });
  return Object.fromEntries(rates) as Record<Fault, number>;
}

/** Everything goes well. */
export const FAIR: Weather = Object.fromEntries(ALL_FAULTS.map((fault) => [fault, 0])) as Record<
  Fault,
  number
>;
