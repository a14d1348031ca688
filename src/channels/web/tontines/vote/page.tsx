/**
 * Decides by vote who receives the next pot: who asks and why, the count and the quorum, my voice.
 */
import type { Frame } from '../../layout.tsx';
import { Field, FieldRefusal } from '../../parts/field.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { paths } from '../../paths.ts';
import { formatDeadline } from '../../words/day-text.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { Meter } from '../parts/meter.tsx';

export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  /** Absent while the vote is secret and open. */
  readonly votes?: number;
}

export interface VotePageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly formId: string;
  readonly round: number;
  readonly face: 'none' | 'open' | 'decided' | 'no-quorum';
  readonly candidates: readonly Candidate[];
  readonly given: number;
  readonly quorum: number;
  readonly deadline?: Date;
  /** Whom this visitor chose. */
  readonly chosenName?: string;
  readonly winner?: string;
  readonly mayVote: boolean;
  /** How long it lasts, as typed. */
  readonly minutes: string;
  readonly mayAsk: boolean;
  /** What an officer may do now. */
  readonly next?: 'open' | 'count';
  readonly refusals?: {
    readonly minutes?: RefusalText;
    readonly choice?: RefusalText;
    readonly reason?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function VotePage(props: VotePageProps) {
  const { frame, group, face, winner, deadline } = props;
  const words = wordsFor(frame.locale).tontines.vote;
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.title(props.round)}
      lead={winner === undefined ? words.faces[face] : words.winner(winner)}
      refusal={props.refusals?.form}
    >
      <section class="card" aria-labelledby="count">
        <h2 id="count">{words.given(props.given, String(props.quorum))}</h2>
        <Meter part={BigInt(props.given)} whole={BigInt(props.quorum)} />
        {deadline === undefined ? null : (
          <p>{words.until(formatDeadline(deadline, frame.locale, frame.timeZone))}</p>
        )}
        {props.chosenName === undefined ? null : <p>{words.voted(props.chosenName)}</p>}
        {props.mayVote ? <Ballot {...props} /> : <Candidates {...props} />}
      </section>
      {props.mayAsk ? <Ask {...props} /> : null}
      <Officer {...props} />
    </GroupLayout>
  );
}

function Candidates({ frame, candidates }: VotePageProps) {
  const words = wordsFor(frame.locale).tontines.vote;
  if (candidates.length === 0) return <p class="hint">{words.nobody}</p>;
  return (
    <ul class="lines">
      {candidates.map((one) => (
        <li key={one.id} class="line">
          <span>
            <strong>{one.name}</strong>
            <small>{one.reason}</small>
          </span>
          {one.votes === undefined ? null : <span class="figures">{words.votes(one.votes)}</span>}
        </li>
      ))}
    </ul>
  );
}

function Ballot({ frame, group, formId, candidates, refusals }: VotePageProps) {
  const words = wordsFor(frame.locale).tontines.vote;
  const refusal = refusals?.choice;
  return (
    <form method="post" action={paths.tontineVote(group.id)}>
      <FormHead frame={frame} formId={formId} />
      <fieldset aria-describedby={refusal === undefined ? undefined : 'f-choice-refusal'}>
        <legend>{words.choose}</legend>
        {candidates.map((one) => (
          <label key={one.id} class="choice">
            <input type="radio" name="choice" value={one.id} required />
            <span>
              <strong>{one.name}</strong>
              <small>{one.reason}</small>
            </span>
          </label>
        ))}
        <FieldRefusal id="f-choice-refusal" refusal={refusal} />
      </fieldset>
      <button type="submit" class="primary" name="act" value="vote">
        {words.vote}
      </button>
      <p class="hint centred">{words.once}</p>
    </form>
  );
}

function Ask({ frame, group, formId, refusals }: VotePageProps) {
  const words = wordsFor(frame.locale).tontines.vote;
  return (
    <form method="post" action={paths.tontineVote(group.id)} class="card">
      <FormHead frame={frame} formId={formId} />
      <h2>{words.ask}</h2>
      <Field
        name="reason"
        autoComplete="off"
        label={words.reason}
        hint={words.reasonHint}
        refusal={refusals?.reason}
        maxLength={200}
      />
      <button type="submit" name="act" value="ask">
        {words.askGive}
      </button>
    </form>
  );
}

function Officer({ frame, group, formId, next, minutes, refusals }: VotePageProps) {
  const words = wordsFor(frame.locale).tontines.vote;
  if (next === undefined) return null;
  return (
    <form method="post" action={paths.tontineVote(group.id)} class="card">
      <FormHead frame={frame} formId={formId} />
      {next === 'open' ? (
        <Field
          name="minutes"
          inputMode="numeric"
          autoComplete="off"
          label={words.minutes}
          hint={words.minutesHint}
          value={minutes}
          refusal={refusals?.minutes}
          maxLength={5}
        />
      ) : null}
      <button type="submit" class="primary" name="act" value={next}>
        {words.acts[next]}
      </button>
    </form>
  );
}
