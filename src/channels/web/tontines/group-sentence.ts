/**
 * Says how a group stands for one of its members in a single sentence: the round, who paid, what this member owes, by
 * when.
 */
import type { Money } from '../../../ground/money/money.ts';
import { moneyText } from '../../../ground/money/money-text.ts';
import type { Frame } from '../layout.tsx';
import { formatDeadline } from '../words/day-text.ts';
import { wordsFor } from '../words/words.ts';
import type { GroupHead } from './parts/group-layout.tsx';

export interface GroupStanding {
  readonly group: GroupHead;
  readonly phase:
    | 'forming' // members join, no round yet
    | 'running' // a cycle is under way
    | 'complete'; // every share was served
  /** Members who have joined so far. */
  readonly members: number;
  /** The round that is open, or the last one that was. */
  readonly round?: {
    readonly number: number;
    readonly of: number;
    readonly paid: number;
    readonly payers: number;
  };
  /** What this member still owes for everything that is open; absent when nothing. */
  readonly owed?: { readonly amount: Money; readonly deadline: Date; readonly isLate: boolean };
  /** Where the group's deadlines are read. */
  readonly timeZone: string;
  /** Requests that wait for this member's yes or no. */
  readonly toDecide: number;
}

export function groupSentence(frame: Frame, standing: GroupStanding): string {
  const words = wordsFor(frame.locale).tontines.standing;
  const { round, owed } = standing;
  if (standing.phase === 'forming') return words.forming(standing.members);
  if (standing.phase === 'complete') return words.complete;
  const parts = [
    ...(round === undefined
      ? []
      : [words.round(round.number, String(round.of)), words.paid(round.paid, String(round.payers))]),
    owed === undefined ? words.nothingOwed : owedText(frame, owed, standing.timeZone),
  ];
  return `${parts.join(' · ')}.`;
}

function owedText(frame: Frame, owed: NonNullable<GroupStanding['owed']>, timeZone: string): string {
  const words = wordsFor(frame.locale).tontines.standing;
  const amount = moneyText(owed.amount, 'page', frame.locale);
  const when = formatDeadline(owed.deadline, frame.locale, timeZone);
  return owed.isLate ? words.late(amount, when) : words.owe(amount, when);
}
