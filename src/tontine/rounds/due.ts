/**
 * Is what is expected: of a share for the pot and the guarantee, of a member for solidarity and fines.
 *
 * What is due and what was paid are two rows: one payment may settle several dues, and one due may take several
 * payments.
 */
export type DueState =
  | 'open' // to be paid
  | 'late' // the grace is over
  | 'met' // nothing is missing
  | 'forgiven'; // what was missing was let go

export type ExpectedFor =
  | 'pot' // the contribution of one share to one round
  | 'solidarity' // the contribution of one member to the fund for hard times
  | 'guarantee' // the deposit of one share
  | 'fine' // for lateness or absence
  | 'exit'; // what a share that was served owes to a member who left before being served

export interface Due {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string;
  readonly roundId: string | null;
  readonly membershipId: string;
  readonly shareId: string | null;
  readonly kind: ExpectedFor;
  readonly subjectId: string | null;
  readonly amount: bigint;
  readonly lowered: bigint;
  readonly forgiven: bigint;
  readonly met: bigint;
  readonly state: DueState;
  readonly dueAt: Date;
  readonly lateAt: Date;
  readonly nextFeeAt: Date | null;
  readonly settledAt: Date | null;
}

/** What is still to be paid. */
export function missingOf(due: Pick<Due, 'amount' | 'lowered' | 'forgiven' | 'met'>): bigint {
  return due.amount - due.lowered - due.forgiven - due.met;
}
