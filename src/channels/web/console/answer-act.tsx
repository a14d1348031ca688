/**
 * Answers a form of the console after its act: back to the page with one sentence, or a page that says why not.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../../../ground/refusal.ts';
import type { Assets } from '../assets.ts';
import { Notice, type RefusalText } from '../parts/notice.tsx';
import { sendPage, statusOf } from '../send-page.ts';
import { leaveFlash, refusalText } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import { wordsFor } from '../words/words.ts';
import { consoleFrameOf } from './console-frame.ts';
import { type ConsoleFrame, ConsoleLayout } from './console-layout.tsx';

interface Way {
  readonly door: WebDoor;
  readonly assets: Assets;
  /** Where to go on. */
  readonly to: string;
  /** What is said when it was done; "done" unless given. */
  readonly said?: string;
}

export async function answerAct(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer<unknown>,
  { door, assets, to, said }: Way,
): Promise<FastifyReply> {
  if (answer.ok) {
    const text = said ?? wordsFor(request.visitor.locale).console.done;
    leaveFlash(reply, door, { kind: 'success', text });
    return await reply.redirect(to, 303);
  }
  const frame = await consoleFrameOf(request, reply, door, assets);
  const refusal = refusalText(request, answer.refusal);
  const page = <RefusedPage frame={frame} refusal={refusal} back={to} />;
  return await sendPage(reply, page, statusOf(answer.refusal.kind));
}

interface RefusedPageProps {
  readonly frame: ConsoleFrame;
  readonly refusal: RefusalText;
  readonly back: string;
}

/** Nothing was changed, and why. */
export function RefusedPage({ frame, refusal, back }: RefusedPageProps) {
  const words = wordsFor(frame.locale).console;
  return (
    <ConsoleLayout frame={frame} title={words.refused}>
      <h1>{words.refused}</h1>
      <Notice kind="error" text={refusal.text} code={refusal.code} locale={frame.locale} />
      <p>{words.nothingChanged}</p>
      <p>
        <a class="button" href={back}>
          {words.back}
        </a>
      </p>
    </ConsoleLayout>
  );
}
