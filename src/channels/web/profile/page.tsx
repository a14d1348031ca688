/**
 * Shows a person their own name, number, language, messages, PIN and open sessions, each with its own small form.
 */
import type { Locale } from '../../../ground/money/money-text.ts';
import { type Frame, Layout } from '../layout.tsx';
import { Csrf, Field } from '../parts/field.tsx';
import { Icon } from '../parts/icons.tsx';
import { RefusalNotice, type RefusalText } from '../parts/notice.tsx';
import { paths } from '../paths.ts';
import type { Words } from '../words/fr.ts';
import { wordsFor } from '../words/words.ts';
import { PinForm, type PinRefusals } from './pin-form.tsx';
import { type SessionLine, Sessions } from './sessions.tsx';

export interface ProfilePageProps {
  readonly frame: Frame;
  readonly name?: string;
  /** Masked for the eye. */
  readonly phoneText: string;
  /** The language kept for this person, also of their text messages. */
  readonly locale: Locale;
  readonly hasPin: boolean;
  readonly wantsMessages: boolean;
  readonly sessions: readonly SessionLine[];
  /** Where to go on to once a PIN is chosen. */
  readonly next?: string;
  readonly refusals?: PinRefusals & { readonly name?: RefusalText; readonly form?: RefusalText };
}

export function ProfilePage(props: ProfilePageProps) {
  const { frame, refusals } = props;
  const words = wordsFor(frame.locale).profile;
  return (
    <Layout frame={frame} title={words.title} active="profile">
      <h1>{words.title}</h1>
      <RefusalNotice refusal={refusals?.form} locale={frame.locale} />
      <div class="columns">
        <section class="card" aria-labelledby="you">
          <h2 id="you">{words.you}</h2>
          <p class="with-icon">
            <Icon name="phone" />
            <span>
              <span class="unseen">{words.phone} </span>
              {props.phoneText}
            </span>
          </p>
          <form method="post" action={paths.profileName}>
            <Csrf token={frame.csrf} />
            <Field
              name="name"
              autoComplete="name"
              label={words.name}
              hint={words.nameHint}
              value={props.name}
              refusal={refusals?.name}
              maxLength={60}
            />
            <button type="submit">{words.save}</button>
          </form>
          <LanguageForm frame={frame} kept={props.locale} words={words} />
          <MessagesForm frame={frame} wanted={props.wantsMessages} words={words} />
        </section>
        <PinForm frame={frame} hasPin={props.hasPin} refusals={refusals} next={props.next} />
        <Sessions frame={frame} sessions={props.sessions} />
      </div>
      <form method="post" action={paths.logout} class="aside">
        <Csrf token={frame.csrf} />
        <button type="submit" class="quiet">
          <Icon name="leave" />
          {words.signOut}
        </button>
      </form>
    </Layout>
  );
}

interface MessagesFormProps {
  readonly frame: Frame;
  readonly wanted: boolean;
  readonly words: Words['profile'];
}

function MessagesForm({ frame, wanted, words }: MessagesFormProps) {
  return (
    <form method="post" action={paths.profileMessages}>
      <Csrf token={frame.csrf} />
      <h3>{words.messagesTitle}</h3>
      <p>{wanted ? words.messagesOn : words.messagesOff}</p>
      <p class="hint">{words.messagesHint}</p>
      <button type="submit" name="wanted" value={wanted ? 'no' : 'yes'}>
        {wanted ? words.messagesStop : words.messagesStart}
      </button>
    </form>
  );
}

interface LanguageFormProps {
  readonly frame: Frame;
  readonly kept: Locale;
  readonly words: Words['profile'];
}

function LanguageForm({ frame, kept, words }: LanguageFormProps) {
  return (
    <form method="post" action={paths.profileLanguage}>
      <Csrf token={frame.csrf} />
      <div class="field">
        <label for="f-locale">{words.language}</label>
        <p class="hint" id="f-locale-hint">
          {words.languageHint}
        </p>
        <select id="f-locale" name="locale" aria-describedby="f-locale-hint">
          <option value="fr" lang="fr" selected={kept === 'fr'}>
            {words.french}
          </option>
          <option value="en" lang="en" selected={kept === 'en'}>
            {words.english}
          </option>
        </select>
      </div>
      <button type="submit">{words.save}</button>
    </form>
  );
}
