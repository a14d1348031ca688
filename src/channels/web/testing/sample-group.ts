/**
 * Is the group that sample pages are drawn with: "Les Étoiles", twelve members, at its fourth round.
 */
import type { DueFace } from '../tontines/due-face.ts';
import type { Grid } from '../tontines/group/grid-table.tsx';
import type { Task } from '../tontines/group/tasks.tsx';
import type { GroupStanding } from '../tontines/group-sentence.ts';
import type { PotDate } from '../tontines/parts/pot-dates.tsx';
import type { RulesSummary } from '../tontines/parts/rule-list.tsx';
import { xof } from './sample-values.ts';

export const GROUP = { id: 'grp_01kx0000000000000000000000', name: 'Les Étoiles' };
/** The id that a form is drawn with. */
export const FORM = 'apv_01kx0000000000000000000000';
export const CODE = '7H3KQ9M2';
export const NAMES = [
  'Yao',
  'Mariam',
  'Fatou Diallo',
  'Moussa',
  'Koffi',
  'Aminata',
  'Ibrahim',
  'Adjoua',
  'Sékou',
  'Rokia',
  'Jean-Baptiste Kouassi',
];
const PRESENT = 4;
const DAYS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'].map(
  (month) => `2026-${month}-05`,
);
export const DEADLINE = new Date('2026-04-05T18:00:00Z');
export const AT = new Date('2026-04-05T09:07:00Z');

/** `name` is whoever looks; the others are always the same. */
export function membersOf(name: string): readonly { readonly id: string; readonly name: string }[] {
  return [name, ...NAMES].map((one, place) => ({ id: `mem_${place}`, name: one }));
}

/** The faces of the round of now, so that each occurs. */
const NOW: readonly DueFace[] = [
  'partial',
  'paid',
  'covered',
  'paid',
  'paid',
  'late',
  'paid',
  'due',
  'paid',
  'forgiven',
  'paid',
  'none',
];

export function sampleGrid(name: string, present = PRESENT): Grid {
  return {
    present,
    rounds: DAYS.map((_, place) => place + 1),
    rows: membersOf(name).map((member, row) => ({
      ...member,
      isMe: row === 0,
      now: NOW[row] ?? 'paid',
      cells: DAYS.map((_, place) => ({
        face: place + 1 < present ? 'paid' : place + 1 === present ? (NOW[row] ?? 'paid') : 'upcoming',
        receives: place === row,
      })),
    })),
  };
}

export function sampleDates(name: string): readonly PotDate[] {
  const members = membersOf(name);
  return DAYS.map((day, place) => ({
    number: place + 1,
    day,
    recipients: [members[place]?.name ?? ''],
    pot: xof(300_000n),
    is: place + 1 < PRESENT ? 'past' : place + 1 === PRESENT ? 'present' : 'coming',
    mine: place === 0,
  }));
}

export const RULES: RulesSummary = {
  contribution: xof(25_000n),
  rhythm: 'monthly',
  deadline: '18:00',
  graceHours: 48,
  order: 'draw',
  lateBefore: '500 F CFA',
  lateAfter: '1 000 F CFA',
  absenceFine: xof(500n),
  solidarity: xof(1_000n),
  guarantee: xof(25_000n),
  shortfall: 'guarantee',
  visibility: 'all',
};

export const STANDING: GroupStanding = {
  group: GROUP,
  phase: 'running',
  members: 12,
  round: { number: PRESENT, of: 12, paid: 9, payers: 12 },
  owed: { amount: xof(26_000n), deadline: DEADLINE, isLate: false },
  timeZone: 'Africa/Abidjan',
  toDecide: 1,
};

export const FORMING: GroupStanding = {
  group: GROUP,
  phase: 'forming',
  members: 5,
  timeZone: 'Africa/Abidjan',
  toDecide: 0,
};

/** What somebody who presides, writes and keeps the box may do. */
export const TASKS: readonly Task[] = [
  { name: 'approvals', as: 'president', waiting: 1 },
  { name: 'payout' },
  { name: 'meeting', as: 'secretary' },
  { name: 'cash', as: 'treasurer' },
  { name: 'notes', as: 'treasurer', waiting: 2 },
  { name: 'share-out', as: 'treasurer' },
  { name: 'members', as: 'president' },
  { name: 'draw' },
  { name: 'aid' },
  { name: 'swap' },
  { name: 'replace', as: 'president' },
  { name: 'guarantee' },
  { name: 'default', as: 'president' },
  { name: 'exit' },
  { name: 'sheet' },
];
