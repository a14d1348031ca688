/**
 * Lists where a person is signed in, so that a lost phone can be shut out from another one.
 */
import type { Frame } from '../layout.tsx';
import { Csrf } from '../parts/field.tsx';
import { paths } from '../paths.ts';
import { formatDateTime, wordsFor } from '../words/words.ts';

export interface SessionLine {
  readonly id: string;
  /** Such as `Android · Chrome`; absent when the browser said nothing useful. */
  readonly device?: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  /** The session that reads this page. */
  readonly current: boolean;
}

export function Sessions({
  frame,
  sessions,
}: {
  readonly frame: Frame;
  readonly sessions: readonly SessionLine[];
}) {
  const words = wordsFor(frame.locale).profile;
  return (
    <section class="card" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{words.sessionsTitle}</h2>
      <ul class="lines">
        {sessions.map((session) => (
          <OneSession key={session.id} frame={frame} session={session} />
        ))}
      </ul>
      {sessions.some((session) => !session.current) ? (
        <form method="post" action={paths.sessionRevokeOthers}>
          <Csrf token={frame.csrf} />
          <button type="submit">{words.revokeOthers}</button>
        </form>
      ) : null}
    </section>
  );
}

function OneSession({ frame, session }: { readonly frame: Frame; readonly session: SessionLine }) {
  const words = wordsFor(frame.locale).profile;
  const device = session.device ?? words.unknownDevice;
  const seen = formatDateTime(session.lastSeenAt, frame.locale, frame.timeZone);
  const opened = formatDateTime(session.createdAt, frame.locale, frame.timeZone);
  return (
    <li class="line">
      <p>
        <strong>{device}</strong>
        <small>{session.current ? words.sessionCurrent : words.sessionSeen(seen)}</small>
        <small>{words.sessionOpened(opened)}</small>
      </p>
      {session.current ? null : (
        <form method="post" action={paths.sessionRevoke}>
          <Csrf token={frame.csrf} />
          <input type="hidden" name="session_id" value={session.id} />
          <button type="submit" class="small" aria-label={words.revokeOne(device)}>
            {words.revoke}
          </button>
        </form>
      )}
    </li>
  );
}
