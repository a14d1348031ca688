import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../ground/clock.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import {
  acceptedDeposit,
  depositStage,
  NET,
  paidDeposit,
  type Stage,
} from '../../rails/testing/deposit-stage.ts';
import { findTrailPage } from '../audit/audit-entry.rows.ts';
import { readStatedLines } from '../decide/stated-lines.ts';
import { searchPayments } from '../payments/payment-search.rows.ts';
import { type Office, openOffice } from '../testing/office.ts';
import { listOpenBreaks } from './break.rows.ts';
import { bringStatement } from './bring-statement.ts';
import { handleBreak } from './handle-break.ts';
import { lookAtDaysOnce } from './look-at-days-once.ts';
import { reconcileOnce } from './reconcile-once.ts';
import { findLastRun } from './run.rows.ts';

const OF = { provider: 'scripted', environment: 'sandbox', currency: 'XOF' } as const;
const HEADING = 'date;type;reference;amount;fee;currency';

interface Books extends Stage {
  readonly office: Office;
}

/** Deposits that were paid, with a provider that holds `held` for us. */
async function openBooks(deposits: number): Promise<Books> {
  const stage = await depositStage();
  for (let count = 0; count < deposits; count++) await paidDeposit(stage);
  const office = await openOffice({ db: stage.db, ground: stage.ground });
  return { ...stage, office };
}

function holds(books: Books, held: bigint | undefined): void {
  books.provider.readBalance = async () =>
    held === undefined ? undefined : { balance: { amount: held, currency: 'XOF' }, asOf: books.clock.now() };
}

function payin(number: number, amount = 10_000, fee = 150): string {
  return `2026-01-05T08:00:00Z;payin;MPAYIN_00000${number};${amount};${fee};XOF`;
}

async function lookAtDays(books: Books): Promise<void> {
  while ((await lookAtDaysOnce(books.db, books.ground, books.rails, 8)) > 0);
  await reconcileOnce(books.db, books.ground, books.rails, 'light');
}

async function bring(books: Books, ...lines: string[]): Promise<unknown> {
  const bytes = Buffer.from([HEADING, ...lines].join('\n'));
  const file = { by: books.office.first, fileName: 'january.csv', bytes };
  const brought = await inTransaction(
    books.db,
    async (tx) => await bringStatement(tx, books.ground, books.rails, file),
  );
  await lookAtDays(books);
  return brought;
}

async function kindsOf(books: Books): Promise<string[]> {
  return (await listOpenBreaks(books.db, 50)).map((one) => `${one.kind} ${one.difference}`).toSorted();
}

test('when all three agree the equation closes to the franc, without a break', async () => {
  const books = await openBooks(3);
  holds(books, 3n * NET);
  await bring(books, payin(1), payin(2), payin(3));
  expect(await kindsOf(books)).toEqual([]);
  expect(await findLastRun(books.db, OF)).toMatchObject({ booked: 3n * NET, held: 3n * NET, rest: 0n });
});

test('a statement with missing, extra, doubled and altered lines gives exactly those breaks', async () => {
  const books = await openBooks(5);
  // What the statement says is what the provider holds.
  holds(books, 5n * NET + 5_850n + 9_700n);
  await bring(
    books,
    payin(1),
    payin(2),
    payin(2),
    payin(3, 6_000),
    payin(4, 10_000, 300),
    payin(9),
    '2026-01-05T09:00:00Z;payin;MPAYIN_000008;10000;150;XOF',
  );
  expect(await kindsOf(books)).toEqual(
    [
      `amount ${5_850n - NET}`,
      `duplicate ${NET}`,
      'fee -150',
      `missing-at-provider -${NET}`,
      `missing-in-ledger ${NET}`,
      `missing-in-ledger ${NET}`,
    ].toSorted(),
  );
  const run = await findLastRun(books.db, OF);
  expect(run?.rest).toBe(0n);
  expect((run?.booked ?? 0n) + (run?.openBreaks ?? 0n)).toBe(run?.held);
});

test('the same file again changes nothing, and what is settled later is gone by itself', async () => {
  const books = await openBooks(1);
  holds(books, 2n * NET);
  await bring(books, payin(1), payin(2));
  expect(await kindsOf(books)).toEqual([`missing-in-ledger ${NET}`]);
  expect(await bring(books, payin(1), payin(2))).toMatchObject({ value: { added: 0, known: 2 } });
  expect(await kindsOf(books)).toEqual([`missing-in-ledger ${NET}`]);
  await paidDeposit(books);
  await reconcileOnce(books.db, books.ground, books.rails, 'deep');
  expect(await kindsOf(books)).toEqual([]);
});

test('what the provider holds and nothing explains is a break, until people explain it or it changes', async () => {
  const books = await openBooks(1);
  const { db, ground, office } = books;
  const light = async () => await reconcileOnce(db, ground, books.rails, 'light');
  holds(books, NET + 50_000n);
  await light();
  ground.clock.advance(HOUR_MS);
  await light();
  expect(await kindsOf(books)).toEqual(['balance 50000']);
  const [found] = await listOpenBreaks(db, 9);
  const handle = async (explanation: string | undefined, by = office.first) =>
    await inTransaction(
      db,
      async (tx) =>
        await handleBreak(tx, ground, by, {
          breakId: found?.id ?? '',
          ...(explanation === undefined ? {} : { explanation }),
        }),
    );
  expect(await handle('Dépôt initial', office.support)).toMatchObject({
    refusal: { code: 'console-not-permitted' },
  });
  expect(await handle(undefined)).toMatchObject({ ok: true });
  expect(await handle(' ')).toMatchObject({ refusal: { code: 'console-reason-missing' } });
  expect(await handle('Dépôt initial de l’hébergeur')).toMatchObject({ ok: true });
  await light();
  expect(await kindsOf(books)).toEqual([]);
  expect(await findLastRun(db, OF)).toMatchObject({ explained: 50_000n, rest: 0n });
  expect((await findTrailPage(db, { limit: 2 })).map((entry) => entry.act)).toEqual([
    'break.closed',
    'break.owned',
  ]);
});

test('money that may be on its way is no break, a balance that cannot be read is none either', async () => {
  const books = await openBooks(1);
  await acceptedDeposit(books);
  holds(books, NET + 5_000n);
  await reconcileOnce(books.db, books.ground, books.rails, 'light');
  expect(await kindsOf(books)).toEqual([]);
  holds(books, undefined);
  await reconcileOnce(books.db, books.ground, books.rails, 'light');
  expect(await findLastRun(books.db, OF)).toMatchObject({ held: undefined, rest: undefined });
});

test('a deep look some days later finds what came back, and leaves the edge of its time alone', async () => {
  const books = await openBooks(1);
  holds(books, NET);
  await bring(books, payin(1));
  books.clock.advance(3 * DAY_MS);
  holds(books, 0n);
  await bring(books, '2026-01-08T07:00:00Z;payin-refund;MPAYIN_000001;10000;150;XOF');
  expect(await kindsOf(books)).toEqual([`status -${NET}`]);
  books.clock.advance(5 * DAY_MS);
  await lookAtDays(books);
  expect(await kindsOf(books)).toEqual([`status -${NET}`]);
});

test('a case shows the lines that name its payment, and for a lost answer those that may be it', async () => {
  const books = await openBooks(1);
  holds(books, NET);
  const [paid] = (await searchPayments(books.db, { limit: 1 })).filter(({ state }) => state === 'succeeded');
  if (paid === undefined) throw new Error('nothing was paid');
  expect(await readStatedLines(books.db, paid)).toEqual({ certain: true, lines: [] });
  const at = books.clock.now().toISOString();
  await bring(books, payin(1), ...['7', '8'].map((n) => `${at};payin;MPAYIN_00000${n};${n}000;0;XOF`));
  expect(await readStatedLines(books.db, paid)).toMatchObject({
    certain: true,
    lines: [{ reference: 'MPAYIN_000001', amount: 10_000n }],
  });
  const lost = { ...paid, providerReference: undefined, amount: 7_000n };
  expect(await readStatedLines(books.db, lost)).toMatchObject({
    certain: false,
    lines: [{ reference: 'MPAYIN_000007' }],
  });
  expect((await readStatedLines(books.db, { ...lost, direction: 'out' })).lines).toEqual([]);
});
