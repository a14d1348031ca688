/**
 * Offers what this member may do here, each with the role that allows it, so that nobody wonders why a button is there.
 */
import type { Frame } from '../../layout.tsx';
import { Icon, type IconName } from '../../parts/icons.tsx';
import { paths } from '../../paths.ts';
import type { Role } from '../../words/fr-tontine.ts';
import { wordsFor } from '../../words/words.ts';
import type { GroupHead } from '../parts/group-layout.tsx';

export type TaskName =
  | 'approvals'
  | 'payout'
  | 'meeting'
  | 'cash'
  | 'notes'
  | 'members'
  | 'draw'
  | 'auction'
  | 'vote'
  | 'aid'
  | 'swap'
  | 'replace'
  | 'guarantee'
  | 'default'
  | 'exit'
  | 'cycle'
  | 'share-out'
  | 'sheet';

export interface Task {
  readonly name: TaskName;
  /** The role that allows it; absent for what every member may do. */
  readonly as?: Role;
  /** How many things wait there. */
  readonly waiting?: number;
}

const LOOKS: Readonly<Record<TaskName, readonly [IconName, (groupId: string) => string]>> = {
  approvals: ['shield', paths.tontineApprovals],
  payout: ['in', paths.tontinePayout],
  meeting: ['list', paths.tontineMeeting],
  cash: ['receipt', paths.tontineCash],
  notes: ['out', paths.tontineNotes],
  members: ['user', paths.tontineMembers],
  draw: ['ring', paths.tontineDraw],
  auction: ['out', paths.tontineAuction],
  vote: ['check', paths.tontineVote],
  aid: ['plus', paths.tontineAid],
  swap: ['back', paths.tontineSwap],
  replace: ['user', paths.tontineReplace],
  guarantee: ['shield', paths.tontineGuarantee],
  default: ['receipt', paths.tontineDefault],
  exit: ['leave', paths.tontineExit],
  sheet: ['print', paths.tontineSheet],
  cycle: ['check', paths.tontineCycle],
  'share-out': ['plus', paths.tontineShareOut],
};

interface TasksProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly tasks: readonly Task[];
}

export function Tasks({ frame, group, tasks }: TasksProps) {
  const { tasks: words, roles } = wordsFor(frame.locale).tontines;
  if (tasks.length === 0) return null;
  return (
    <nav class="card tasks" aria-label={words.title}>
      <ul class="lines">
        {tasks.map((task) => {
          const [icon, href] = LOOKS[task.name];
          return (
            <li key={task.name}>
              <a class="line" href={href(group.id)}>
                <Icon name={icon} size={20} />
                <span>
                  {words[task.name]}
                  {task.waiting ? <strong class="count">{task.waiting}</strong> : null}
                  {task.as === undefined ? null : <small>{roles[task.as]}</small>}
                </span>
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
