/**
 * Lets the web server end as soon as its last answer is out, whoever still holds a connection.
 *
 * Browsers open connections before they have anything to ask, and a phone may vanish in the middle of a request's first
 * line. Node counts both as busy for as long as they live, and once it closes it looks at no deadline any more: such a
 * connection would hold a stop until the process is killed, with whatever its jobs had under way.
 */
import type { FastifyInstance } from 'fastify';

/**
 * Requests that have begun are answered first, on whichever address they came. Connections without one end then, and so
 * does whoever comes later. It counts what is asked of doors that open after it.
 */
export function endWithLastAnswer(app: FastifyInstance): void {
  let underWay = 0;
  let isEnding = false;
  let noneLeft: () => void = () => undefined;
  app.addHook('onRequest', (_request, reply, done) => {
    underWay += 1;
    // Comes for an answer that is out, and as well for one that nobody waited for.
    reply.raw.once('close', () => {
      underWay -= 1;
      if (underWay === 0) noneLeft();
    });
    done();
  });
  app.server.on('connection', (socket) => {
    if (isEnding) socket.destroy();
  });
  app.addHook('preClose', async () => {
    isEnding = true;
    if (underWay > 0) await new Promise<void>((resolve) => (noneLeft = resolve));
    app.server.closeAllConnections();
  });
}
