/**
 * Shows the by-law in force, the one to come, and since when: a change takes effect after everybody was told.
 */
import type { Frame } from '../../layout.tsx';
import { formatDay } from '../../words/day-text.ts';
import { wordsFor } from '../../words/words.ts';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { RuleList, type RulesSummary } from '../parts/rule-list.tsx';

export interface RulesVersion {
  readonly version: number;
  /** From this day on, as `2026-04-05`. */
  readonly from: string;
  readonly is: 'in-force' | 'coming' | 'proposed' | 'past';
  readonly rules: RulesSummary;
}

export interface RulesPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  /** Newest first. */
  readonly versions: readonly RulesVersion[];
}

export function RulesPage({ frame, group, versions }: RulesPageProps) {
  const words = wordsFor(frame.locale).tontines.rules;
  return (
    <GroupLayout frame={frame} group={group} title={words.title} lead={words.lead}>
      {versions.map((one) => (
        <section key={one.version} class="card" aria-labelledby={`v${one.version}`}>
          <h2 id={`v${one.version}`}>{words.version(one.version, formatDay(one.from, frame.locale))}</h2>
          <p class="hint">{words[one.is]}</p>
          <RuleList frame={frame} rules={one.rules} />
        </section>
      ))}
    </GroupLayout>
  );
}
