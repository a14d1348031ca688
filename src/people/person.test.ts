import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import { freshDatabase, testGround } from '../ground/testing/fresh-database.ts';
import { changeProfile } from './change-profile.ts';
import { insertPerson } from './person.rows.ts';
import { parseDisplayName } from './person.ts';

test.each<[unknown, string]>([
  ['  Awa   Koné ', 'Awa Koné'],
  ['N’Guessan Kouamé', 'N’Guessan Kouamé'],
  ['Kone\u0301', 'Koné'],
  ['أمادو', 'أمادو'],
])('%j is the name %j', (text, name) => {
  expect(parseDisplayName(text)).toEqual({ ok: true, value: name });
});

test.each<[unknown, string]>([
  [undefined, 'name-missing'],
  ['   ', 'name-missing'],
  [['Awa'], 'name-missing'],
  ['a'.repeat(61), 'name-too-long'],
  ['Awa\u202eénoK', 'name-unreadable'],
  ['Awa\u0000', 'name-unreadable'],
  ['12345', 'name-unreadable'],
])('%j is refused as %s', (text, code) => {
  expect(parseDisplayName(text)).toMatchObject({ ok: false, refusal: { code } });
});

test('a person changes their name, then their language, and each change leaves the other', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  const id = ground.ids.next('per');
  const change = async (options: { displayName?: unknown; locale?: 'fr' | 'en' }, personId: string = id) =>
    await inTransaction(db, async (tx) => await changeProfile(tx, { personId, ...options }));
  await inTransaction(db, async (tx) => {
    const createdAt = ground.clock.now();
    await insertPerson(tx, { id, phone: '+2250707070707', country: 'CI', locale: 'fr', createdAt });
  });
  expect(await change({ displayName: ' Awa  Koné' })).toMatchObject({
    value: { displayName: 'Awa Koné', locale: 'fr' },
  });
  expect(await change({ locale: 'en' })).toMatchObject({ value: { displayName: 'Awa Koné', locale: 'en' } });
  expect(await change({ displayName: '' })).toMatchObject({ refusal: { code: 'name-missing' } });
  expect(await change({ locale: 'fr' }, 'per_nobody')).toMatchObject({ refusal: { code: 'person-absent' } });
});

test('the database itself refuses people who cannot be', async () => {
  const { db } = await freshDatabase();
  const whole = {
    phone: '+2250707070707',
    country: 'CI',
    locale: 'fr',
    pin_hash: null as string | null,
    pin_changed_at: null as string | null,
  };
  const insert = async (columns: Partial<typeof whole>) => {
    const row = { ...whole, ...columns };
    await sql`insert into people (id, phone, phone_hash, country, locale, pin_hash, pin_changed_at, created_at)
      values ('per_x', ${row.phone}, 'x', ${row.country}, ${row.locale}, ${row.pin_hash}, ${row.pin_changed_at}, '2026-01-05')`.execute(
      db,
    );
  };
  const impossible: Partial<typeof whole>[] = [
    { phone: '2250707070707' },
    { country: 'FR' },
    { locale: 'de' },
    { pin_hash: '4826', pin_changed_at: '2026-01-05' },
    { pin_hash: '$argon2id$x' },
  ];
  for (const columns of impossible) await expect(insert(columns)).rejects.toThrow('check constraint');
  await expect(insert({})).resolves.toBeUndefined();
});
