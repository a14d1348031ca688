import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { AWA, FLOAT, KOFI, NEVER_OPENED, openAll, post, transfer } from './testing/ledger-fixture.ts';

const MOVE = 'insert into transfers select gen.* from (select * from transfers where seq = 1) gen';

test.each(['postgres', 'pglite'] as const)('the database itself refuses on %s', async (engine) => {
  const { db } = await freshDatabase(engine);
  const ground = testGround();
  await openAll(db, ground, [FLOAT, AWA, KOFI, NEVER_OPENED]);
  const hold = ground.ids.uuid();
  await post(
    db,
    ground,
    transfer(ground.ids.uuid()),
    transfer(hold, { kind: 'pending', debit: AWA, credit: KOFI }),
    transfer(ground.ids.uuid(), { kind: 'post', debit: AWA, credit: KOFI, pendingId: hold }),
    transfer(ground.ids.uuid(), { amount: -1n }),
  );
  await sql.raw(`update accounts set closed_at = opened_at where id = '${NEVER_OPENED}'`).execute(db);
  const cases: [string, RegExp][] = [
    // History.
    ['update transfers set amount = 1', /history/],
    ['delete from transfers', /history/],
    ['truncate transfers', /history/],
    ['update transfers_2026_01 set amount = 1', /history/],
    ['delete from transfers_2026_01', /history/],
    ['truncate transfers_2026_01', /history/],
    ['update resolutions set kind = kind', /history/],
    ['delete from resolutions', /history/],
    ['truncate resolutions', /history/],
    ["update refusals set code = 'posted'", /history/],
    ['delete from refusals', /history/],
    ['truncate refusals', /history/],
    ['truncate reversals', /history/],
    ['delete from accounts', /history/],
    ['truncate accounts', /history/],
    ['delete from fences', /history/],
    ['truncate fences', /history/],
    ['update fences set seq = seq - 1', /history/],
    ["update fences set covers_until = covers_until - interval '1 month'", /history/],
    ["update fences set covers_from = covers_from + interval '1 month'", /history/],
    ['update fences set shard = 1', /history/],
    ['update accounts set id = id', /history/],
    ['update accounts set limited = false', /history/],
    [`update accounts set closed_at = null where id = '${NEVER_OPENED}'`, /history/],
    // Rules of accounts.
    [`update accounts set debits_posted = 101 where id = '${AWA}'`, /accounts_within_limit/],
    [`update accounts set debits_pending = 1 where id = '${AWA}'`, /accounts_within_limit/],
    [`update accounts set credits_pending = -1 where id = '${AWA}'`, /accounts_never_negative/],
    [`update accounts set closed_at = opened_at where id = '${KOFI}'`, /accounts_closed_empty/],
    [`update accounts set credits_posted = 1 where id = '${NEVER_OPENED}'`, /accounts_closed_empty/],
    [
      `update accounts set debits_posted = ${2n ** 63n - 1n}, debits_pending = 1 where id = '${FLOAT}'`,
      /bigint out of range/,
    ],
    [
      `update accounts set credits_posted = ${2n ** 63n - 1n}, credits_pending = 1 where id = '${FLOAT}'`,
      /bigint out of range/,
    ],
    [
      `insert into accounts (id, kind, currency, normal_side, limited, opened_at)
        values ('member:x:XAF', 'member', 'XOF', 'credit', true, '2026-01-05')`,
      /accounts_named/,
    ],
    [
      `insert into accounts (id, shard, kind, currency, normal_side, limited, opened_at)
        values ('member:x:XOF', 1, 'member', 'XOF', 'credit', true, '2026-01-05')`,
      /accounts_named/,
    ],
    [
      `insert into accounts (id, kind, currency, normal_side, limited, opened_at)
        values ('member:x:XOF', 'member', 'XOF', 'left', true, '2026-01-05')`,
      /accounts_named/,
    ],
    ['update accounts set version = -1', /accounts_never_negative/],
    // Rules of transfers.
    [MOVE, /duplicate key/],
    [
      `insert into resolutions select pending_id, gen_random_uuid(), 'void' from resolutions`,
      /duplicate key/,
    ],
    [`${MOVE.replace('gen.*', changed({ amount: '0' }))}`, /transfers_positive/],
    [`${MOVE.replace('gen.*', changed({ credit: 'debit' }))}`, /between_two_accounts/],
    [`${MOVE.replace('gen.*', changed({ kind: "'void'" }))}`, /resolve_a_hold/],
    [`${MOVE.replace('gen.*', changed({ kind: "'gift'" }))}`, /resolve_a_hold/],
    [`${MOVE.replace('gen.*', changed({ pending_id: 'gen_random_uuid()' }))}`, /resolve_a_hold/],
    [
      `${MOVE.replace('gen.*', changed({ kind: "'pending'", pending_id: 'gen_random_uuid()' }))}`,
      /resolve_a_hold/,
    ],
    [`${MOVE.replace('gen.*', changed({ link: "'x'" }))}`, /chain_link_is_a_hash/],
    [`${MOVE.replace('gen.*', changed({ link: 'substr(link, 2)' }))}`, /chain_link_is_a_hash/],
    [`${MOVE.replace('gen.*', changed({ link: 'null' }))}`, /null value in column "link"/],
    [`${MOVE.replace('gen.*', changed({ seq: '0' }))}`, /transfers_positive/],
    [`${MOVE.replace('gen.*', changed({ journal_id: "''" }))}`, /journal_name_fits/],
    [`${MOVE.replace('gen.*', changed({ journal_id: "'a' || chr(10) || 'b'" }))}`, /journal_name_fits/],
    [`${MOVE.replace('gen.*', changed({ journal_id: "repeat('x', 61)" }))}`, /journal_name_fits/],
    [`${MOVE.replace('gen.*', changed({ journal_id: 'null' }))}`, /null value in column "journal_id"/],
    [`${MOVE.replace('gen.*', changed({ journal_kind: "''" }))}`, /journal_name_fits/],
    [`${MOVE.replace('gen.*', changed({ journal_kind: "'a' || chr(10)" }))}`, /journal_name_fits/],
    [`${MOVE.replace('gen.*', changed({ journal_kind: "repeat('é', 31)" }))}`, /journal_name_fits/],
    [`${MOVE.replace('gen.*', changed({ reference: "''" }))}`, /transfer_reference_fits/],
    [`${MOVE.replace('gen.*', changed({ reference: "repeat('x', 801)" }))}`, /transfer_reference_fits/],
    [
      `${MOVE.replace('gen.*', changed({ id: "'00000000-0000-7000-8000-000000000000'" }))}`,
      /no partition of relation/,
    ],
  ];
  for (const [statement, message] of cases) {
    await expect(sql.raw(statement).execute(db), statement).rejects.toThrow(message);
  }
});

/** The columns of a journal row in order, some of them changed. */
function changed(changes: Readonly<Record<string, string>>): string {
  const columns =
    `id pending_id seq debit credit amount debit_after credit_after occurred_at recorded_at shard kind
    journal_id journal_kind reference link`.split(/\s+/);
  return columns
    .map((column) => {
      const value = changes[column] ?? column;
      return column === 'id' ? `${value}::uuid` : column === 'link' ? `${value}::bytea` : value;
    })
    .join(', ');
}
