import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Ground } from '../ground.ts';
import type { Db } from '../postgres/database.ts';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { readBalance } from './balance.ts';
import { openPostingLane } from './posting-lane.ts';
import { AWA, FLOAT, KOFI, openAll, transfer } from './testing/ledger-fixture.ts';
import type { Transfer } from './transfer.ts';
import { readTrialBalance } from './trial-balance.ts';
import { verifyChain } from './verify-chain.ts';

async function stage(engine: 'postgres' | 'pglite' = 'postgres'): Promise<{ db: Db; ground: Ground }> {
  const { db } = await freshDatabase(engine);
  const ground = testGround();
  await openAll(db, ground);
  return { db, ground };
}

function some(ground: Ground, count: number, changes: Partial<Transfer> = {}): Transfer[] {
  return Array.from({ length: count }, () => transfer(ground.ids.uuid(), changes));
}

async function expectSound(db: Db): Promise<void> {
  expect(await readTrialBalance(db)).toMatchObject({ balanced: true, differences: [] });
  expect(await verifyChain(db)).toMatchObject({ ok: true });
}

test('five hundred callers at once get an answer each, in few batches', async () => {
  const { db, ground } = await stage();
  const lane = openPostingLane(db, ground);
  const answers = await Promise.all(some(ground, 500).map(async (one) => await lane.post([one])));
  expect(answers).toEqual(answers.map(() => ({ ok: true, value: ['posted'] })));
  expect((await readBalance(db, AWA))?.posted).toBe(50_000n);
  await lane.close();
  await expectSound(db);
});

test('callers of one moment share a transaction, and who is alone has one', async () => {
  const { db, ground } = await stage();
  const lane = openPostingLane(db, ground);
  await Promise.all(some(ground, 8).map(async (one) => await lane.post([one])));
  expect(await lane.post(some(ground, 1))).toEqual({ ok: true, value: ['posted'] });
  const { rows } = await sql<{
    rows: bigint;
  }>`select count(*) as rows from transfers group by xmin order by 1`.execute(db);
  expect(rows.map((row) => row.rows)).toEqual([1n, 8n]);
  await lane.close();
  await expectSound(db);
});

test.each(['postgres', 'pglite'] as const)(
  'every caller gets its own answer: refusals, repetitions and chains beside each other, on %s',
  async (engine) => {
    const { db, ground } = await stage(engine);
    const lane = openPostingLane(db, ground);
    const [paid, spent, unaffordable] = [
      transfer(ground.ids.uuid()),
      transfer(ground.ids.uuid(), { debit: AWA, credit: KOFI }),
      transfer(ground.ids.uuid(), { debit: AWA, credit: KOFI }),
    ];
    const chain = [
      transfer(ground.ids.uuid(), { linked: true }),
      transfer(ground.ids.uuid(), { debit: KOFI, credit: AWA, amount: 1_000_000n }),
    ];
    const answers = await Promise.all(
      [[paid], [spent], [paid], [unaffordable], chain, [{ ...paid, amount: 7n }]].map(
        async (asked) => await lane.post(asked),
      ),
    );
    expect(answers.map((answer) => (answer.ok ? answer.value : answer.refusal.code))).toEqual([
      ['posted'],
      ['posted'],
      ['exists'],
      ['exceeds-credits'],
      ['linked-failed', 'exceeds-credits'],
      ['exists-different-amount'],
    ]);
    await lane.close();
    await expectSound(db);
  },
);

test('the same account two hundred times in one batch is decided in order, never net', async () => {
  const { db, ground } = await stage();
  const lane = openPostingLane(db, ground);
  const turns = Array.from({ length: 100 }, () => [
    transfer(ground.ids.uuid(), { debit: FLOAT, credit: AWA }),
    transfer(ground.ids.uuid(), { debit: AWA, credit: KOFI }),
    transfer(ground.ids.uuid(), { debit: AWA, credit: KOFI, amount: 1n }),
  ]).flat();
  const answers = await Promise.all(turns.map(async (one) => await lane.post([one])));
  const codes = answers.map((answer) => (answer.ok ? answer.value[0] : answer.refusal.code));
  expect(codes).toEqual(Array.from({ length: 100 }, () => ['posted', 'posted', 'exceeds-credits']).flat());
  expect((await readBalance(db, AWA))?.posted).toBe(0n);
  expect((await readBalance(db, KOFI))?.posted).toBe(10_000n);
  await lane.close();
  await expectSound(db);
});

test('too much at the door, too long in the line, and a lane that closes: refused, and nothing moved', async () => {
  const { db, ground } = await stage();
  const lane = openPostingLane(db, ground, { atOnce: 2, waiting: 4, patience_ms: 0 });
  const accepted = some(ground, 4).map(async (one) => await lane.post([one]));
  expect(await lane.post(some(ground, 1))).toMatchObject({ ok: false, refusal: { code: 'ledger-busy' } });
  expect(await Promise.all(accepted)).toHaveLength(4);
  const closing = lane.close();
  expect(await lane.post(some(ground, 1))).toMatchObject({ ok: false, refusal: { code: 'ledger-busy' } });
  await closing;
  expect((await readBalance(db, AWA))?.posted).toBe(400n);
});

test('when the flush fails, batches that were followed are posted again and wait for their own commit', async () => {
  const { db, ground } = await stage();
  await sql`alter function flush_postings rename to flush_elsewhere`.execute(db);
  const lane = openPostingLane(db, ground);
  const answers = await Promise.all(some(ground, 400).map(async (one) => await lane.post([one])));
  const codes = answers.map((answer) => (answer.ok ? answer.value[0] : answer.refusal.code));
  // What was there already says so: the answer of a retry.
  expect(codes.every((code) => code === 'posted' || code === 'exists')).toBe(true);
  expect(codes).toContain('exists');
  expect((await readBalance(db, AWA))?.posted).toBe(40_000n);
  await lane.close();
  await expectSound(db);
});

test.each([9, 300])('a transfer that the database cannot take fails alone among %d', async (others) => {
  const { db, ground } = await stage();
  const lane = openPostingLane(db, ground);
  // No zero byte can be stored in a text: the whole batch fails in the database, and is halved until only this one does.
  const poison = transfer(ground.ids.uuid(), { reference: 'zero \u0000 byte' });
  const good = some(ground, others);
  const asked = [...good.slice(0, 4), poison, ...good.slice(4)];
  const answers = await Promise.allSettled(asked.map(async (one) => await lane.post([one])));
  expect(answers.map(({ status }) => status)).toEqual(
    asked.map((one) => (one === poison ? 'rejected' : 'fulfilled')),
  );
  expect((await readBalance(db, AWA))?.posted).toBe(100n * BigInt(others));
  await lane.close();
  await expectSound(db);
});
