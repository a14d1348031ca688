/**
 * Lists what waits for the yes of officers, and what was decided lately.
 */
import type { Money } from '../../../../ground/money/money.ts';
import type { Frame } from '../../layout.tsx';
import { Amount, When } from '../../parts/amount.tsx';
import { Empty } from '../../parts/empty.tsx';
import { paths } from '../../paths.ts';
import type { ApprovalFace, ApprovalKind } from '../../words/fr-tontine.ts';
import { wordsFor } from '../../words/words.ts';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';

export interface ApprovalLine {
  readonly id: string;
  readonly kind: ApprovalKind;
  readonly face: ApprovalFace;
  readonly askedBy: string;
  readonly about: string;
  readonly amount?: Money;
  readonly given: number;
  readonly needed: number;
  readonly at: Date;
  /** True when this visitor's voice is waited for. */
  readonly mine: boolean;
}

export interface ApprovalsPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly lines: readonly ApprovalLine[];
}

export function ApprovalsPage({ frame, group, lines }: ApprovalsPageProps) {
  const words = wordsFor(frame.locale).tontines.approvals;
  return (
    <GroupLayout frame={frame} group={group} title={words.title} lead={words.lead}>
      <section class="card" aria-labelledby="requests">
        <h2 id="requests" class="unseen">
          {words.title}
        </h2>
        {lines.length === 0 ? <Empty icon="shield" title={words.emptyTitle} text={words.empty} /> : null}
        <ul class="lines">
          {lines.map((line) => (
            <li key={line.id}>
              <OneRequest frame={frame} group={group} line={line} />
            </li>
          ))}
        </ul>
      </section>
    </GroupLayout>
  );
}

interface OneRequestProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly line: ApprovalLine;
}

function OneRequest({ frame, group, line }: OneRequestProps) {
  const words = wordsFor(frame.locale).tontines.approvals;
  return (
    <a class="line" href={paths.tontineApproval(group.id, line.id)}>
      <span>
        <strong>{`${words.kinds[line.kind]} · ${line.about}`}</strong>
        <small>
          {words.by(line.askedBy)}
          {' · '}
          <When instant={line.at} locale={frame.locale} timeZone={frame.timeZone} />
        </small>
        <small class={line.mine ? 'asked' : undefined}>
          {line.face === 'open'
            ? `${words.given(line.given, String(line.needed))}${line.mine ? ` · ${words.yours}` : ''}`
            : words.faces[line.face]}
        </small>
      </span>
      {line.amount === undefined ? null : <Amount value={line.amount} locale={frame.locale} />}
    </a>
  );
}
