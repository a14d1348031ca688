/**
 * Lists the notes that are to leave a box, or on their way to another one, and lets a keeper give notes to another
 * keeper.
 *
 * Every line names who is waited for. What only two people knew of was the old way, and notes that nobody could hand
 * over would lie in the books for ever.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Frame } from '../../layout.tsx';
import { Amount } from '../../parts/amount.tsx';
import { Empty } from '../../parts/empty.tsx';
import { paths } from '../../paths.ts';
import type { MemberFace } from '../../words/fr-tontine.ts';
import { wordsFor } from '../../words/words.ts';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { GiveNotes, type GiveNotesProps } from './give-form.tsx';
import type { NoteStep } from './seen-notes.ts';

export interface NoteLine {
  readonly id: string;
  /** To whom, or from whom to whom. */
  readonly who: string;
  /** What for, and who is waited for; absent where the step says it all. */
  readonly about?: string;
  readonly amount: Money;
  /** Present when it waits for whoever looks. */
  readonly step?: NoteStep;
}

export interface NotesBox {
  readonly keeperId: string;
  readonly keeper: string;
  readonly holds: Money;
  /** Without what is promised; absent when nothing is. */
  readonly free?: Money;
  /** Why the keeper cannot hand anything over; absent while they can. */
  readonly gone?: MemberFace;
}

export interface NotesPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly toMembers: readonly NoteLine[];
  readonly between: readonly NoteLine[];
  readonly boxes: readonly NotesBox[];
  /** Absent for whoever has no notes to give. */
  readonly give?: Omit<GiveNotesProps, 'frame' | 'group'>;
  readonly refusals?: GiveNotesProps['refusals'];
}

export function NotesPage(props: NotesPageProps) {
  const { frame, group, toMembers, between, boxes, give, refusals } = props;
  const words = wordsFor(frame.locale).tontines.notes;
  const isEmpty = toMembers.length + between.length === 0;
  return (
    <GroupLayout frame={frame} group={group} title={words.title} lead={words.lead} refusal={refusals?.form}>
      {isEmpty ? (
        <div class="card">
          <Empty icon="check" title={words.emptyTitle} text={words.empty} />
        </div>
      ) : null}
      <Lines {...props} id="to-members" title={words.toMembers} lines={toMembers} />
      <Lines {...props} id="between" title={words.between} lines={between} />
      {boxes.length === 0 ? null : <Boxes {...props} />}
      {give === undefined ? null : <GiveNotes {...give} {...{ frame, group }} refusals={refusals} />}
    </GroupLayout>
  );
}

interface LinesProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly id: string;
  readonly title: string;
  readonly lines: readonly NoteLine[];
}

function Lines({ frame, group, id, title, lines }: LinesProps) {
  const words = wordsFor(frame.locale).tontines.notes;
  if (lines.length === 0) return null;
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="lines">
        {lines.map((line) => (
          <li key={line.id}>
            <a class="line" href={paths.tontineNote(group.id, line.id)}>
              <span>
                <strong>{line.who}</strong>
                {line.about === undefined ? null : <small>{line.about}</small>}
                {line.step === undefined ? null : <small class="asked">{words.yours[line.step]}</small>}
              </span>
              <Amount value={line.amount} locale={frame.locale} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Boxes({ frame, boxes }: NotesPageProps) {
  const { notes: words, funds, faces } = wordsFor(frame.locale).tontines;
  return (
    <section class="card" aria-labelledby="boxes">
      <h2 id="boxes">{words.boxes}</h2>
      <ul class="lines">
        {boxes.map((box) => (
          <li key={box.keeperId} class="line">
            <span>
              {funds.box(box.keeper)}
              {box.free === undefined ? null : (
                <small>{words.free(moneyText(box.free, 'page', frame.locale))}</small>
              )}
              {box.gone === undefined ? null : <small>{words.gone(faces[box.gone])}</small>}
            </span>
            <Amount value={box.holds} locale={frame.locale} />
          </li>
        ))}
      </ul>
    </section>
  );
}
