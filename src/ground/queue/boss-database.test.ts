import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { invariant } from '../refusal.ts';
import { clonePostgres } from '../testing/fresh-database.ts';
import { bossDatabase, keptFor } from './boss-database.ts';

test('the rows of every statement are given, and a text that fails leaves no transaction behind', async () => {
  const clone = await clonePostgres();
  try {
    invariant(clone.pool !== undefined, 'PostgreSQL has a pool');
    const boss = bossDatabase(clone.pool);
    const { rows } = await boss.executeSql('begin; select 1 as a; select 2 as b; commit');
    expect(rows).toEqual([{ a: 1 }, { b: 2 }]);
    expect((await boss.executeSql('select $1::int + 1 as c', [2])).rows).toEqual([{ c: 3 }]);
    await expect(boss.executeSql('begin; select 1; select 1 / 0; commit')).rejects.toThrow(
      'division by zero',
    );
    // More often than there are connections: none of them is left in a transaction that failed.
    for (let turn = 0; turn < 25; turn++) {
      expect((await boss.executeSql('select 1 as a')).rows).toEqual([{ a: 1 }]);
    }
  } finally {
    await clone.drop();
  }
});

test('what wakes a job keeps its plan, and another text for it goes as it is', async () => {
  const clone = await clonePostgres();
  try {
    const job = { name: 'try-it', meaning: 'Is only tried.' };
    await clone.db.transaction().execute(async (tx) => {
      const boss = keptFor(tx, job);
      for (const value of [1, 2, 3]) {
        expect((await boss.executeSql('select $1::int as a', [value])).rows).toEqual([{ a: value }]);
      }
      expect((await boss.executeSql('select $1::int + 1 as b', [3])).rows).toEqual([{ b: 4 }]);
      const { rows } = await sql`select name, statement from pg_prepared_statements
        where name = 'wake-try-it'`.execute(tx);
      expect(rows).toEqual([
        { name: 'wake-try-it', statement: '/* keep: wake-try-it */ select $1::int as a' },
      ]);
    });
  } finally {
    await clone.drop();
  }
});
