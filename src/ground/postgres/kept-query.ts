/**
 * Makes a query of the builder once and asks it for ever: its text is compiled once for the process, and its plan is kept by
 * each connection (`kept-statement.ts`).
 *
 * Built for each question, what every page begins with costs the builder as much as it costs the server. What is given may
 * only stand where a value stands: the text is made when nobody has given anything yet, so a condition that is there for
 * some and not for others would be there for all, and a list comes as one value (`array-text.ts`). Columns are named one by one, because a connection refuses a kept
 * statement that says `*` as soon as a migration adds a column, and the version before must go on serving then.
 */
import { CompiledQuery } from 'kysely';
import { invariant } from '../refusal.ts';
import type { Reader } from './database.ts';

/** Stands in the query where the value with this name comes. */
class Place {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

export function keptQuery<Given extends object, Row>(
  name: string,
  build: (reader: Reader, given: Given) => { compile(): CompiledQuery<Row> },
): (reader: Reader, given: Given) => Promise<readonly Row[]> {
  let kept: { readonly text: string; readonly parameters: readonly unknown[] } | undefined;

  const make = (reader: Reader) => {
    const places = new Proxy({}, { get: (_, key) => new Place(String(key)) }) as Given;
    const { sql, parameters } = build(reader, places).compile();
    invariant(!/select \*|\.\*/.test(sql), `the kept query ${name} names no columns`);
    return {
      text: `/* keep: ${name} */ ${sql}`,
      parameters,
    };
  };

  return async (reader, given) => {
    kept ??= make(reader);
    const values = kept.parameters.map((value) =>
      value instanceof Place ? (Reflect.get(given, value.name) as unknown) : value,
    );
    const { rows } = await reader.executeQuery(CompiledQuery.raw(kept.text, values) as CompiledQuery<Row>);
    return rows;
  };
}
