/**
 * Shows a draw that nobody can bend: the seal published before, the words that members add, the order that follows from
 * both, and how anyone works it out again.
 */
import type { Frame } from '../../layout.tsx';
import { Reference } from '../../parts/facts.tsx';
import { Field } from '../../parts/field.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { paths } from '../../paths.ts';
import { formatDeadline } from '../../words/day-text.ts';
import { quoted } from '../../words/quoted.ts';
import { wordsFor } from '../../words/words.ts';
import { FormHead } from '../parts/form-head.tsx';
import { type GroupHead, GroupLayout } from '../parts/group-layout.tsx';
import { PinStep } from '../parts/pin-step.tsx';

export interface DrawPageProps {
  readonly frame: Frame;
  readonly group: GroupHead;
  readonly formId: string;
  readonly face: 'none' | 'committed' | 'revealed';
  /** SHA-256 over seed, list and algorithm, published before. */
  readonly commitment?: string;
  readonly algorithm: string;
  /** The list as sealed, in its order. */
  readonly list: readonly string[];
  /** What members added. */
  readonly words: readonly { readonly name: string; readonly word: string }[];
  /** Only after the reveal. */
  readonly seed?: string;
  readonly result?: readonly string[];
  /** Everything the checking script needs, as one text. */
  readonly proof?: string;
  /** False when the published numbers do not give the published order. */
  readonly isTrue?: boolean;
  /** What this visitor's role allows now. */
  readonly next?: 'commit' | 'reveal';
  /** Until when words are taken. */
  readonly until?: Date;
  /** How long members may add words, as typed. */
  readonly minutes: string;
  /** True while this visitor may add a word. */
  readonly mayAddWord?: boolean;
  readonly hasPin: boolean;
  readonly refusals?: {
    readonly minutes?: RefusalText;
    readonly word?: RefusalText;
    readonly pin?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function DrawPage(props: DrawPageProps) {
  const { frame, group, face } = props;
  const words = wordsFor(frame.locale).tontines.draw;
  return (
    <GroupLayout
      frame={frame}
      group={group}
      title={words.title}
      lead={words.leads[face]}
      refusal={props.refusals?.form}
    >
      {props.result === undefined ? null : <Result {...props} />}
      {props.mayAddWord ? <AddWord {...props} /> : null}
      <Seal {...props} />
      <Next {...props} />
      <section class="card" aria-labelledby="how">
        <h2 id="how">{words.how}</h2>
        <ol class="steps">
          {words.steps.split('|').map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        {props.proof === undefined ? null : (
          <details>
            <summary>{words.proof}</summary>
            <pre>{props.proof}</pre>
          </details>
        )}
      </section>
    </GroupLayout>
  );
}

function Result({ frame, result, isTrue }: DrawPageProps) {
  const words = wordsFor(frame.locale).tontines.draw;
  return (
    <section class="card" aria-labelledby="result">
      <h2 id="result">{words.result}</h2>
      <ol class="dates">
        {result?.map((name, place) => (
          <li key={place}>
            <span class="number">{place + 1}</span>
            <strong>{name}</strong>
          </li>
        ))}
      </ol>
      <p class={isTrue === false ? 'refusal' : 'good verdict'}>
        {isTrue === false ? words.mismatch : words.match}
      </p>
    </section>
  );
}

function Seal({ frame, commitment, seed, list, words: added, algorithm, until }: DrawPageProps) {
  const { draw: words } = wordsFor(frame.locale).tontines;
  const { facts } = wordsFor(frame.locale);
  const copyable = (text: string) => <Reference text={text} copy={facts.copy} copied={facts.copied} />;
  return (
    <section class="card proof" aria-labelledby="seal">
      <h2 id="seal">{words.seal}</h2>
      {commitment === undefined ? <p>{words.noSeal}</p> : <p>{copyable(commitment)}</p>}
      {seed === undefined ? null : (
        <>
          <h3>{words.seed}</h3>
          <p>{copyable(seed)}</p>
        </>
      )}
      <h3>{commitment === undefined ? words.listBefore(list.length) : words.list(list.length)}</h3>
      <p>{list.join(', ')}</p>
      <h3>{words.added(added.length)}</h3>
      {added.length === 0 ? <p class="hint">{words.noneAdded}</p> : null}
      <ul class="lines">
        {added.map(({ name, word }) => (
          <li key={name} class="line">
            <strong>{name}</strong>
            <span>{quoted(word, frame.locale)}</span>
          </li>
        ))}
      </ul>
      {until === undefined ? null : <p>{words.until(formatDeadline(until, frame.locale, frame.timeZone))}</p>}
      <small>{words.algorithm(algorithm)}</small>
    </section>
  );
}

function AddWord({ frame, group, formId, refusals }: DrawPageProps) {
  const words = wordsFor(frame.locale).tontines.draw;
  return (
    <form method="post" action={paths.tontineDraw(group.id)} class="card">
      <FormHead frame={frame} formId={formId} />
      <Field
        name="word"
        autoComplete="off"
        label={words.word}
        hint={words.wordHint}
        refusal={refusals?.word}
        maxLength={60}
      />
      <button type="submit" class="primary" name="act" value="add-word">
        {words.add}
      </button>
    </form>
  );
}

function Next({ frame, group, formId, next, minutes, hasPin, refusals }: DrawPageProps) {
  const words = wordsFor(frame.locale).tontines.draw;
  if (next === undefined) return null;
  const here = paths.tontineDraw(group.id);
  return (
    <form method="post" action={here} class="card">
      <FormHead frame={frame} formId={formId} />
      {next === 'reveal' ? null : (
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
      )}
      <PinStep frame={frame} hasPin={hasPin} back={here} hint={words.pinHints[next]} refusal={refusals?.pin}>
        <button type="submit" class="primary" name="act" value={next}>
          {words.acts[next]}
        </button>
      </PinStep>
    </form>
  );
}
