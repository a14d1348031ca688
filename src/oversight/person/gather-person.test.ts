import { expect, test } from 'vitest';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { insertPerson } from '../../people/person.rows.ts';
import { insertFreeze } from '../../rails/payments/freeze.rows.ts';
import { asked, depositStage, paidDeposit } from '../../rails/testing/deposit-stage.ts';
import { gatherPerson } from './gather-person.ts';

test('everything about one person, nothing about another, and no hash', async () => {
  const stage = await depositStage();
  const createdAt = stage.clock.now();
  const people = [
    ['per_awa', '+2250707070707'],
    ['per_kofi', '+2250505050505'],
  ] as const;
  await inTransaction(stage.db, async (tx) => {
    for (const [id, phone] of people) {
      await insertPerson(tx, { id, phone, country: 'CI', locale: 'fr', createdAt });
    }
  });
  await inTransaction(stage.db, async (tx) => {
    for (const [id, scope, subject] of [
      ['frz_own', 'phone', '+2250707070707'],
      ['frz_person', 'owner', 'per_awa'],
      ['frz_other', 'phone', '+2250505050505'],
    ] as const) {
      const freeze = { id, scope, subject, direction: 'out', reason: 'a doubt' } as const;
      await insertFreeze(tx, { ...freeze, createdBy: 'x', createdAt });
    }
  });
  const own = await paidDeposit(stage);
  const foreign = await asked(stage, { ownerId: 'per_kofi' });
  await stage.db
    .updateTable('people')
    .set({ pin_hash: '$argon2id$secret', pin_changed_at: createdAt })
    .execute();

  const text = await gatherPerson(stage.db, { id: 'per_awa', phone: '+2250707070707' }, createdAt);
  const told = JSON.parse(text) as Record<string, { id?: string; subject_id?: string; amount?: string }[]>;
  expect(told.people).toMatchObject([{ id: 'per_awa', phone: '+2250707070707' }]);
  expect(new Set(told.freezes?.map(({ id }) => id))).toEqual(new Set(['frz_own', 'frz_person']));
  expect(text).toContain('"number": "+2250707070707"');
  expect(told.payments?.map(({ id }) => id)).toEqual([own]);
  expect(told.provider_commands).toHaveLength(1);
  expect(new Set(told.events?.map(({ subject_id }) => subject_id))).toEqual(new Set([own]));
  expect(told['member:per_awa:XOF']).toMatchObject([{ amount: '9850', balance: '9850' }]);
  for (const other of ['per_kofi', foreign, 'argon2id', 'pin_hash']) expect(text).not.toContain(other);
});
