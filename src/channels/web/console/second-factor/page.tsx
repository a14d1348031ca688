/**
 * Asks an operator for the code of their authenticator; the first time it shows the secret to link it with.
 */
import { Csrf, Field } from '../../parts/field.tsx';
import type { RefusalText } from '../../parts/notice.tsx';
import { Qr } from '../../parts/qr.tsx';
import { wordsFor } from '../../words/words.ts';
import { type ConsoleFrame, ConsoleLayout } from '../console-layout.tsx';
import { consolePaths } from '../console-paths.ts';

export interface SecondFactorPageProps {
  readonly frame: ConsoleFrame;
  readonly next?: string;
  /** Present while no code has confirmed the authenticator yet. */
  readonly enrolment?: { readonly uri: string; readonly secretText: string };
  /** In demo mode: what an authenticator would show now. */
  readonly demoCode?: string;
  readonly refusal?: RefusalText;
}

export function SecondFactorPage({ frame, next, enrolment, demoCode, refusal }: SecondFactorPageProps) {
  const words = wordsFor(frame.locale).console.secondFactor;
  const title = enrolment === undefined ? words.title : words.linkTitle;
  return (
    <ConsoleLayout frame={frame} title={title} narrow>
      <h1>{title}</h1>
      {enrolment === undefined ? <p>{words.lead}</p> : <Enrolment frame={frame} {...enrolment} />}
      <form method="post" action={consolePaths.secondFactor} class="card">
        <Csrf token={frame.csrf} />
        {next === undefined ? null : <input type="hidden" name="next" value={next} />}
        <Field
          name="code"
          label={words.code}
          hint={words.codeHint}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={9}
          large
          refusal={refusal}
        />
        {demoCode === undefined ? null : <p class="doubt">{words.demoCode(demoCode)}</p>}
        <button type="submit" class="primary">
          {words.enter}
        </button>
      </form>
    </ConsoleLayout>
  );
}

interface EnrolmentProps {
  readonly frame: ConsoleFrame;
  readonly uri: string;
  readonly secretText: string;
}

function Enrolment({ frame, uri, secretText }: EnrolmentProps) {
  const words = wordsFor(frame.locale).console.secondFactor;
  return (
    <section class="card" aria-label={words.linkTitle}>
      <p>{words.linkLead}</p>
      <Qr text={uri} label={words.qr} />
      <p>{words.orType}</p>
      <p class="centred">
        <code class="secret">{secretText}</code>
      </p>
      <p class="hint">{words.linkOnce}</p>
    </section>
  );
}
