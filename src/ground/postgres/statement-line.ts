/**
 * Sends statements one behind the other without waiting for the answers between: while the server thinks about one, the
 * next one already lies in its hand.
 *
 * A connection that waits for each answer stands still for as long as the answer travels and is read here, which is as
 * long as the server thinks when the statements are short. The server takes what comes over one connection in the order
 * in which it was sent, so two statements on the way need no agreement about who is first. Each one is a transaction of
 * its own. When the connection breaks, what became of all that was on its way is unknown, and everybody hears so.
 */
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { Db, Reader } from './database.ts';
import { isDatabaseAway, sqlState } from './in-transaction.ts';

export interface StatementLine {
  /** The rows of a statement with a kept name (`kept-statement.ts`). Sent now, behind everything asked before. */
  ask<Row>(text: string, values: readonly (string | null)[]): Promise<readonly Row[]>;
  /** A line that is closed opens again for whoever asks. */
  close(): Promise<void>;
}

/** The server became a standby under the connection. */
const READ_ONLY = '25006';

/** `pool` gives connections that may be asked before they have answered. */
export function openStatementLine(pool: PostgresPool): StatementLine {
  let present: Promise<PostgresPoolClient> | undefined;

  return {
    ask: async <Row>(text: string, values: readonly (string | null)[]) => {
      present ??= pool.connect();
      const mine = present;
      let client: PostgresPoolClient | undefined;
      try {
        client = await mine;
        const answer = await client.query<Row>(text, values);
        return answer.rows;
      } catch (error) {
        if (client === undefined || isDatabaseAway(error) || sqlState(error) === READ_ONLY) await leave(mine);
        throw error;
      }
    },
    close: async () => {
      if (present !== undefined) await leave(present);
    },
  };

  /** Whoever learns first that the connection is of no use gives it back; the next one to ask gets another one. */
  async function leave(broken: Promise<PostgresPoolClient>): Promise<void> {
    if (present !== broken) return;
    present = undefined;
    const client = await broken.catch(() => undefined);
    client?.release(true);
  }
}

/** The line of each open database: an act that is handed a database gets its line with it. */
const LINES = new WeakMap<object, StatementLine>();

export function giveLine(db: Db, line: StatementLine): void {
  LINES.set(db, line);
}

/** Nothing inside a transaction, which has its own connection, and on PGlite, which has no other. */
export function lineOf(reader: Reader): StatementLine | undefined {
  return LINES.get(reader);
}
