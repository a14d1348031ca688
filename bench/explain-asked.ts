/**
 * Opens a database whose every question can be caught and explained, to see what the console costs where there is much.
 */
import { Kysely, type KyselyPlugin, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database, Db } from '../src/ground/postgres/database.ts';

export interface Asked {
  readonly sql: string;
  readonly plan: string;
}

export interface Explained {
  readonly db: Db;
  /** What `act` asked, statement by statement, each with its plan. */
  explain(act: () => Promise<unknown>): Promise<Asked[]>;
  close(): Promise<void>;
}

/** A month of the journal that has no rows yet costs nothing, whichever way it is read. */
const WALK =
  /Seq Scan on (payments|payment_messages|transfers\w*|events\w*|provider_callbacks|provider_commands|status_answers)\b[^(\n]*\(cost=(?!0\.00\.\.0\.00 )/;

/** True when a plan walks the whole of a table that grows with the payments. */
export function isWalk({ plan }: Asked): boolean {
  return WALK.test(plan);
}

/** The indexes that a plan goes by. */
export function indexesIn({ plan }: Asked): string[] {
  return [...plan.matchAll(/(?:Index (?:Only )?Scan(?: Backward)? using|Bitmap Index Scan on) (\w+)/g)].map(
    ([, name = '']) => name,
  );
}

export function openExplained(url: string, plugins: KyselyPlugin[]): Explained {
  const said: { readonly sql: string; readonly parameters: readonly unknown[] }[] = [];
  const types = new pg.TypeOverrides();
  // As everywhere in the product: an int8 is a bigint.
  types.setTypeParser(20, BigInt);
  const pool = new pg.Pool({ connectionString: url, types, max: 4 });
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins,
    log: (event) => {
      if (event.level === 'query') said.push(event.query);
    },
  });
  return {
    db,
    async explain(act) {
      said.length = 0;
      await act();
      const questions = said.filter(({ sql }) => /^\s*(select|with)/i.test(sql));
      const asked: Asked[] = [];
      for (const { sql, parameters } of questions) {
        const plan = await pool.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, [...parameters]);
        asked.push({ sql, plan: plan.rows.map((row) => row['QUERY PLAN']).join('\n') });
      }
      return asked;
    },
    close: async () => await pool.end(),
  };
}
