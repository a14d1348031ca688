/**
 * Asks an invited person whether they take up the invitation; nothing is given by only opening a link.
 */
import { Csrf } from '../../parts/field.tsx';
import { wordsFor } from '../../words/words.ts';
import { type ConsoleFrame, ConsoleLayout } from '../console-layout.tsx';
import { consolePaths } from '../console-paths.ts';

export interface InvitationPageProps {
  readonly frame: ConsoleFrame;
  readonly token: string;
}

export function InvitationPage({ frame, token }: InvitationPageProps) {
  const words = wordsFor(frame.locale).console.invitation;
  return (
    <ConsoleLayout frame={frame} title={words.title} narrow>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <form method="post" action={consolePaths.invitation(token)} class="card">
        <Csrf token={frame.csrf} />
        <p>{words.next}</p>
        <button type="submit" class="primary">
          {words.accept}
        </button>
      </form>
    </ConsoleLayout>
  );
}
