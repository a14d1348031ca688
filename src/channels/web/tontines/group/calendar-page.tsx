/**
 * Lists every round of the cycle with its day, its pot and who receives it.
 */
import type { Frame } from '../../layout.tsx';
import { wordsFor } from '../../words/words.ts';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { type PotDate, PotDates } from '../parts/pot-dates.tsx';

export interface CalendarPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly dates: readonly PotDate[];
}

export function CalendarPage({ frame, group, dates }: CalendarPageProps) {
  const words = wordsFor(frame.locale).tontines.dates;
  return (
    <GroupLayout frame={frame} group={group} title={words.title} lead={words.lead}>
      <div class="card">
        {dates.length === 0 ? <p>{words.none}</p> : <PotDates frame={frame} dates={dates} />}
      </div>
    </GroupLayout>
  );
}
