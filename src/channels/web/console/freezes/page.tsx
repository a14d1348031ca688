/**
 * Shows what is stopped, and stops more: a number, a person, a method, a whole direction.
 */
import type { ComponentChildren } from 'preact';
import type { FreezeScope } from '../../../../rails/payments/freeze.rows.ts';
import { type Direction, METHODS } from '../../../../rails/provider.ts';
import { When } from '../../parts/amount.tsx';
import { Csrf, Field } from '../../parts/field.tsx';
import { quoted } from '../../words/quoted.ts';
import { wordsFor } from '../../words/words.ts';
import { type ConsoleFrame, ConsoleLayout } from '../console-layout.tsx';
import { consolePaths } from '../console-paths.ts';

export interface FreezeLine {
  readonly id: string;
  readonly scope: FreezeScope;
  /** Readable: a masked number, a name, a method. */
  readonly subjectText: string;
  readonly direction: Direction;
  readonly reason: string;
  readonly by: string;
  readonly since: Date;
}

export interface FreezesPageProps {
  readonly frame: ConsoleFrame;
  readonly freezes: readonly FreezeLine[];
  /** False for those who only read. */
  readonly mayFreeze: boolean;
}

export function FreezesPage({ frame, freezes, mayFreeze }: FreezesPageProps) {
  const words = wordsFor(frame.locale).console.freezes;
  return (
    <ConsoleLayout frame={frame} title={words.title} active="freezes">
      <h1>{words.title}</h1>
      <p class="hint">{words.lead}</p>
      <section class="card" aria-labelledby="open">
        <h2 id="open">{words.open}</h2>
        {freezes.length === 0 ? <p>{words.none}</p> : null}
        <ul class="lines">
          {freezes.map((freeze) => (
            <Line key={freeze.id} frame={frame} freeze={freeze} mayFreeze={mayFreeze} />
          ))}
        </ul>
      </section>
      {mayFreeze ? (
        <div class="pair">
          <FreezeForm frame={frame} scope="phone" title={words.stopNumber}>
            <Field
              name="subject"
              label={words.number}
              hint={words.numberHint}
              autoComplete="off"
              inputMode="tel"
            />
          </FreezeForm>
          <FreezeForm frame={frame} scope="method" title={words.stopMethod}>
            <MethodField frame={frame} />
          </FreezeForm>
          <FreezeForm frame={frame} scope="all" title={words.stopAll}>
            <p class="doubt">{words.stopAllHint}</p>
          </FreezeForm>
        </div>
      ) : null}
    </ConsoleLayout>
  );
}

interface LineProps {
  readonly frame: ConsoleFrame;
  readonly freeze: FreezeLine;
  readonly mayFreeze: boolean;
}

function Line({ frame, freeze, mayFreeze }: LineProps) {
  const words = wordsFor(frame.locale).console.freezes;
  const what = `${words.scopes[freeze.scope]} ${freeze.subjectText}`.trim();
  return (
    <li class="line">
      <p>
        <strong>{`${what} · ${words.directions[freeze.direction]}`}</strong>
        <small>{quoted(freeze.reason, frame.locale)}</small>
        <small>
          {freeze.by} · <When instant={freeze.since} locale={frame.locale} />
        </small>
      </p>
      {mayFreeze ? (
        <form method="post" action={consolePaths.freezeLift(freeze.id)} class="row">
          <Csrf token={frame.csrf} />
          <div class="field">
            <label for={`f-${freeze.id}`}>{words.why}</label>
            <input id={`f-${freeze.id}`} name="reason" required maxLength={300} autoComplete="off" />
          </div>
          <button type="submit" class="small" aria-label={`${words.lift} · ${what}`}>
            {words.lift}
          </button>
        </form>
      ) : null}
    </li>
  );
}

interface FreezeFormProps {
  readonly frame: ConsoleFrame;
  readonly scope: 'phone' | 'method' | 'all';
  readonly title: string;
  readonly children: ComponentChildren;
}

function FreezeForm({ frame, scope, title, children }: FreezeFormProps) {
  const words = wordsFor(frame.locale).console.freezes;
  const id = (name: string) => `f-${scope}-${name}`;
  return (
    <form method="post" action={consolePaths.freezes} class="card">
      <h2>{title}</h2>
      <Csrf token={frame.csrf} />
      <input type="hidden" name="scope" value={scope} />
      {children}
      <div class="field">
        <label for={id('direction')}>{words.direction}</label>
        <select id={id('direction')} name="direction">
          <option value="out">{words.directions.out}</option>
          <option value="in">{words.directions.in}</option>
        </select>
      </div>
      <div class="field">
        <label for={id('reason')}>{words.why}</label>
        <input id={id('reason')} name="reason" required maxLength={300} autoComplete="off" />
      </div>
      <button type="submit">{words.place}</button>
    </form>
  );
}

function MethodField({ frame }: { readonly frame: ConsoleFrame }) {
  const words = wordsFor(frame.locale);
  return (
    <div class="field">
      <label for="f-method">{words.console.freezes.method}</label>
      <select id="f-method" name="subject">
        {METHODS.map((method) => (
          <option key={method} value={method}>
            {words.methods[method]}
          </option>
        ))}
      </select>
    </div>
  );
}
