/**
 * Shows, in demo mode only, the text messages that would have left: without it nobody could read a login code.
 */
import { type Frame, Layout } from '../layout.tsx';
import { When } from '../parts/amount.tsx';
import { Empty } from '../parts/empty.tsx';
import { Icon } from '../parts/icons.tsx';
import { paths } from '../paths.ts';
import { wordsFor } from '../words/words.ts';

export interface SmsLine {
  readonly id: string;
  /** The number, as much of it as may be shown. */
  readonly toText: string;
  readonly text: string;
  readonly at: Date;
}

export interface SmsPageProps {
  readonly frame: Frame;
  /** Newest first. */
  readonly messages: readonly SmsLine[];
}

export function SmsPage({ frame, messages }: SmsPageProps) {
  const words = wordsFor(frame.locale).demo;
  return (
    <Layout frame={frame} title={words.smsTitle} narrow>
      <h1>{words.smsTitle}</h1>
      <p class="lead">{words.smsLead}</p>
      <p class="actions">
        <a class="button" href={paths.demoSms}>
          {words.refresh}
        </a>
      </p>
      {messages.length === 0 ? (
        <Empty icon="message" title={words.emptyTitle} text={words.empty} />
      ) : (
        <ul class="messages">
          {messages.map((message) => (
            <li key={message.id} class="card">
              <p class="with-icon">
                <Icon name="message" size={20} />
                <span>
                  <strong>{words.to(message.toText)}</strong>
                  <small>
                    <When instant={message.at} locale={frame.locale} timeZone={frame.timeZone} />
                  </small>
                </span>
              </p>
              <p class="bubble">{message.text}</p>
            </li>
          ))}
        </ul>
      )}
    </Layout>
  );
}
