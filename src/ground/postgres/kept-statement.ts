/**
 * Lets a connection keep the plan of the few statements that it is asked all day.
 *
 * Without a name a statement is parsed and planned each time, which costs as much as posting a transfer does. A text that
 * begins with `/* keep: name *\/` is prepared once for each connection under this name; every other text is sent as it
 * is. One name is one text: the driver refuses the same name with another one.
 */
import type pg from 'pg';

const KEPT = /^\/\* keep: ([a-z-]+) \*\//;

type Ask = (...given: unknown[]) => unknown;

export function keepStatements(client: pg.ClientBase): void {
  const ask = client.query.bind(client) as Ask;
  const keeping: Ask = (...given) => {
    const [text, values] = given;
    const name = typeof text === 'string' ? KEPT.exec(text)?.[1] : undefined;
    return name === undefined ? ask(...given) : ask({ name, text, values });
  };
  Object.defineProperty(client, 'query', { value: keeping, configurable: true, writable: true });
}
