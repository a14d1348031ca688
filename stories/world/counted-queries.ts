/**
 * Counts what the pages of this process ask the database, by listening to the driver.
 *
 * The product knows nothing of it: whatever is asked is counted, by whatever path it goes. What opens and ends a
 * transaction is no question, and neither is what the queue does in its own schema meanwhile.
 */
import pg from 'pg';

const NO_QUESTION = /^\s*(begin|start|commit|rollback|set|savepoint|release)\b|pgboss/i;

export interface QueryCounter {
  /** The texts of what was asked while `act` ran. */
  during(act: () => Promise<unknown>): Promise<readonly string[]>;
  /** Stops listening to connections that are opened from now on. */
  close(): void;
}

/** Call it before the product opens its database: each connection takes its methods when it is made. */
export function countQueries(): QueryCounter {
  const { prototype } = pg.Client;
  const original: unknown = Reflect.get(prototype, 'query');
  let asked: string[] = [];
  const listening = function (this: unknown, ...given: readonly unknown[]): unknown {
    const text = textOf(given[0]);
    if (!NO_QUESTION.test(text)) asked.push(text);
    return typeof original === 'function' ? Reflect.apply(original, this, given) : undefined;
  };
  Reflect.set(prototype, 'query', listening);
  return {
    async during(act) {
      asked = [];
      await act();
      return asked;
    },
    close: () => void Reflect.set(prototype, 'query', original),
  };
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  if (typeof query === 'object' && query !== null && 'text' in query) return String(query.text);
  return '';
}
