import { expect, test } from 'vitest';
import { DAY_MS } from '../../ground/clock.ts';
import { listEventsOf } from '../../ground/events/event.rows.ts';
import { PROCESS_CALLBACKS } from '../payments/payment-jobs.ts';
import { acceptedDeposit, depositStage, follow, type Stage, tell } from '../testing/deposit-stage.ts';
import { openBody } from './provider-callback.rows.ts';

interface Row {
  readonly state: string;
  readonly seen: number;
  readonly body: string | undefined;
}

async function rowsOf(stage: Stage): Promise<Row[]> {
  const rows = await stage.db
    .selectFrom('provider_callbacks')
    .select(['id', 'state', 'seen', 'body'])
    .orderBy('id')
    .execute();
  return rows.map(({ id, state, seen, body }) => ({
    state,
    seen,
    body: body === null ? undefined : Buffer.from(openBody(stage.db, id, body)).toString(),
  }));
}

test('the bytes are kept as they came, before anybody reads them', async () => {
  const stage = await depositStage();
  const body = 'MPAYIN_000001 {"montant": 5000.0,\r\n "libellé":"Dépôt – 5 000 F"}';
  expect(await tell(stage, undefined, body)).toEqual({ ok: true, value: 'new' });
  expect(await rowsOf(stage)).toEqual([{ state: 'received', seen: 1, body }]);
  expect(stage.ground.queue.asked.map((wish) => wish.job)).toEqual([PROCESS_CALLBACKS]);
});

test('twenty identical callbacks at once are one row, counted twenty times', async () => {
  const stage = await depositStage();
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => tell(stage, undefined, 'MPAYIN_000001 success')),
  );
  const told = answers.map((answer) => (answer.ok ? answer.value : answer.refusal.code));
  expect(told.filter((word) => word === 'new')).toHaveLength(1);
  expect(told.filter((word) => word === 'again')).toHaveLength(19);
  expect(await rowsOf(stage)).toMatchObject([{ seen: 20 }]);
});

test('the same bytes at another payment’s address are another callback', async () => {
  const stage = await depositStage();
  await tell(stage, 'pay_a', 'MPAYIN_000001 success');
  await tell(stage, 'pay_b', 'MPAYIN_000001 success');
  await tell(stage, undefined, 'MPAYIN_000001 success');
  expect(await rowsOf(stage)).toHaveLength(3);
});

test('a refused one leaves its fingerprint only, is told once, and never shadows the genuine one', async () => {
  const stage = await depositStage();
  stage.provider.verifyCallback = () => ({ verdict: 'invalid', reason: 'signature' });
  const forged = await tell(stage, undefined, 'MPAYIN_000001 success');
  await tell(stage, undefined, 'MPAYIN_000001 success');
  expect(forged).toMatchObject({ ok: false, refusal: { code: 'callback-not-believed', kind: 'denied' } });
  expect(await rowsOf(stage)).toEqual([{ state: 'rejected', seen: 2, body: undefined }]);
  expect(await listEventsOf(stage.db, 'scripted')).toHaveLength(1);
  expect(stage.ground.queue.asked).toEqual([]);
  expect(await follow(stage)).toBe(0);
  stage.provider.verifyCallback = () => ({ verdict: 'unsigned' });
  expect(await tell(stage, undefined, 'MPAYIN_000001 success')).toEqual({ ok: true, value: 'new' });
});

test('one that led nowhere is looked at again when it comes again, as if for the first time', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  await tell(stage, id, 'MPAYIN_000001 update');
  await follow(stage);
  expect(await rowsOf(stage)).toMatchObject([{ state: 'ignored' }]);
  stage.clock.advance(2 * DAY_MS);
  await tell(stage, id, 'MPAYIN_000001 update');
  expect(await rowsOf(stage)).toMatchObject([{ state: 'received', seen: 2 }]);
  stage.provider.statusInstead = { found: 'unavailable', evidence: 'http-503' };
  await follow(stage);
  expect(await rowsOf(stage)).toMatchObject([{ state: 'parked' }]);
});
