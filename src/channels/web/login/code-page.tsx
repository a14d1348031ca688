/**
 * Asks for the code that was sent by SMS.
 *
 * The sentence is the same whether or not the number is known here, so the page tells nobody who is a member.
 */
import { type Frame, Layout } from '../layout.tsx';
import { Csrf, Field } from '../parts/field.tsx';
import { Icon } from '../parts/icons.tsx';
import { RefusalNotice, type RefusalText } from '../parts/notice.tsx';
import { paths } from '../paths.ts';
import { wordsFor } from '../words/words.ts';

export interface CodePageProps {
  readonly frame: Frame;
  /** The number as the forms send it back: E.164. */
  readonly phone: string;
  /** The same for the eye. */
  readonly phoneText: string;
  readonly next?: string;
  readonly refusals?: { readonly code?: RefusalText; readonly form?: RefusalText };
}

export function CodePage({ frame, phone, phoneText, next, refusals }: CodePageProps) {
  const words = wordsFor(frame.locale).login;
  return (
    <Layout frame={frame} title={words.codeTitle} narrow>
      <h1>{words.codeTitle}</h1>
      <p class="lead">{words.codeLead(phoneText)}</p>
      <RefusalNotice refusal={refusals?.form} locale={frame.locale} />
      <form method="post" action={paths.loginCode} class="card">
        <LoginFields frame={frame} phone={phone} next={next} />
        <Field
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          label={words.code}
          refusal={refusals?.code}
          maxLength={12}
          large
        />
        <button type="submit" class="primary">
          {words.enter}
        </button>
        <p class="hint with-icon">
          <Icon name="shield" size={20} />
          {words.neverGive}
        </p>
      </form>
      <form method="post" action={paths.login} class="aside">
        <LoginFields frame={frame} phone={phone} next={next} />
        <input type="hidden" name="way" value="sms" />
        <p>{words.noSms}</p>
        <button type="submit">{words.resend}</button>
      </form>
      <p>
        <a href={loginHref(next)}>{words.otherNumber}</a>
      </p>
    </Layout>
  );
}

interface LoginFieldsProps {
  readonly frame: Frame;
  readonly phone: string;
  readonly next: string | undefined;
}

/** What every step of the login carries along. */
export function LoginFields({ frame, phone, next }: LoginFieldsProps) {
  return (
    <>
      <Csrf token={frame.csrf} />
      <input type="hidden" name="phone" value={phone} />
      {next === undefined ? null : <input type="hidden" name="next" value={next} />}
    </>
  );
}

/** The first step again, without losing where the person was going. */
export function loginHref(next: string | undefined): string {
  return next === undefined ? paths.login : `${paths.login}?next=${encodeURIComponent(next)}`;
}
