/**
 * Changes keys over filled tables: killed in the middle, gone on with, and counted before anybody calls it done.
 */
import { type Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { trueChance } from '../../ground/chance.ts';
import { type Database, type Db, openPostgres } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { closeSealing } from '../../ground/seal/close-sealing.ts';
import { hashRowsOnce } from '../../ground/seal/hash-rows-once.ts';
import { countLeft, resealAll } from '../../ground/seal/reseal-all.ts';
import { openVault } from '../../ground/seal/vault.ts';
import { VaultPlugin } from '../../ground/seal/vault-of.ts';
import { clonePostgres, TEST_SEAL_KEY, testGround } from '../../ground/testing/fresh-database.ts';
import { findPersonByPhone, insertPerson } from '../../people/person.rows.ts';
import { asked, depositStage } from '../../rails/testing/deposit-stage.ts';
import { searchPayments } from '../payments/payment-search.rows.ts';
import { SEALED_COLUMNS } from './sealed-columns.ts';

const NEXT_KEY = 'the-next-key-of-this-test-with-40-letters';
const PEOPLE = 1_200;

function numberOf(index: number): string {
  return `+22507${String(index).padStart(8, '0')}`;
}

async function fill(db: Db, count: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    for (let index = 0; index < count; index++) {
      const [id, phone] = [`per_${index}`, numberOf(index)];
      const createdAt = new Date('2026-01-05Z');
      await insertPerson(tx, {
        id,
        phone,
        country: 'CI',
        locale: 'fr',
        displayName: `N ${index}`,
        createdAt,
      });
    }
  });
}

/** The same database with these keys. */
function withKeys(url: string, keys: readonly string[]): Db {
  const plugins = [new VaultPlugin(() => openVault(keys, trueChance))];
  return openPostgres(url, { onError: () => undefined, connections: 3, plugins }).db;
}

test('a walk that dies in the middle is gone on with, and people are found all the time', async () => {
  const clone = await clonePostgres();
  const db = withKeys(clone.url, [NEXT_KEY, TEST_SEAL_KEY]);
  try {
    await fill(clone.db, PEOPLE);
    const dies = resealAll(db, SEALED_COLUMNS, () => {
      throw new Error('killed');
    });
    await expect(dies).rejects.toThrow('killed');
    const left = await countLeft(db, SEALED_COLUMNS);
    expect(left).toEqual({ plain: 0n, otherKey: BigInt(2 * PEOPLE - 500) });
    for (const index of [0, PEOPLE - 1]) {
      expect((await findPersonByPhone(db, numberOf(index)))?.displayName).toBe(`N ${index}`);
      const again = { id: 'per_again', phone: numberOf(index), country: 'CI', locale: 'fr' } as const;
      const made = await inTransaction(
        db,
        async (tx) => await insertPerson(tx, { ...again, createdAt: new Date('2026-01-06Z') }),
      );
      expect(made, 'one number is one person under whichever key').toBe(false);
    }
    let sealed = 0;
    expect(await resealAll(db, SEALED_COLUMNS, (_column, rows) => (sealed += rows))).toEqual({
      plain: 0n,
      otherKey: 0n,
    });
    expect(sealed).toBe(2 * PEOPLE - 500);
    const alone = withKeys(clone.url, [NEXT_KEY]);
    expect((await findPersonByPhone(alone, numberOf(7)))?.displayName).toBe('N 7');
    await alone.destroy();
    // Whoever still has the old list writes under the old key, and the count says so.
    await inTransaction(clone.db, async (tx) => {
      const late = { id: 'per_late', phone: numberOf(PEOPLE), country: 'CI', locale: 'fr' } as const;
      await insertPerson(tx, { ...late, createdAt: new Date('2026-01-06Z') });
    });
    expect((await countLeft(db, SEALED_COLUMNS)).otherKey).toBe(1n);
  } finally {
    await db.destroy();
    await clone.drop();
  }
});

test('a filled database goes on plainly until it is closed, and nothing plain is left then', async () => {
  const stage = await depositStage();
  const { db } = stage;
  const ground = testGround();
  await sql`alter table sealing disable trigger user`.execute(db);
  await sql`update sealing set plain = true, later_plain = true`.execute(db);
  await sql`alter table sealing enable trigger user`.execute(db);
  const createdAt = ground.clock.now();
  // As an older version writes.
  await sql`insert into people (id, phone, country, locale, display_name, created_at)
    values ('per_old', '+2250707070707', 'CI', 'fr', 'Awa Koné', ${createdAt})`.execute(db);
  await inTransaction(db, async (tx) => {
    const other = { id: 'per_new', phone: '+2250505050505', country: 'CI', locale: 'fr' } as const;
    await insertPerson(tx, { ...other, createdAt });
    expect(await insertPerson(tx, { ...other, id: 'per_twice', phone: '+2250707070707', createdAt })).toBe(
      false,
    );
  });
  const payment = await asked(stage, { ownerId: 'per_old' });
  expect(await textOf(db)).toContain('+2250505050505');
  expect((await findPersonByPhone(db, '+2250707070707'))?.displayName).toBe('Awa Koné');
  expect(await hashRowsOnce(db, SEALED_COLUMNS, 100)).toBe(1);
  expect(await hashRowsOnce(db, SEALED_COLUMNS, 100)).toBe(0);
  expect(await textOf(db)).toContain('+2250707070707');

  expect(await inTransaction(db, async (tx) => await closeSealing(tx, ground.clock, SEALED_COLUMNS))).toBe(
    true,
  );
  expect(await inTransaction(db, async (tx) => await closeSealing(tx, ground.clock, SEALED_COLUMNS))).toBe(
    false,
  );
  expect(await resealAll(db, SEALED_COLUMNS, () => undefined)).toEqual({ plain: 0n, otherKey: 0n });
  const text = await textOf(db);
  for (const plain of ['+225', 'Awa Koné']) expect(text).not.toContain(plain);
  expect((await findPersonByPhone(db, '+2250707070707'))?.displayName).toBe('Awa Koné');
  const [found] = await searchPayments(db, { sought: { by: 'id', value: payment }, limit: 1 });
  for (const [by, value] of [
    ['phone', found?.phone ?? ''],
    ['phone-end', found?.phone.slice(-4) ?? ''],
    ['phone-end', found?.phone.slice(-6) ?? ''],
  ] as const) {
    expect((await searchPayments(db, { sought: { by, value }, limit: 5 })).map(({ id }) => id)).toEqual([
      payment,
    ]);
  }
  expect(await searchPayments(db, { sought: { by: 'phone-end', value: '000000' }, limit: 5 })).toEqual([]);
  // An older version cannot make a second person for a number that it cannot find.
  const older = sql`insert into people (id, phone, country, locale, created_at)
    values ('per_older', '+2250707070707', 'CI', 'fr', ${createdAt})`.execute(db);
  await expect(older).rejects.toThrow('too old');
});

async function textOf(db: Kysely<Database>): Promise<string> {
  const people = await sql<{ line: string }>`select t::text as line from people t`.execute(db);
  const payments = await sql<{ line: string }>`select t::text as line from payments t`.execute(db);
  return [...people.rows, ...payments.rows].map(({ line }) => line).join('\n');
}
