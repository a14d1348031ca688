/**
 * Tests that a statement is taken whole and once, and that what differs from the books is found with its figure.
 */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import type { Answer } from '../../ground/refusal.ts';
import { acceptedDeposit, depositStage, NET, paidDeposit, type Stage } from '../testing/deposit-stage.ts';
import { type Imported, importStatement } from './import-statement.ts';
import { readComparison } from './read-comparison.ts';

const OWNER = { provider: 'scripted', environment: 'sandbox' } as const;
const HEADING = 'date;type;reference;amount;fee;currency';

async function take(stage: Stage, ...lines: string[]): Promise<Answer<Imported>> {
  const bytes = Buffer.from([HEADING, ...lines].join('\n'));
  return await inTransaction(
    stage.db,
    async (tx) =>
      await importStatement(tx, stage.ground, { ...OWNER, fileName: 'january.csv', bytes, by: 'ama' }),
  );
}

function payin(number: number, fee = 150): string {
  return `2026-01-05T08:00:00Z;payin;MPAYIN_00000${number};10000;${fee};XOF`;
}

async function breaksOf(stage: Stage): Promise<(readonly [string, string, bigint])[]> {
  const { breaks } = await readComparison(stage.db, { ...OWNER, currency: 'XOF' });
  return breaks.map(({ kind, reference, difference }) => [kind, reference, difference]);
}

test('a file is imported once, whoever sends it and however many at once; a line of another file too', async () => {
  const stage = await depositStage();
  const all = await Promise.all(Array.from({ length: 5 }, async () => await take(stage, payin(1), payin(2))));
  const counts = all.flatMap((one) => (one.ok ? [one.value.added] : []));
  expect(counts.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 0, 2]);
  expect(new Set(all.map((one) => one.ok && one.value.statementId)).size).toBe(1);
  expect(await take(stage, payin(2), payin(3))).toMatchObject({ value: { added: 1, known: 1 } });
  expect(await take(stage, payin(3), 'rubbish')).toMatchObject({ refusal: { code: 'statement-line' } });
  const rows = await sql<{ n: bigint }>`select count(*) as n from statement_lines`.execute(stage.db);
  expect(rows.rows[0]?.n).toBe(3n);
  await expect(sql`update statement_lines set fee = 0`.execute(stage.db)).rejects.toMatchObject({
    code: '23001',
  });
  await expect(sql`delete from statements`.execute(stage.db)).rejects.toMatchObject({ code: '23001' });
});

test('every way of disagreeing is found in the books, and the figures add up', async () => {
  const stage = await depositStage();
  for (let count = 0; count < 3; count++) await paidDeposit(stage);
  await acceptedDeposit(stage);
  expect(await breaksOf(stage)).toEqual([
    ['missing-at-provider', 'MPAYIN_000003', -NET],
    ['missing-at-provider', 'MPAYIN_000002', -NET],
    ['missing-at-provider', 'MPAYIN_000001', -NET],
  ]);
  await take(stage, payin(1), payin(2, 200), payin(3), payin(3), payin(4), payin(9));
  expect(await breaksOf(stage)).toEqual([
    ['duplicate', 'MPAYIN_000003', NET],
    ['fee', 'MPAYIN_000002', -50n],
    ['status', 'MPAYIN_000004', NET],
    ['missing-in-ledger', 'MPAYIN_000009', NET],
  ]);
  const { stated, booked } = await readComparison(stage.db, { ...OWNER, currency: 'XOF' });
  expect(stated - booked).toBe(3n * NET - 50n);
});
