import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { expect, it } from 'vitest';
import type { Db, Reader } from './database.ts';
import { keptQuery } from './kept-query.ts';

interface Shelf {
  readonly books: { readonly id: string; readonly title: string };
}

/** A database that remembers what it is asked. */
function listening() {
  const heard: (readonly [string, readonly unknown[]])[] = [];
  const db = new Kysely<Shelf>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (one) => new PostgresIntrospector(one),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    log: ({ query }) => {
      heard.push([query.sql, query.parameters]);
    },
  });
  return { db: db as unknown as Db, heard };
}

function books(reader: Reader) {
  return (reader as unknown as Kysely<Shelf>).selectFrom('books');
}

it('makes its text once, and puts what is given into its places', async () => {
  const { db, heard } = listening();
  let made = 0;
  const ask = keptQuery('book', (reader, given: { readonly id: string; readonly title: string }) => {
    made += 1;
    return books(reader).select('id').where('title', '=', given.title).where('id', '=', given.id);
  });
  await ask(db, { id: '1', title: 'one' });
  await ask(db, { id: '2', title: 'two' });
  const text = '/* keep: book */ select "id" from "books" where "title" = $1 and "id" = $2';
  expect(heard).toEqual([
    [text, ['one', '1']],
    [text, ['two', '2']],
  ]);
  expect(made).toBe(1);
});

it('keeps what is the same for all, and refuses a query that a new column would change', async () => {
  const { db, heard } = listening();
  const fixed = keptQuery('fixed', (reader, { title }: { readonly title: string }) =>
    books(reader).select('id').where('title', '=', title).where('id', '=', 'always').limit(1),
  );
  await fixed(db, { title: 'one' });
  expect(heard.map(([, values]) => values)).toEqual([['one', 'always', 1]]);
  const all = keptQuery('all', (reader, _given: object) => books(reader).selectAll());
  await expect(all(db, {})).rejects.toThrow('names no columns');
});
