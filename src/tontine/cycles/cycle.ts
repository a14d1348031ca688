/**
 * Is a cycle: a full rotation in which every share pays at every round and receives one pot.
 */
import type { Currency } from '../../ground/money/currency.ts';
import { refusal } from '../../ground/refusal.ts';
import type { CalendarDay } from './calendar-day.ts';

export type CycleState =
  | 'forming' // shares are taken and the order is fixed; nothing is due
  | 'running' // rounds come and go
  | 'complete' // every share was served, and what was left as security went back
  | 'broken'; // the group gave it up

/** How it is decided whose turn it is. */
export type OrderKind =
  | 'fixed' // written down before the start
  | 'draw' // by lot before the start
  | 'auction-discount' // round by round, to whoever gives up most of the pot
  | 'auction-premium' // round by round, to whoever pays most to the common fund
  | 'vote'; // round by round, by the members

export interface Cycle {
  readonly id: string;
  readonly groupId: string;
  readonly number: number;
  readonly rulesVersion: number;
  readonly currency: Currency;
  readonly startsOn: CalendarDay;
  readonly contribution: bigint;
  readonly orderKind: OrderKind;
  /** Known once it has started. */
  readonly shareCount: number | null;
  readonly roundCount: number | null;
  readonly state: CycleState;
  readonly formedAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

/** True for the orders in which every turn is known before the first round. */
export function isOrderedAtStart(kind: OrderKind): boolean {
  return kind === 'fixed' || kind === 'draw';
}

export const CYCLE_ABSENT = refusal(
  'cycle-absent',
  'absent',
  'Ce cycle est introuvable.',
  'This cycle cannot be found.',
);
export const CYCLE_NOT_FORMING = refusal(
  'cycle-not-forming',
  'conflict',
  'Le cycle a déjà commencé : ses parts, ses dates et son ordre ne changent plus.',
  'The cycle has already started: its shares, dates and order no longer change.',
);
export const CYCLE_NOT_RUNNING = refusal(
  'cycle-not-running',
  'conflict',
  'Aucun cycle n’est en cours dans cette tontine.',
  'No cycle is running in this group.',
);
