import { expect, test } from 'vitest';
import { inTransaction } from '../postgres/in-transaction.ts';
import { accepted, refusal, refused } from '../refusal.ts';
import { freshDatabase, testGround } from '../testing/fresh-database.ts';
import { rememberAnswer } from './remember-answer.ts';

const readText = (stored: unknown): string => String(stored);

test('fifty equal requests at once have one effect and one answer', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  let effects = 0;
  const send = async () =>
    await inTransaction(db, async (tx) =>
      rememberAnswer(tx, ground, {
        scope: 'per_1',
        key: 'form-1',
        request: { amount: '5000' },
        act: async () => accepted(`effect ${++effects}`),
        read: readText,
      }),
    );
  const answers = await Promise.all(Array.from({ length: 50 }, send));
  expect(effects).toBe(1);
  expect(new Set(answers.map((answer) => answer.ok && answer.value))).toEqual(new Set(['effect 1']));
});

test('the same key with another request is refused, and another scope is another key', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  const send = async (scope: string, amount: string) =>
    await inTransaction(db, async (tx) =>
      rememberAnswer(tx, ground, {
        scope,
        key: 'form-1',
        request: { amount },
        act: async () => accepted(`${scope} ${amount}`),
        read: readText,
      }),
    );
  expect(await send('per_1', '5000')).toEqual(accepted('per_1 5000'));
  const changed = await send('per_1', '9000');
  expect(changed.ok ? '' : changed.refusal.code).toBe('request-changed');
  expect(await send('per_2', '9000')).toEqual(accepted('per_2 9000'));
});

test('a refusal leaves the key free, so that the mended form can be sent', async () => {
  const { db } = await freshDatabase();
  const ground = testGround();
  const no = refusal('amount-zero', 'invalid', 'Zéro', 'Zero');
  const send = async (amount: string) =>
    await inTransaction(db, async (tx) =>
      rememberAnswer(tx, ground, {
        scope: 'per_1',
        key: 'form-1',
        request: { amount },
        act: async () => (amount === '0' ? refused(no) : accepted(amount)),
        read: readText,
      }),
    );
  expect(await send('0')).toEqual(refused(no));
  expect(await send('5000')).toEqual(accepted('5000'));
});
