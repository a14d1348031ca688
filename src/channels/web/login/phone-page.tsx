/**
 * Asks for the number, and how its owner wants to prove that it is theirs.
 */
import { type Frame, Layout } from '../layout.tsx';
import { Csrf, Field } from '../parts/field.tsx';
import { RefusalNotice, type RefusalText } from '../parts/notice.tsx';
import { paths } from '../paths.ts';
import { wordsFor } from '../words/words.ts';

/** How somebody proves that a number is theirs: the field `way`. */
export type LoginWay =
  | 'sms' // a code sent now
  | 'pin'; // the PIN chosen earlier

export interface PhonePageProps {
  readonly frame: Frame;
  /** What was typed, given back unchanged after a refusal. */
  readonly phone?: string;
  readonly way?: LoginWay;
  /** Where to go after; already checked to be an address of ours. */
  readonly next?: string;
  readonly refusals?: { readonly phone?: RefusalText; readonly form?: RefusalText };
}

export function PhonePage({ frame, phone, way = 'sms', next, refusals }: PhonePageProps) {
  const all = wordsFor(frame.locale);
  const words = all.login;
  return (
    <Layout frame={frame} title={words.title} narrow>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <RefusalNotice refusal={refusals?.form} locale={frame.locale} />
      <form method="post" action={paths.login} class="card">
        <Csrf token={frame.csrf} />
        {next === undefined ? null : <input type="hidden" name="next" value={next} />}
        <Field
          name="phone"
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          label={words.phone}
          hint={words.phoneHint}
          value={phone}
          refusal={refusals?.phone}
          maxLength={30}
          large
        />
        <fieldset>
          <legend>{words.way}</legend>
          <Way way="sms" chosen={way} label={words.bySms} hint={words.bySmsHint} />
          <Way way="pin" chosen={way} label={words.byPin} hint={words.byPinHint} />
        </fieldset>
        <button type="submit" class="primary">
          {words.next}
        </button>
      </form>
      <p class="hint">{words.countries(Object.values(all.countries).join(', '))}</p>
    </Layout>
  );
}

interface WayProps {
  readonly way: LoginWay;
  readonly chosen: LoginWay;
  readonly label: string;
  readonly hint: string;
}

function Way({ way, chosen, label, hint }: WayProps) {
  return (
    <label class="choice">
      <input type="radio" name="way" value={way} checked={way === chosen} />
      <span>
        <strong>{label}</strong>
        <small>{hint}</small>
      </span>
    </label>
  );
}
