import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshDatabase } from '../../ground/testing/fresh-database.ts';
import { acceptedDeposit, asked, depositStage, paidDeposit, settleWith } from '../testing/deposit-stage.ts';

/** A row made of another one, with some columns changed. */
function copyOf(id: string, changes: string): string {
  return `insert into payments select gen.* from (select * from payments where id = '${id}') old,
    lateral jsonb_populate_record(null::payments, to_jsonb(old) || '${changes}') gen`;
}

test.each(['postgres', 'pglite'] as const)('the database itself refuses on %s', async (engine) => {
  const stage = await depositStage({ db: (await freshDatabase(engine)).db });
  const paid = await paidDeposit(stage);
  const open = await acceptedDeposit(stage);
  const reversed = await paidDeposit(stage);
  await settleWith(stage, reversed, {
    found: 'yes',
    status: 'reversed',
    word: 'reversed',
    references: { reference: 'MPAYIN_000003' },
  });
  const fresh = await asked(stage);
  const other = '"id": "pay_00000000000000000000000000", "reference": "D-00000-00000"';
  const unsent = `${other}, "provider_reference": null`;
  const set = (id: string, change: string): string => `update payments set ${change} where id = '${id}'`;
  const command = (id: string, change: string): string =>
    `update provider_commands set ${change} where payment_id = '${id}'`;
  const callback = `insert into provider_callbacks (id, provider, environment, fingerprint, body, content_type, verdict,
    state, received_at, due_at) values`;
  const cases: [string, RegExp][] = [
    // Two payments for one thing.
    [copyOf(paid, `{${other}}`), /payments_provider_reference/],
    [copyOf(paid, '{"id": "pay_00000000000000000000000000"}'), /payments_reference_key/],
    [copyOf(paid, '{"reference": "D-00000-00000"}'), /payments_pkey/],
    [set(fresh, "provider_reference = 'MPAYIN_000001'"), /payments_provider_reference/],
    // Money that arrived says when and how much, and nothing else may claim it.
    [set(open, "state = 'succeeded', next_action_at = null"), /payments_check/],
    [set(open, "state = 'succeeded', credited = 5, next_action_at = null"), /payments_check/],
    [set(open, 'credited = 5'), /payments_check/],
    [set(open, "state = 'reversed', credited = 5, settled_at = created_at"), /cannot become/],
    [set(paid, 'credited = credited + 1'), /cannot become/],
    [set(paid, 'credited = null'), /payments_check/],
    [set(paid, "state = 'failed'"), /payments_check/],
    [set(paid, "state = 'failed', credited = null"), /cannot become/],
    [set(paid, "state = 'pending', next_action_at = created_at"), /payments_check/],
    [set(paid, "state = 'pending', next_action_at = created_at, credited = null"), /cannot become/],
    [set(paid, "state = 'review', credited = null"), /cannot become/],
    [set(reversed, "state = 'succeeded'"), /cannot become/],
    [set(reversed, "state = 'failed', credited = null"), /cannot become/],
    // What was asked never changes.
    ...[
      'amount = amount * 100',
      "currency = 'XAF'",
      "owner_id = 'per_kofi'",
      "account_id = 'member:per_kofi:XOF'",
      "phone = '+2250700000002'",
      "environment = 'live'",
      "provider = 'other'",
      "direction = 'out'",
      "method = 'wave'",
      "service_id = '72'",
      "fee_policy = 'platform'",
      'quoted_fee = 0',
      'wanted_credit = amount',
      "reference = 'D-00000-00000'",
      "created_at = created_at - interval '1 day'",
    ].map((change): [string, RegExp] => [set(open, change), /what was asked never changes/]),
    [set(open, "provider_reference = 'MPAYIN_000009'"), /reference never changes/],
    [set(open, 'provider_reference = null'), /reference never changes/],
    // Whatever is not final has a next moment.
    [set(open, 'next_action_at = null'), /payments_move_on/],
    // Figures and words that cannot be.
    [copyOf(open, `{${unsent}, "amount": 0}`), /amount_check/],
    [copyOf(open, `{${unsent}, "wanted_credit": 0}`), /wanted_credit_check/],
    [copyOf(open, `{${unsent}, "quoted_fee": -1}`), /quoted_fee_check/],
    [copyOf(open, `{${unsent}, "phone": "0700000001"}`), /phone_check/],
    [copyOf(open, `{${unsent}, "method": "cheque"}`), /method_check/],
    [copyOf(open, `{${unsent}, "state": "done"}`), /state/],
    [copyOf(open, `{${unsent}, "id": "42"}`), /id_check/],
    [set(open, 'fee = -1'), /fee_check/],
    [set(open, "state = 'cancelled'"), /payments_states_of_direction/],
    // Rows stay.
    [`delete from payments where id = '${open}'`, /never deleted/],
    ['truncate payments cascade', /never deleted/],
    ['delete from provider_commands', /never deleted/],
    // What the database keeps by itself nobody else writes.
    ['delete from payments_not_succeeded', /kept by the database/],
    [`update payments_not_succeeded set state = 'failed'`, /kept by the database/],
    ['insert into payments_not_succeeded select * from payments_not_succeeded', /kept by the database/],
    ['truncate payments_not_succeeded', /kept by the database/],
    // One instruction at a time, and what was sent is not sent again.
    [
      `insert into provider_commands (id, payment_id, attempt, state, due_at, created_at)
        values ('cmd_2', '${fresh}', 2, 'waiting', now(), now())`,
      /provider_commands_one_active/,
    ],
    [
      `insert into provider_commands (id, payment_id, attempt, state, due_at, created_at)
        values ('cmd_2', '${paid}', 1, 'waiting', now(), now())`,
      /payment_id_attempt_key/,
    ],
    [
      `insert into provider_commands (id, payment_id, attempt, state, due_at, created_at)
        values ('cmd_2', 'pay_nobody', 1, 'waiting', now(), now())`,
      /payment_id_fkey/,
    ],
    [command(paid, "state = 'waiting', finished_at = null"), /finished is finished/],
    [command(paid, "state = 'unknown'"), /finished is finished/],
    [command(fresh, "state = 'sending'"), /provider_commands_check/],
    [command(fresh, "state = 'accepted'"), /provider_commands_check/],
    // A callback is followed up or finished, and one that is not believed keeps no bytes.
    [
      `${callback} ('c', 'p', 'sandbox', 'f', 'x', '', 'unsigned', 'received', now(), null)`,
      /callbacks(_body)?_check/,
    ],
    [
      `${callback} ('c', 'p', 'sandbox', 'f', 'x', '', 'unsigned', 'applied', now(), now())`,
      /callbacks(_body)?_check/,
    ],
    [
      `${callback} ('c', 'p', 'sandbox', 'f', 'x', '', 'invalid', 'rejected', now(), null)`,
      /callbacks_bytes/,
    ],
    [
      `${callback} ('c', 'p', 'sandbox', 'f', null, '', 'unsigned', 'received', now(), now())`,
      /callbacks_bytes/,
    ],
    [
      `insert into provider_callbacks (id, provider, environment, fingerprint, archived_in, content_type, verdict, state,
        received_at, due_at) values ('c', 'p', 'sandbox', 'f', 'file', '', 'unsigned', 'received', now(), now())`,
      /callbacks_archived_when_closed/,
    ],
  ];
  for (const [statement, reason] of cases) {
    await expect(sql.raw(statement).execute(stage.db), statement).rejects.toThrow(reason);
  }
});

test('the questions that every request asks are answered by an index', async () => {
  const stage = await depositStage();
  const id = await asked(stage);
  await sql`insert into payments select gen.* from (select * from payments where id = ${id}) old,
    generate_series(1, 5000) n, lateral jsonb_populate_record(null::payments, to_jsonb(old) || jsonb_build_object(
      'id', 'pay_' || lpad(n::text, 26, '0'), 'reference', n::text, 'owner_id', 'per_' || n,
      'account_id', 'member:per_' || n || ':XOF', 'phone', '+' || (10000000 + n),
      'provider_reference', 'R' || n, 'next_action_at', '2026-06-01')) gen`.execute(stage.db);
  await sql`analyze payments, payments_not_succeeded`.execute(stage.db);
  const questions = [
    "select sum(wanted_credit) from payments where owner_id = 'per_7' and direction = 'in'",
    "select count(*) from payments where phone_hash = 'x' and created_at >= '2026-01-01'",
    "select * from payments where owner_id = 'per_7' order by id desc limit 20",
    `select p.* from payments_not_succeeded n join payments p on p.id = n.payment_id
      where n.next_action_at <= '2026-01-06' order by n.next_action_at limit 20`,
    "select * from payments where provider = 'scripted' and environment = 'sandbox' and provider_reference = 'R7'",
  ];
  for (const question of questions) {
    const plan = await sql<{ 'QUERY PLAN': string }>`explain ${sql.raw(question)}`.execute(stage.db);
    const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(text, question).toMatch(/Index/);
    expect(text, question).not.toMatch(/Seq Scan/);
  }
});
