/**
 * Is the whole journal of a group, newest first, cut by the last line seen.
 */
import type { Frame } from '../../layout.tsx';
import { wordsFor } from '../../words/words.ts';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { Journal, type JournalLine } from './journal.tsx';

export interface JournalPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly lines: readonly JournalLine[];
  readonly olderHref?: string;
}

export function JournalPage({ frame, group, lines, olderHref }: JournalPageProps) {
  const words = wordsFor(frame.locale).tontines.journal;
  return (
    <GroupLayout frame={frame} group={group} title={words.title} lead={words.lead}>
      <div class="card">
        <Journal frame={frame} lines={lines} />
      </div>
      {olderHref === undefined ? null : (
        <p class="actions">
          <a class="button" href={olderHref} rel="next">
            {words.older}
          </a>
        </p>
      )}
    </GroupLayout>
  );
}
