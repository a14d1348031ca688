/**
 * Lets a connection keep the plans of what it is asked all day.
 *
 * Without a name a statement is parsed and planned each time, which costs as much as posting a transfer does. A text that
 * begins with `/* keep: name *\/` is prepared once for each connection under this name; any other one as soon as a
 * connection has heard it so often that it will come again. One name is one text: the driver refuses the same name with
 * another one. What names no columns is never kept, because a connection refuses it for ever once a migration has added
 * one; and a plan that a migration made stale is given up, so that whoever asks again is answered.
 */
import type pg from 'pg';
import { isStalePlan } from './in-transaction.ts';

const KEPT = /^\/\* keep: ([a-z-]+) \*\//;
const NAMES_NO_COLUMNS = /(?:select|returning) \*|\.\*/i;
/** A connection that has heard a text this often has more of it to hear than keeping it costs. */
const OFTEN = 5;
/** Most texts that a connection keeps without being told to, at some 100 kB of the server each: what pages and jobs say, and not what searches do. */
const MOST_KEPT = 200;
/** Most texts that are counted; when there are more, counting begins anew. */
const MOST_COUNTED = 2_000;
/** A list that was written out, whose next one is another text. */
const LONGEST = 4_000;

type Ask = (...given: unknown[]) => unknown;

export function keepStatements(client: pg.ClientBase): void {
  const ask = client.query.bind(client) as Ask;
  const names = new Map<string, string>();
  const counted = new Map<string, number>();
  let given = 0;

  const nameOf = (text: string, values: unknown): string | undefined => {
    const known = names.get(text);
    if (known !== undefined) return known;
    const own = KEPT.exec(text)?.[1];
    if (own === undefined && !comesOften(text, values)) return undefined;
    const name = own ?? `often-${++given}`;
    names.set(text, name);
    counted.delete(text);
    return name;
  };

  const comesOften = (text: string, values: unknown): boolean => {
    if (given >= MOST_KEPT || !isKeepable(text, values)) return false;
    if (counted.size >= MOST_COUNTED) counted.clear();
    const times = (counted.get(text) ?? 0) + 1;
    counted.set(text, times);
    return times >= OFTEN;
  };

  const keeping: Ask = (...asked) => {
    const [text, values] = asked;
    const name = typeof text === 'string' ? nameOf(text, values) : undefined;
    if (typeof text !== 'string' || name === undefined) return ask(...asked);
    const answer = ask({ name, text, values });
    if (answer instanceof Promise)
      answer.catch((error: unknown) => {
        // Its next name is a new one, under which it is planned for the tables as they are now.
        if (isStalePlan(error)) names.set(text, `anew-${++given}`);
      });
    return answer;
  };
  Object.defineProperty(client, 'query', { value: keeping, configurable: true, writable: true });
}

/** Several statements in one text come without values, and cannot be prepared. */
function isKeepable(text: string, values: unknown): boolean {
  return Array.isArray(values) && values.length > 0 && text.length <= LONGEST && !NAMES_NO_COLUMNS.test(text);
}
