/**
 * Sends the statements of one transaction to the database together, when none of them needs the answer of another one.
 *
 * The builder of statements lets only one at a time onto a connection, so statements that are merely started side by side
 * still wait for each other's answers. Here they lie in the server's hand one behind the other: it runs them in the order
 * in which they were sent, and refuses those behind one that failed.
 */
import { DummyDriver, PostgresDialect, Transaction } from 'kysely';
import type { Database, Tx } from './database.ts';
import { sqlState } from './in-transaction.ts';

/** PostgreSQL's name for "not looked at, because something before it failed": in_failed_sql_transaction. */
const BEHIND_A_FAILURE = '25P02';
/** What a transaction must be made of and is never asked for: it is begun and ended by whoever opened it. */
const OUTSIDE = new PostgresDialect({
  pool: async () => await Promise.reject(new Error('opened elsewhere')),
});

/**
 * `send` starts the statements, in the order in which they are to run. Returns when all have been answered, so that none
 * is sent behind the end of the transaction; throws what the first one met that failed.
 */
export async function travelTogether(tx: Tx, send: (tx: Tx) => readonly Promise<unknown>[]): Promise<void> {
  const answers = await tx.getExecutor().provideConnection(async (connection) => {
    const executor = tx.getExecutor().withConnectionProvider({
      provideConnection: async (consume) => await consume(connection),
    });
    const props = { config: { dialect: OUTSIDE }, dialect: OUTSIDE, driver: new DummyDriver(), executor };
    return await Promise.allSettled(send(new Transaction<Database>(props)));
  });
  const errors = answers.flatMap((answer) =>
    answer.status === 'rejected' ? [answer.reason as unknown] : [],
  );
  if (errors.length > 0) throw errors.find((error) => sqlState(error) !== BEHIND_A_FAILURE) ?? errors[0];
}
