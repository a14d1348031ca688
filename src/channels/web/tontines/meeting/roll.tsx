/**
 * Calls the roll: each member with presence, and one button that takes the whole due.
 */
import { amountText, moneyText } from '../../../../ground/money/money-text.ts';
import { paths } from '../../paths.ts';
import { wordsFor } from '../../words/words.ts';
import { DueChip } from '../parts/due-mark.tsx';
import { FormHead } from '../parts/form-head.tsx';
import type { MeetingPageProps, RollLine } from './page.tsx';

const PRESENCES = ['present', 'represented', 'excused', 'absent'] as const;

export function Roll(props: MeetingPageProps) {
  const { frame, group, formId, roll } = props;
  const words = wordsFor(frame.locale).tontines.meeting;
  return (
    <section class="card" aria-labelledby="roll">
      <h2 id="roll">{words.roll}</h2>
      <form method="post" action={paths.tontineMeeting(group.id)}>
        <FormHead frame={frame} formId={formId} />
        <ul class="lines roll">
          {roll.map((line) => (
            <li key={line.membershipId}>
              <p>
                <strong>{line.name}</strong> <DueChip frame={frame} face={line.face} />
              </p>
              <Presence {...props} line={line} />
              <Take {...props} line={line} />
            </li>
          ))}
        </ul>
      </form>
    </section>
  );
}

type LineProps = MeetingPageProps & { readonly line: RollLine };

function Presence({ frame, line }: LineProps) {
  const words = wordsFor(frame.locale).tontines.meeting;
  return (
    <span class="presence">
      {PRESENCES.map((presence) => (
        <button
          key={presence}
          type="submit"
          class="small"
          name={presence}
          value={line.membershipId}
          aria-pressed={line.presence === presence}
        >
          {words.presences[presence]}
          <span class="unseen"> {line.name}</span>
        </button>
      ))}
    </span>
  );
}

function Take({ frame, group, line }: LineProps) {
  const words = wordsFor(frame.locale).tontines.meeting;
  const { owed, declared } = line;
  if (declared !== undefined) {
    return <small>{words.declared(moneyText(declared, 'page', frame.locale))}</small>;
  }
  if (owed === undefined) return null;
  const other = `${paths.tontineCash(group.id)}?member=${encodeURIComponent(line.membershipId)}`;
  return (
    <span class="take">
      <button
        type="submit"
        class="primary small"
        name="take"
        value={`${line.membershipId} ${line.contributionId}`}
      >
        {words.take(amountText(owed, 'page', frame.locale))}
        <span class="unseen"> {line.name}</span>
      </button>
      <a href={other}>
        {words.other}
        <span class="unseen"> {line.name}</span>
      </a>
    </span>
  );
}
