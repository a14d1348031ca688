/**
 * Opens the board, its content alone for the script, and the stream that says when it changed.
 */
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { readBoard } from '../../../../oversight/now/read-board.ts';
import type { Assets } from '../../assets.ts';
import { renderFragment } from '../../layout.tsx';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { consoleFrameOf } from '../console-frame.ts';
import { consolePaths } from '../console-paths.ts';
import { needs } from '../console-place.ts';
import { boardFeed, boardVersion } from './feed.ts';
import { BoardFragment, BoardPage } from './page.tsx';

export function registerNow(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const stopping = new AbortController();
  // An open stream must not keep the process from ending.
  app.addHook('preClose', async () => stopping.abort());
  const read = async () => await readBoard(door.db, door.rails.provider, door.ground.clock.now());

  app.get(consolePaths.now, needs('see'), async (request, reply) => {
    const board = await read();
    const live = { url: consolePaths.now, version: boardVersion(board), feed: consolePaths.nowFeed };
    const frame = await consoleFrameOf(request, reply, door, assets);
    const props = { frame, board, smsBudget: door.smsDailyBudget, live };
    if (request.headers['x-fragment'] === undefined) return await sendPage(reply, <BoardPage {...props} />);
    return await reply.type('text/html; charset=utf-8').send(renderFragment(<BoardFragment {...props} />));
  });

  app.get(consolePaths.nowFeed, needs('see'), async (_request, reply) => {
    reply.header('x-accel-buffering', 'no');
    return await reply.type('text/event-stream').send(Readable.from(boardFeed(read, stopping.signal)));
  });
}
