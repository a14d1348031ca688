/**
 * Says how one due looks in the grid: a word and an outline, so that a missed one is never taken for one to come.
 *
 * "Late" is only said after the deadline, and partly paid is never called missed: that word on a member who had paid
 * half before the deadline has broken groups.
 */
export type DueFace =
  | 'paid' // the whole amount is there
  | 'partial' // a part of it is there
  | 'due' // open, nothing yet, and the deadline is to come
  | 'upcoming' // its round has not opened
  | 'late' // not whole after the deadline
  | 'covered' // the guarantee fund stands in for it
  | 'forgiven' // the group has let it go
  | 'none'; // nothing is owed for this round

export const DUE_FACES: readonly DueFace[] = [
  'paid',
  'partial',
  'due',
  'upcoming',
  'late',
  'covered',
  'forgiven',
  'none',
];

/** The colour that goes with the outline; never the only difference. */
export const DUE_MOODS: Readonly<Record<DueFace, 'good' | 'waiting' | 'bad' | 'asking' | 'faint'>> = {
  paid: 'good',
  partial: 'waiting',
  due: 'waiting',
  upcoming: 'faint',
  late: 'bad',
  covered: 'asking',
  forgiven: 'faint',
  none: 'faint',
};
