/**
 * Says which universes have a group of savers, and puts its steps between the others.
 *
 * They are drawn from a chance of their own: a universe without a group has the plan that it always had.
 */
import { seededChance } from '../src/ground/chance.ts';
import { weighed } from './dice.ts';
import type { StepKind } from './story.ts';
import { drawOrder } from './tontine-town.ts';

/** What officers do around their boxes. */
export type MeetingStepKind =
  | 'meeting' // it opens, presence and decisions are noted, it closes, or not
  | 'count-box' // a keeper counts, rightly or not; the difference is explained, and answered at the table
  | 'notes-between' // notes go from one keeper to another: given, taken, refused, forgotten
  | 'fine'; // an officer fines somebody by hand

export type TontineStepKind =
  | MeetingStepKind
  | 'contribute' // a member pays from the wallet: in part, too much, for another, twice
  | 'notes' // an officer declares notes, and somebody confirms them, or not
  | 'voices' // officers answer what is open, also what they may not
  | 'hand-over' // notes leave a box
  | 'exchange' // notes become wallet money, or the other way round
  | 'correct' // an officer asks for a contribution to be undone
  | 'forgive' // an officer asks for a fine to be forgiven
  | 'aid' // a member asks for help, or an officer for somebody else
  | 'hold-round' // a round comes to its end: most have paid, and the officers agree
  | 'leave' // somebody asks to leave before their pot, resigns, or is to be put out
  | 'owe' // an officer says that a share has stopped paying
  | 'vouch' // somebody answers for a share
  | 'die' // the one without a phone has died
  | 'sale' // a pot is offered, bid for and given
  | 'lots' // a draw for a pot that nobody bought
  | 'swap' // two turns are to change places
  | 'substitute' // a share is to be handed on
  | 'tontine-night'; // rounds open and close, lateness costs, requests end

const WEIGHTS: Readonly<Record<TontineStepKind, number>> = {
  contribute: 10,
  notes: 8,
  voices: 14,
  'hand-over': 4,
  exchange: 4,
  correct: 6,
  forgive: 5,
  aid: 9,
  'hold-round': 12,
  leave: 8,
  owe: 6,
  vouch: 2,
  die: 2,
  sale: 20,
  lots: 4,
  swap: 8,
  substitute: 8,
  'tontine-night': 10,
  meeting: 8,
  'count-box': 14,
  'notes-between': 6,
  fine: 6,
};

/** In a group whose order was written down there is nothing to sell, and that is tried now and then. */
const WRITTEN_DOWN: Readonly<Record<TontineStepKind, number>> = { ...WEIGHTS, sale: 1, lots: 1 };

/** One universe in twenty: a group costs as much time as ten universes without one. */
export function hasTontine(seed: string): boolean {
  return seededChance(`${seed} tontine`).below(20) === 0;
}

export function withTontine(seed: string, steps: readonly StepKind[]): StepKind[] {
  if (!hasTontine(seed)) return [...steps];
  const chance = seededChance(`${seed} tontine plan`);
  const weights = drawOrder(seed).order === 'fixed' ? WRITTEN_DOWN : WEIGHTS;
  // Days must pass, or no second round ever opens.
  return steps.flatMap((step) => [
    step,
    weighed(chance, weights),
    ...(chance.below(3) === 0 ? ['time-passes' as const] : []),
    ...(chance.below(3) === 0 ? [weighed(chance, weights)] : []),
  ]);
}
