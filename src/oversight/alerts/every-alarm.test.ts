import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { after, HOUR_MS, MINUTE_MS } from '../../ground/clock.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { acceptedDeposit, depositStage, paidDeposit, settleWith } from '../../rails/testing/deposit-stage.ts';
import { markPublicationBegun } from '../heads/head-publication.rows.ts';
import { insertFloatReading } from '../now/float-reading.rows.ts';
import { listOpenAlerts, listRules } from './alert.rows.ts';
import { insertBackupRun } from './backup-run.rows.ts';
import { evaluateAlertsOnce } from './evaluate-alerts-once.ts';

test('every rule is a row with its figures, and what really stands in the tables raises it', async () => {
  const stage = await depositStage();
  const { db, ground, rails } = stage;
  const look = async () => await evaluateAlertsOnce(db, ground, rails, ['email']);
  const raised = async () => (await listOpenAlerts(db)).map(({ rule }) => rule).toSorted();
  const rules = (await listRules(db)).map(({ rule }) => rule).toSorted();
  expect(rules).toHaveLength(15);
  await paidDeposit(stage);
  await look();
  expect(await raised()).toEqual([]);

  // A day ago: a lost answer, a case, a difference, a backup.
  const dayAgo = ground.clock.now();
  stage.provider.nextCreate = 'lose-after';
  await acceptedDeposit(stage);
  stage.provider.nextCreate = 'accept';
  const doubtful = await acceptedDeposit(stage);
  const references = { reference: stage.provider.truth.at(-1)?.reference ?? '' };
  const paid = { amount: 7n, currency: 'XOF' } as const;
  const said = { found: 'yes', word: 'ok', references } as const;
  await settleWith(stage, doubtful, { ...said, status: 'succeeded', paid });
  await sql`insert into reconciliation_breaks (id, provider, environment, currency, kind, reference, difference,
      happened_at, first_seen_at, last_seen_at)
    values ('brk_1', 'scripted', 'sandbox', 'XOF', 'fee', 'X', 1, ${dayAgo}, ${dayAgo}, ${dayAgo})`.execute(
    db,
  );
  await inTransaction(db, async (tx) => {
    await markPublicationBegun(tx, 'a folder', dayAgo);
    await insertBackupRun(tx, { finishedAt: dayAgo, size_bytes: 1n, place: 'a folder' });
  });
  stage.clock.advance(27 * HOUR_MS);

  // Within the last hour: everything else.
  for (let refused = 0; refused < 10; refused++) {
    const id = await acceptedDeposit(stage);
    const named = { reference: stage.provider.truth.at(-1)?.reference ?? '' };
    await settleWith(stage, id, { found: 'yes', status: 'failed', word: 'refused', references: named });
  }
  stage.clock.advance(MINUTE_MS);
  const now = ground.clock.now();
  await sql`insert into provider_callbacks (id, provider, environment, fingerprint, content_type, verdict, state,
      received_at, finished_at, body, due_at)
    select 'cbk_' || n, 'scripted', 'sandbox', n::text, 'application/json',
      case when n <= 6 then 'invalid' else 'unsigned' end, case when n <= 6 then 'rejected' else 'parked' end,
      ${now}::timestamptz, case when n <= 6 then ${now}::timestamptz end, case when n > 6 then 'x'::bytea end,
      case when n > 6 then ${now}::timestamptz end
    from generate_series(1, 17) n`.execute(db);
  await sql`insert into login_codes (id, phone, purpose, code_hash, ip, created_at, expires_at)
    select 'cod_' || n, '+2250707' || lpad(n::text, 6, '0'), 'login', decode(repeat('00', 32), 'hex'), '::1',
      ${now}::timestamptz, ${after(now, HOUR_MS)}::timestamptz from generate_series(1, 51) n`.execute(db);
  await sql`insert into pgboss.job (name, state, start_after, completed_on)
    select name, 'failed', ${now}::timestamptz, ${now}::timestamptz from pgboss.queue limit 1`.execute(db);
  await sql`update alert_rules set threshold = 100 where rule = 'months-short'`.execute(db);
  await sql`alter table transfers disable trigger user`.execute(db);
  await sql`update transfers set amount = amount + 1`.execute(db);
  await inTransaction(db, async (tx) => {
    const of = {
      provider: 'scripted',
      environment: 'sandbox',
      readAt: now,
      booked: 1n,
      reserved: 0n,
    } as const;
    await insertFloatReading(tx, { ...of, currency: 'XOF', held: 1n });
    await insertFloatReading(tx, { ...of, currency: 'XAF', held: undefined });
  });
  await look();
  // But for the one that the publisher of heads raises: `heads/published-heads.test.ts`.
  expect(await raised()).toEqual(rules.filter((rule) => rule !== 'head-differs'));

  // Seen again, they are the same rows and nobody is told a second time.
  stage.clock.advance(MINUTE_MS);
  await look();
  expect((await listOpenAlerts(db)).every(({ times }) => times === 2)).toBe(true);
  const told = await db.selectFrom('alert_deliveries').select('what').execute();
  expect(told).toHaveLength(14);
});
