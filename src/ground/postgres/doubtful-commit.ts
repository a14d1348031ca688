/**
 * Turns a commit that may be lost into an error.
 *
 * With a synchronous standby a commit waits until the standby has it. When the wait is cut short (a timeout, an operator)
 * PostgreSQL answers "committed" all the same and only adds a warning: the transaction is on this disk and maybe nowhere
 * else. Taken for a yes, it is a franc that was acknowledged and is gone after a failover. Here it is unknown: whoever
 * asked hears "come again", and coming again is harmless.
 */
import type pg from 'pg';

/** Of the class "connection exception": transaction resolution unknown. */
const UNKNOWN_RESOLUTION = '08007';
const WARNING = /might not have been replicated/;

export class DoubtfulCommit extends Error {
  override readonly name = 'DoubtfulCommit';
  readonly code = UNKNOWN_RESOLUTION;
  constructor() {
    super('the commit is on one server only: it may be lost');
  }
}

type Ask = (...given: unknown[]) => unknown;

export function refuseDoubtfulCommits(client: pg.ClientBase): void {
  let isDoubtful = false;
  client.on('notice', (notice) => {
    if (WARNING.test(`${notice.message ?? ''} ${notice.detail ?? ''}`)) isDoubtful = true;
  });
  const ask = client.query.bind(client) as Ask;
  const careful: Ask = (...given) => {
    const answer = ask(...given);
    // Cursors and callbacks are not ours; whoever commits waits for a promise.
    if (!(answer instanceof Promise)) return answer;
    return answer.then((told: unknown) => {
      if (!isDoubtful) return told;
      isDoubtful = false;
      throw new DoubtfulCommit();
    });
  };
  Object.defineProperty(client, 'query', { value: careful, configurable: true });
}
