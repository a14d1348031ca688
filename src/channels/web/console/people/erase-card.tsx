/**
 * Draws where the erasure of one person stands: what it would do, what prevents it, who asked, and who may agree.
 */
import { When } from '../../parts/amount.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Csrf } from '../../parts/field.tsx';
import { wordsFor } from '../../words/words.ts';
import type { ConsoleFrame } from '../console-layout.tsx';
import { consolePaths } from '../console-paths.ts';
import { ReasonField } from './reason-field.tsx';

export interface OpenRequest {
  readonly id: string;
  /** A name. */
  readonly by: string;
  readonly isOwn: boolean;
  readonly reason: string;
  readonly askedAt: Date;
  readonly expiresAt: Date;
}

export interface EraseCardProps {
  readonly frame: ConsoleFrame;
  readonly personId: string;
  /** What stands in the way, as sentences. */
  readonly obstacles: readonly string[];
  readonly request?: OpenRequest;
  readonly mayAsk: boolean;
  readonly mayErase: boolean;
}

export function EraseCard(props: EraseCardProps) {
  const { frame, obstacles, request } = props;
  const words = wordsFor(frame.locale).console.people;
  return (
    <section class="card" aria-labelledby="erase">
      <h2 id="erase">{words.eraseTitle}</h2>
      <p>{words.eraseLead}</p>
      <div class="pair">
        <Sentences title={words.goes} sentences={words.goesList.split('|')} />
        <Sentences title={words.stays} sentences={words.staysList.split('|')} />
      </div>
      <p class="hint">{words.backups}</p>
      {obstacles.length === 0 ? null : (
        <div class="doubt">
          <Sentences title={words.obstacles} sentences={obstacles} />
        </div>
      )}
      {request === undefined ? null : <Asked frame={frame} request={request} />}
      {request === undefined ? <Ask {...props} /> : <Decide {...props} request={request} />}
    </section>
  );
}

function Sentences({ title, sentences }: { readonly title: string; readonly sentences: readonly string[] }) {
  return (
    <div>
      <h3>{title}</h3>
      <ul class="points">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

function Ask({ frame, personId, obstacles, mayAsk }: EraseCardProps) {
  const words = wordsFor(frame.locale).console.people;
  if (obstacles.length > 0) return null;
  if (!mayAsk) return <p class="hint">{words.seniorsOnly}</p>;
  return (
    <form method="post" action={consolePaths.personAskErasure(personId)}>
      <Csrf token={frame.csrf} />
      <ReasonField id="f-erase-reason" frame={frame} />
      <button type="submit">{words.askDo}</button>
    </form>
  );
}

function Asked({ frame, request }: { readonly frame: ConsoleFrame; readonly request: OpenRequest }) {
  const all = wordsFor(frame.locale).console;
  return (
    <>
      <h3>{all.people.asked(request.by)}</h3>
      <Facts
        facts={[
          { name: all.people.reason, value: request.reason },
          { name: all.people.askedOn, value: <When instant={request.askedAt} locale={frame.locale} /> },
          { name: all.decide.expires, value: <When instant={request.expiresAt} locale={frame.locale} /> },
        ]}
      />
    </>
  );
}

function Decide(props: EraseCardProps & { readonly request: OpenRequest }) {
  const { frame, personId, request, obstacles } = props;
  const words = wordsFor(frame.locale).console.people;
  if (!props.mayErase) return <p class="hint">{request.isOwn ? words.own : words.decideElse}</p>;
  const decision = (value: 'approved' | 'refused') => (
    <>
      <Csrf token={frame.csrf} />
      <input type="hidden" name="request" value={request.id} />
      <input type="hidden" name="decision" value={value} />
    </>
  );
  return (
    <>
      {request.isOwn ? <p class="doubt">{words.own}</p> : null}
      {request.isOwn || obstacles.length > 0 ? null : (
        <form method="post" action={consolePaths.personDecideErasure(personId)}>
          {decision('approved')}
          <label class="choice">
            <input type="checkbox" name="confirmed" value="yes" required />
            <span>{words.confirm}</span>
          </label>
          <button type="submit" class="primary">
            {words.approveDo}
          </button>
        </form>
      )}
      <form method="post" action={consolePaths.personDecideErasure(personId)}>
        {decision('refused')}
        <button type="submit">{words.refuseDo}</button>
      </form>
    </>
  );
}
