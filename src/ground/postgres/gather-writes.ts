/**
 * Sends what one turn of the event loop says to the server in one piece.
 *
 * The driver writes each statement by itself, so a dozen that travel together (`travel-together.ts`) were a dozen calls of
 * the kernel here and up to a dozen wakings of the server's session, which cost both sides more than the words did. The
 * pieces wait in the socket until everybody who has something to say in this turn has said it, and no longer.
 */
import pg from 'pg';
import { invariant } from '../refusal.ts';

type Ask = (...given: unknown[]) => unknown;

export function gatherWrites(client: pg.ClientBase): void {
  invariant(client instanceof pg.Client, 'a connection of another driver');
  const { stream } = client.connection;
  const ask = client.query.bind(client) as Ask;
  let isGathering = false;
  const gathering: Ask = (...given) => {
    if (!isGathering) {
      isGathering = true;
      stream.cork();
      // Comes when all promises that can go on have gone on. A connection that ends meanwhile sends what it has itself.
      process.nextTick(() => {
        isGathering = false;
        stream.uncork();
      });
    }
    return ask(...given);
  };
  Object.defineProperty(client, 'query', { value: gathering, configurable: true, writable: true });
}
