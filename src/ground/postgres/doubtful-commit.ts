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

/**
 * A warning comes before the end of the statement that it is about, but several may be on their way, and it does not say
 * which one. So all of them are in doubt: one too many comes again, and one too few would be believed.
 */
export function refuseDoubtfulCommits(client: pg.ClientBase): void {
  const onTheirWay = new Set<{ isDoubtful: boolean }>();
  client.on('notice', (notice) => {
    if (!WARNING.test(`${notice.message ?? ''} ${notice.detail ?? ''}`)) return;
    for (const asked of onTheirWay) asked.isDoubtful = true;
  });
  const ask = client.query.bind(client) as Ask;
  const careful: Ask = (...given) => {
    const answer = ask(...given);
    // Cursors and callbacks are not ours; whoever commits waits for a promise.
    if (!(answer instanceof Promise)) return answer;
    const asked = { isDoubtful: false };
    onTheirWay.add(asked);
    return answer
      .finally(() => onTheirWay.delete(asked))
      .then((told: unknown) => {
        if (asked.isDoubtful) throw new DoubtfulCommit();
        return told;
      });
  };
  Object.defineProperty(client, 'query', { value: careful, configurable: true });
}
