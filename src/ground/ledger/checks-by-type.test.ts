/**
 * Gives columns of a filled journal their types, while the version before goes on posting: nothing is written anew, and
 * every row is stored as before.
 */
import { readdirSync } from 'node:fs';
import { sql } from 'kysely';
import { expect, inject, onTestFinished, test } from 'vitest';
import { systemClock } from '../clock.ts';
import type { Db } from '../postgres/database.ts';
import { MIGRATIONS_FOLDER, migrate } from '../postgres/migrate.ts';
import { openScratch } from '../postgres/scratch-database.ts';
import { verifyChain } from './verify-chain.ts';

const FILES = readdirSync(MIGRATIONS_FOLDER).toSorted();

/** One posting as the version before asks for it, kept by its connection. */
async function postAsBefore(session: Db, id: string, reference: string | null): Promise<unknown> {
  const { rows } = await sql<{ codes: string[] }>`/* keep: as-before */ select post_transfers(0::smallint,
    '2026-03-02T08:00:00Z', array[${id}]::uuid[], array['single'], array['float:getmipay:XOF'],
    array['member:per_awa:XOF'], array[5000]::bigint[], array[null]::uuid[], array[false], array['jrn_1'],
    array['deposit.settled'], array['2026-03-02T07:59:00Z']::timestamptz[],
    array[${reference}]::text[]) as codes`.execute(session);
  return rows[0]?.codes[0];
}

/** The statement as the version before asks for it. */
async function statementAsBefore(session: Db): Promise<unknown> {
  const { rows } = await sql`/* keep: statement-as-before */ select reference, journal_id, journal_kind
    from list_statement('member:per_awa:XOF', 100::bigint, 9)`.execute(session);
  return rows;
}

/** Where each month and each index lies on disk. */
async function places(db: Db): Promise<unknown> {
  const { rows } = await sql`select relname, pg_relation_filenode(oid) as place, reltoastrelid
    from pg_class where relname like 'transfers%' order by relname`.execute(db);
  return rows;
}

/** How the columns of every month are stored, each way once. */
async function storage(db: Db): Promise<unknown> {
  const { rows } = await sql`select distinct a.attnum, a.attname, a.attstorage, a.attnotnull
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relname like 'transfers%' and c.relkind in ('r', 'p') and a.attnum > 0 order by a.attnum`.execute(
    db,
  );
  return rows;
}

test('texts get their types where they lie, and whoever is posting goes on', async () => {
  const { db, close } = await openScratch(inject('postgresUrl'), `checks_by_type_${process.pid}`);
  onTestFinished(close);
  const place = FILES.findIndex((name) => name.endsWith('-checks-by-type.sql'));
  await migrate(db, systemClock, MIGRATIONS_FOLDER, FILES[place - 1]);
  await sql`insert into accounts (id, kind, currency, normal_side, limited, opened_at) values
    ('float:getmipay:XOF', 'float', 'XOF', 'debit', false, '2026-01-05Z'),
    ('member:per_awa:XOF', 'member', 'XOF', 'credit', true, '2026-01-05Z')`.execute(db);
  const id = (last: number): string => `019cad8f-ac00-7000-8000-00000000000${last}`;

  await db.connection().execute(async (session) => {
    expect(await postAsBefore(session, id(1), 'D-1')).toBe('posted');
    expect(await postAsBefore(session, id(1), 'D-1')).toBe('exists');
    const line = { reference: 'D-1', journal_id: 'jrn_1', journal_kind: 'deposit.settled' };
    expect(await statementAsBefore(session)).toEqual([line]);
    const before = { places: await places(db), storage: await storage(db) };
    await migrate(db, systemClock, MIGRATIONS_FOLDER, FILES[place]);
    expect({ places: await places(db), storage: await storage(db) }).toEqual(before);

    expect(await postAsBefore(session, id(2), null)).toBe('posted');
    expect(await statementAsBefore(session)).toEqual([{ ...line, reference: null }, line]);
    expect(await postAsBefore(session, id(1), 'D-1')).toBe('exists');
    expect(await postAsBefore(session, id(1), 'D-2')).toBe('exists-different-reference');
    await expect(postAsBefore(session, id(3), '-'.repeat(801))).rejects.toThrow(/transfer_reference_fits/);

    await sql`select extend_journal(0::smallint, '2029-03-01Z')`.execute(session);
    expect(await storage(db)).toEqual(before.storage);
  });
  // What was there before was held to the same.
  for (const [domain, check] of [
    ['journal_name', 'journal_name_fits'],
    ['transfer_reference', 'transfer_reference_fits'],
    ['chain_link', 'chain_link_is_a_hash'],
  ] as const) {
    await sql`alter domain ${sql.ref(domain)} validate constraint ${sql.ref(check)}`.execute(db);
  }
  expect(await verifyChain(db)).toMatchObject({ ok: true, rows: 2n });
});
