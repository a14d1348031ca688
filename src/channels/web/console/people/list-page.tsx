/**
 * Finds a person by their number or id, and lists the erasures that wait for a second person.
 */
import { When } from '../../parts/amount.tsx';
import { Empty } from '../../parts/empty.tsx';
import { wordsFor } from '../../words/words.ts';
import { type ConsoleFrame, ConsoleLayout } from '../console-layout.tsx';
import { consolePaths } from '../console-paths.ts';

export interface ErasureLine {
  readonly personId: string;
  /** A name, or a masked number. */
  readonly nameText: string;
  readonly by: string;
  readonly expiresAt: Date;
}

export interface PeoplePageProps {
  readonly frame: ConsoleFrame;
  /** What was typed and is nobody's. */
  readonly sought?: string;
  readonly waiting: readonly ErasureLine[];
}

export function PeoplePage({ frame, sought, waiting }: PeoplePageProps) {
  const words = wordsFor(frame.locale).console.people;
  return (
    <ConsoleLayout frame={frame} title={words.title} active="people">
      <h1>{words.title}</h1>
      <p class="hint">{words.lead}</p>
      <form method="get" action={consolePaths.people} class="card">
        <div class="field">
          <label for="f-q">{words.q}</label>
          <p class="hint" id="f-q-hint">
            {words.qHint}
          </p>
          <input id="f-q" name="q" value={sought} required autoComplete="off" aria-describedby="f-q-hint" />
        </div>
        <button type="submit" class="primary">
          {words.search}
        </button>
      </form>
      {sought === undefined ? null : (
        <section class="card" aria-label={words.absentTitle}>
          <Empty icon="list" title={words.absentTitle} text={words.absent} />
        </section>
      )}
      <section class="card" aria-labelledby="waiting">
        <h2 id="waiting">{words.waiting}</h2>
        {waiting.length === 0 ? <p>{words.nothingWaiting}</p> : null}
        <ul class="lines">
          {waiting.map((one) => (
            <li key={one.personId} class="line">
              <p>
                <a href={consolePaths.person(one.personId)}>{one.nameText}</a>
                <small>
                  {words.asked(one.by)} · {words.until} <When instant={one.expiresAt} locale={frame.locale} />
                </small>
              </p>
            </li>
          ))}
        </ul>
      </section>
    </ConsoleLayout>
  );
}
