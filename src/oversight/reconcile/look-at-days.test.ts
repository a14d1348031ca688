/**
 * Tells how days are compared with the statements: one, three and seven days later, after a downtime, and with files that
 * speak about a part of the time.
 */
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../ground/clock.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { importStatement } from '../../rails/statements/import-statement.ts';
import {
  acceptedDeposit,
  approve,
  depositStage,
  lastReference,
  NET,
  paidDeposit,
  type Stage,
  settleWith,
} from '../../rails/testing/deposit-stage.ts';
import { listStandingBreaks } from './break.rows.ts';
import { listDayLooks } from './day-look.rows.ts';
import { lookAtDaysOnce } from './look-at-days-once.ts';

const OWNER = { provider: 'scripted', environment: 'sandbox' } as const;
const OF = { ...OWNER, currency: 'XOF' } as const;
const HEADING = 'date;type;reference;amount;fee;currency';

function payin(at: Date, number: number): string {
  return `${at.toISOString()};payin;MPAYIN_00000${number};10000;150;XOF`;
}

async function bring(stage: Stage, ...lines: string[]): Promise<void> {
  const bytes = Buffer.from([HEADING, ...lines].join('\n'));
  const file = { ...OWNER, fileName: 'days.csv', bytes, by: 'ama' };
  const taken = await inTransaction(stage.db, async (tx) => await importStatement(tx, stage.ground, file));
  expect(taken.ok).toBe(true);
}

async function lookAtDays(stage: Stage, limit = 8): Promise<number> {
  return await lookAtDaysOnce(stage.db, stage.ground, stage.rails, limit);
}

async function told(stage: Stage): Promise<string[]> {
  const standing = await listStandingBreaks(stage.db, OF);
  return standing
    .filter((one) => one.kind !== 'balance')
    .map((one) => `${one.kind} ${one.reference}`)
    .toSorted();
}

/** Day of the month, depth, movements, lines, differing, unstated, opened, gone. */
async function rows(stage: Stage): Promise<string[]> {
  return (await listDayLooks(stage.db, OF, 30)).map((one) =>
    [
      one.day.slice(8),
      one.depth,
      one.movements,
      one.lines,
      one.differing,
      one.unstated,
      one.opened,
      one.gone,
    ].join(' '),
  );
}

test('each day is compared one, three and seven days later, once each, and says what it compared', async () => {
  const stage = await depositStage();
  await paidDeposit(stage);
  const paidAt = stage.clock.now();
  expect(await lookAtDays(stage)).toBe(0);
  await bring(stage, payin(paidAt, 1));
  expect(await lookAtDays(stage)).toBe(1);
  for (let day = 1; day <= 9; day++) {
    stage.clock.advance(DAY_MS);
    await lookAtDays(stage);
    expect(await lookAtDays(stage)).toBe(0);
  }
  expect((await rows(stage)).filter((row) => row.startsWith('05 '))).toEqual([
    '05 0 1 1 0 0 0 0',
    '05 1 1 1 0 0 0 0',
    '05 3 1 1 0 0 0 0',
    '05 7 1 1 0 0 0 0',
  ]);
  expect(await told(stage)).toEqual([]);
});

test('a payment that is known days after its line agrees on either day', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  const askedAt = stage.clock.now();
  stage.clock.advance(6 * DAY_MS);
  approve(stage);
  await settleWith(stage, id, await stage.provider.readStatus('in', lastReference(stage), stage.service));
  await bring(stage, payin(askedAt, 1), payin(new Date(stage.clock.now().getTime() + HOUR_MS), 9));
  stage.clock.advance(DAY_MS);
  await lookAtDays(stage);
  expect(await told(stage)).toEqual(['missing-in-ledger MPAYIN_000009']);
});

test('after a downtime days are compared in bounded steps, the newest first, until none is due', async () => {
  const stage = await depositStage();
  await paidDeposit(stage);
  stage.clock.advance(20 * DAY_MS);
  const steps: number[] = [];
  for (let count = await lookAtDays(stage); count > 0; count = await lookAtDays(stage)) steps.push(count);
  expect(steps).toEqual([8, 8, 4]);
  // No statement yet: the day is not clean, its money waits.
  expect((await rows(stage)).at(-1)).toBe('05 7 1 0 0 1 0 0');
});

test('a statement is compared on the days that it speaks about: what moved before is not missing', async () => {
  const stage = await depositStage();
  await paidDeposit(stage);
  const first = stage.clock.now();
  stage.clock.advance(10 * DAY_MS);
  await paidDeposit(stage);
  await paidDeposit(stage);
  while ((await lookAtDays(stage)) > 0);
  const late = new Date(stage.clock.now().getTime() + HOUR_MS);
  await bring(stage, payin(stage.clock.now(), 2), payin(late, 8));
  expect(await lookAtDays(stage)).toBe(1);
  // The third one lacks; the first one is of a time about which nothing was stated.
  expect(await told(stage)).toEqual(['missing-at-provider MPAYIN_000003', 'missing-in-ledger MPAYIN_000008']);
  expect((await rows(stage))[0]).toBe('15 0 2 2 2 0 2 0');
  // Its own file lacks it as well: now it is told, and gone when another file brings it.
  await bring(stage, payin(new Date(first.getTime() + HOUR_MS), 7));
  await lookAtDays(stage);
  expect(await told(stage)).toContain('missing-at-provider MPAYIN_000001');
  await bring(stage, payin(first, 1));
  await lookAtDays(stage);
  expect(await told(stage)).not.toContain('missing-at-provider MPAYIN_000001');
  expect((await rows(stage)).find((row) => row.startsWith('05 '))).toBe('05 7 1 2 1 0 0 1');
});

test('a difference is told once, however often its day is compared and by how many at once', async () => {
  const stage = await depositStage();
  await paidDeposit(stage);
  await bring(stage, payin(stage.clock.now(), 5));
  await Promise.all(Array.from({ length: 3 }, async () => await lookAtDays(stage)));
  stage.clock.advance(3 * DAY_MS);
  await lookAtDays(stage);
  const standing = await listStandingBreaks(stage.db, OF);
  expect(standing.filter((one) => one.reference === 'MPAYIN_000005')).toMatchObject([{ difference: NET }]);
});
