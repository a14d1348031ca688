import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { acceptedDeposit, asked, depositStage, type Stage } from '../testing/deposit-stage.ts';
import { listAstray } from './not-succeeded.rows.ts';

/** Changes that `mark-settled` and others make, as the database sees them. */
const LIFE: readonly (readonly [change: string, standsAs: string | undefined])[] = [
  ["state = 'pending', next_action_at = '2026-01-05T12:00Z'", 'pending'],
  ["next_action_at = '2026-01-05T12:05Z'", 'pending'],
  ["state = 'expired'", 'expired'],
  ['next_action_at = null', 'expired'],
  ["phone_hash = 'another'", 'expired'],
  ["state = 'succeeded', credited = 4925, settled_at = '2026-01-05T12:09Z'", undefined],
  ['next_action_at = null, phone_hash = null, phone = null', undefined],
  ["state = 'reversed'", 'reversed'],
];

async function standsAs(stage: Stage, id: string): Promise<string | undefined> {
  const row = await stage.db
    .selectFrom('payments_not_succeeded')
    .select('state')
    .where('payment_id', '=', id)
    .executeTakeFirst();
  return row?.state;
}

test('the database keeps where a payment stands, through its whole life', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  for (const [change, state] of LIFE) {
    await sql`update payments set ${sql.raw(change)} where id = ${id}`.execute(stage.db);
    expect(await standsAs(stage, id), change).toBe(state);
    expect(await listAstray(stage.db), change).toEqual([]);
  }
});

test('what was undone was undone in both tables, and a set is kept like one', async () => {
  const stage = await depositStage();
  const ids = [await asked(stage), await asked(stage), await asked(stage)];
  const expire = sql`update payments set state = 'expired', next_action_at = null where id = any(${ids}::text[])`;
  await expect(
    stage.db.transaction().execute(async (tx) => {
      await expire.execute(tx);
      throw new Error('the process ended here');
    }),
  ).rejects.toThrow('the process ended here');
  expect(await listAstray(stage.db)).toEqual([]);
  await expire.execute(stage.db);
  expect(await standsAs(stage, ids[1] ?? '')).toBe('expired');
  expect(await listAstray(stage.db)).toEqual([]);
});

test('a difference between the two tables is found', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  await sql`alter table payments disable trigger payments_not_succeeded_change`.execute(stage.db);
  await sql`update payments set next_action_at = '2027-01-01Z' where id = ${id}`.execute(stage.db);
  expect(await listAstray(stage.db)).toEqual([id]);
});

test('a payment is written in place: no index of `payments` has what changes when it is settled', async () => {
  const stage = await depositStage();
  const { rows } = await sql<{ index: string }>`select i.indexrelid::regclass::text as index
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
    where i.indrelid = 'payments'::regclass and m.amname <> 'brin'
      and pg_get_indexdef(i.indexrelid) ~
        '\\m(state|reason|fee|credited|settled_at|next_action_at|enquiries|enquired_at|slow_told_at)\\M'`.execute(
    stage.db,
  );
  expect(rows).toEqual([]);
});
