/**
 * Is the whole grid of a group: every member, every round.
 */
import type { Frame } from '../../layout.tsx';
import { wordsFor } from '../../words/words.ts';
import { MarkShapes } from '../parts/due-mark.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { type Grid, GridTable } from './grid-table.tsx';

export interface GridPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly grid: Grid;
  /** Other rounds, where there are too many for one page. */
  readonly earlierHref?: string;
  readonly laterHref?: string;
}

export function GridPage({ frame, group, grid, earlierHref, laterHref }: GridPageProps) {
  const words = wordsFor(frame.locale).tontines.grid;
  return (
    <GroupLayout frame={frame} group={group} title={words.title} lead={words.lead} narrow={false}>
      <MarkShapes />
      <div class="card">
        <GridTable frame={frame} grid={grid} />
      </div>
      <p class="actions">
        {earlierHref === undefined ? null : (
          <a class="button" href={earlierHref}>
            {words.earlier}
          </a>
        )}
        {laterHref === undefined ? null : (
          <a class="button" href={laterHref}>
            {words.later}
          </a>
        )}
      </p>
    </GroupLayout>
  );
}
