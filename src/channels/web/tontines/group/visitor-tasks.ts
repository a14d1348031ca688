/**
 * Says what this visitor may do in their group now, and by which role.
 */
import type { GroupBooks } from '../../../../tontine/groups/read-books.ts';
import { type GroupAct, mayDo } from '../../../../tontine/members/permission.ts';
import { nextOfCycle } from '../cycle/form.tsx';
import { may, type Visit } from '../group-visit.ts';
import type { Task, TaskName } from './tasks.tsx';

export interface Waiting {
  /** Requests that wait for this visitor's voice. */
  readonly toDecide: number;
  /** Notes that leave a box: how many lines this visitor sees, and how many wait for them. */
  readonly notes: { readonly seen: number; readonly waiting: number };
}

export function visitorTasks(visit: Visit, books: GroupBooks, { toDecide, notes }: Waiting): readonly Task[] {
  const { cycle } = books;
  const isRunning = cycle?.state === 'running';
  const order = cycle?.orderKind;
  const { solidarity } = visit.actor.rules;
  const offered: readonly (Task | undefined | false)[] = [
    { name: 'approvals', waiting: toDecide },
    isRunning && by(visit, 'payout', 'propose-payout'),
    isRunning && may(visit, 'open-meeting') && by(visit, 'meeting', 'open-meeting'),
    isRunning && by(visit, 'cash', 'declare-cash'),
    (notes.seen > 0 || mayHaveNotes(visit, books)) && {
      ...by(visit, 'notes', 'hand-over-cash'),
      waiting: notes.waiting,
    },
    nextOfCycle(books) !== undefined && may(visit, 'end-cycle') && by(visit, 'cycle', 'end-cycle'),
    mayShareOut(books) && by(visit, 'share-out', 'propose-share-out'),
    by(visit, 'members', 'invite-member'),
    order === 'draw' && by(visit, 'draw', 'commit-draw'),
    isRunning &&
      (order === 'auction-discount' || order === 'auction-premium') &&
      by(visit, 'auction', 'open-auction'),
    isRunning && order === 'vote' && by(visit, 'vote', 'open-ballot'),
    (solidarity.contribution > 0n || solidarity.events.length > 0) && { name: 'aid' },
    isRunning && { name: 'swap' },
    isRunning && by(visit, 'replace', 'propose-substitution'),
    isRunning && { name: 'guarantee' },
    isRunning && by(visit, 'default', 'cover-default'),
    { name: 'exit' },
    isRunning && { name: 'sheet' },
  ];
  return offered.filter((task) => task !== undefined && task !== false);
}

/** At the end of a cycle; whether there is something to share out the page says. */
function mayShareOut({ cycle, rounds }: GroupBooks): boolean {
  if (cycle === undefined || cycle.state === 'forming') return false;
  return rounds.every((round) => round.state === 'served' || round.state === 'cancelled');
}

/** A box of one's own, or one whose keeper cannot give its notes any more. */
function mayHaveNotes(visit: Visit, { people }: GroupBooks): boolean {
  const keepers = people.filter((one) => one.keepsBox);
  if (keepers.some((one) => one.id === visit.actor.membership.id)) return true;
  return may(visit, 'hand-over-cash') && keepers.some((one) => one.state !== 'active');
}

/** Everybody may look; who may do more there sees by which role. */
function by(visit: Visit, name: TaskName, act: GroupAct): Task {
  const role = may(visit, act)
    ? visit.actor.roles.find((one) => one !== 'member' && mayDo([one], act))
    : undefined;
  return role === undefined ? { name } : { name, as: role };
}
