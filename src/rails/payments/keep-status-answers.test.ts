import { expect, test } from 'vitest';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import type { StatusAnswer } from '../provider.ts';
import { acceptedDeposit, depositStage, type Stage, settleWith } from '../testing/deposit-stage.ts';
import { settle } from './settle.ts';
import { listStatusAnswersOf } from './status-answer.rows.ts';

const REFERENCES = { reference: 'MPAYIN_000001' };
const pending = (took_ms: number): StatusAnswer => ({
  found: 'yes',
  status: 'pending',
  word: 'PROCESSING',
  references: REFERENCES,
  trace: { httpStatus: 200, took_ms, excerpt: `{took: ${took_ms}}` },
});
const DOWN: StatusAnswer = {
  found: 'unavailable',
  evidence: 'http-503',
  trace: { httpStatus: 503, took_ms: 20, excerpt: 'down' },
};
const PAID: StatusAnswer = {
  found: 'yes',
  status: 'succeeded',
  word: 'SUCCESS',
  paid: { amount: 10_000n, currency: 'XOF' },
  references: REFERENCES,
};

async function toldOf(stage: Stage, paymentId: string): Promise<string[]> {
  const answers = await listStatusAnswersOf(stage.db, paymentId);
  return answers.map(({ source, verdict, word, times }) => `${source}: ${verdict} ${word} ×${times}`);
}

test('a week of equal answers is one row with its last look; what differs, and who asked, is another one', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  for (let poll = 1; poll <= 30; poll++) {
    stage.clock.advance(1_000);
    await settleWith(stage, id, pending(poll));
  }
  await settleWith(stage, id, DOWN);
  await settleWith(stage, id, { found: 'no' });
  await settleWith(stage, id, pending(1));
  await inTransaction(stage.db, async (tx) => {
    await settle(tx, stage.ground, { paymentId: id, answer: pending(1), source: 'console' });
  });
  await settleWith(stage, id, PAID);
  await settleWith(stage, id, PAID);
  expect(await toldOf(stage, id)).toEqual([
    'enquiry: pending PROCESSING ×30',
    'enquiry: unavailable http-503 ×1',
    'enquiry: not-found  ×1',
    'enquiry: pending PROCESSING ×1',
    'console: pending PROCESSING ×1',
    'enquiry: succeeded SUCCESS ×2',
  ]);
  const [first, , , , , last] = await listStatusAnswersOf(stage.db, id);
  expect(first).toMatchObject({ took_ms: 30, excerpt: '{took: 30}', httpStatus: 200 });
  expect(last).toMatchObject({ paid: '10000 XOF', excerpt: undefined });
});

test('an answer is kept with what it changed, or not at all', async () => {
  const stage = await depositStage();
  const id = await acceptedDeposit(stage);
  const failing = inTransaction(stage.db, async (tx) => {
    await settle(tx, stage.ground, { paymentId: id, answer: PAID, source: 'callback' });
    throw new Error('the commit never came');
  });
  await expect(failing).rejects.toThrow('never came');
  expect(await toldOf(stage, id)).toEqual([]);
});
