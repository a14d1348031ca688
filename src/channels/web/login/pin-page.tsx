/**
 * Asks for the PIN of a number, known or not: the page never tells which.
 */
import { type Frame, Layout } from '../layout.tsx';
import { Field } from '../parts/field.tsx';
import { RefusalNotice, type RefusalText } from '../parts/notice.tsx';
import { paths } from '../paths.ts';
import { wordsFor } from '../words/words.ts';
import { LoginFields, loginHref } from './code-page.tsx';

export interface PinPageProps {
  readonly frame: Frame;
  /** The number as the forms send it back: E.164. */
  readonly phone: string;
  readonly phoneText: string;
  readonly next?: string;
  readonly refusals?: { readonly pin?: RefusalText; readonly form?: RefusalText };
}

export function PinPage({ frame, phone, phoneText, next, refusals }: PinPageProps) {
  const words = wordsFor(frame.locale).login;
  return (
    <Layout frame={frame} title={words.pinTitle} narrow>
      <h1>{words.pinTitle}</h1>
      <p class="lead">{words.pinLead(phoneText)}</p>
      <RefusalNotice refusal={refusals?.form} locale={frame.locale} />
      <form method="post" action={paths.loginPin} class="card">
        <LoginFields frame={frame} phone={phone} next={next} />
        <Field
          name="pin"
          type="password"
          inputMode="numeric"
          autoComplete="current-password"
          label={words.pin}
          refusal={refusals?.pin}
          maxLength={12}
          large
        />
        <button type="submit" class="primary">
          {words.enter}
        </button>
      </form>
      <form method="post" action={paths.login} class="aside">
        <LoginFields frame={frame} phone={phone} next={next} />
        <input type="hidden" name="way" value="sms" />
        <button type="submit">{words.forgotPin}</button>
      </form>
      <p>
        <a href={loginHref(next)}>{words.otherNumber}</a>
      </p>
    </Layout>
  );
}
