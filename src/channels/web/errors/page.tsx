/**
 * Says that a page cannot be shown, what that means for the person's money, and the way on.
 */
import { type Frame, Layout } from '../layout.tsx';
import { Icon, type IconName } from '../parts/icons.tsx';
import { paths } from '../paths.ts';
import { wordsFor } from '../words/words.ts';

/** The HTTP answers that have a page of their own. */
export type ErrorStatus = 400 | 403 | 404 | 429 | 500 | 503;

export interface ErrorPageProps {
  readonly frame: Frame;
  readonly status: ErrorStatus;
  /** What the logs call this request: the one thing a person must read out when they ask for help. */
  readonly requestId?: string;
  /** After how long it is worth trying again, in seconds. */
  readonly retryAfter_s?: number;
}

const ICONS: Readonly<Record<ErrorStatus, IconName>> = {
  400: 'warning',
  403: 'shield',
  404: 'info',
  429: 'clock',
  500: 'warning',
  503: 'clock',
};

export function ErrorPage({ frame, status, requestId, retryAfter_s }: ErrorPageProps) {
  const words = wordsFor(frame.locale).errors;
  const { title, text } = words[status];
  const signedIn = frame.person !== undefined;
  return (
    <Layout frame={frame} title={title} narrow>
      <div class="card status asking">
        <span class="seal">
          <Icon name={ICONS[status]} size={36} />
        </span>
        <p class="over">{status}</p>
        <h1>{title}</h1>
        <p>{text}</p>
        {retryAfter_s === undefined ? null : (
          <p>
            <strong>{words.wait(retryAfter_s)}</strong>
          </p>
        )}
        <p class="actions">
          <a class="button primary" href={signedIn ? paths.wallet : paths.home}>
            {signedIn ? words.toWallet : words.toHome}
          </a>
          {signedIn && status >= 500 ? (
            <a class="button" href={paths.history}>
              {words.toHistory}
            </a>
          ) : null}
        </p>
        {requestId === undefined ? null : (
          <p class="hint">
            {words.requestId}
            <br />
            <code>{requestId}</code>
          </p>
        )}
      </div>
    </Layout>
  );
}
