import { expect, test } from 'vitest';
import { MINUTE_MS } from '../ground/clock.ts';
import type { Db } from '../ground/postgres/database.ts';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import type { Answer } from '../ground/refusal.ts';
import { freshDatabase, testGround } from '../ground/testing/fresh-database.ts';
import { CODE_LIMITS, type CodeLimits, type CodePurpose, readCode } from './login-code.ts';
import { storedPhone } from './phone-number.ts';
import { requestCode } from './request-code.ts';
import { verifyCode } from './verify-code.ts';

const AWA = '+2250707070707';
const KOFFI = '+2250505050505';
const PEPPER = new Uint8Array(32).fill(7);

function phoneDesk(db: Db, limits: CodeLimits = CODE_LIMITS) {
  const ground = testGround();
  const ask = async (phone = AWA, options: { ip?: string; purpose?: CodePurpose } = {}) =>
    await inTransaction(
      db,
      async (tx) =>
        await requestCode(tx, ground, {
          phone: storedPhone(phone),
          purpose: options.purpose ?? 'login',
          ip: options.ip ?? '192.0.2.1',
          pepper: PEPPER,
          limits,
        }),
    );
  const type = async (code: unknown, phone = AWA, purpose: CodePurpose = 'login') =>
    await inTransaction(
      db,
      async (tx) =>
        await verifyCode(tx, ground, { phone: storedPhone(phone), purpose, code, pepper: PEPPER }),
    );
  return { ground, ask, type };
}

/** The outcome in one word: `ok`, or the refusal's code. */
function outcome(answer: Answer<unknown>): string {
  return answer.ok ? 'ok' : answer.refusal.code;
}

function tally(answers: readonly Answer<unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[outcome(answer)] = (counts[outcome(answer)] ?? 0) + 1;
  return counts;
}

function codeOf(answer: Awaited<ReturnType<ReturnType<typeof phoneDesk>['ask']>>): string {
  if (!answer.ok) throw new Error(`no code was given: ${answer.refusal.code}`);
  return answer.value.code;
}

function wrongFor(code: string): string {
  return code === '111111' ? '222222' : '111111';
}

test('the code that was sent opens once', async () => {
  const { db } = await freshDatabase();
  const { ask, type } = phoneDesk(db);
  const code = codeOf(await ask());
  expect(code).toMatch(/^\d{6}$/);
  expect(await type(` ${code.slice(0, 3)} ${code.slice(3)} `)).toMatchObject({
    ok: true,
    value: { phone: { e164: AWA }, purpose: 'login' },
  });
  expect(outcome(await type(code))).toBe('code-closed');
});

test('the database holds no code in clear', async () => {
  const { db } = await freshDatabase();
  const { ask } = phoneDesk(db);
  const code = codeOf(await ask());
  const [row] = await db.selectFrom('login_codes').selectAll().execute();
  const written = JSON.stringify(row, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );
  expect(written).not.toContain(code);
});

test.each([
  ['another number', KOFFI, 'login', 'code-closed'],
  ['another purpose', AWA, 'reset-pin', 'code-closed'],
] as const)('a code is worth nothing for %s', async (_name, phone, purpose, refusal) => {
  const { db } = await freshDatabase();
  const { ask, type } = phoneDesk(db);
  const code = codeOf(await ask());
  expect(outcome(await type(code, phone, purpose))).toBe(refusal);
  expect(outcome(await type(code))).toBe('ok');
});

test('what is not six digits is refused without spending a try', async () => {
  const { db } = await freshDatabase();
  const { ask, type } = phoneDesk(db);
  const code = codeOf(await ask());
  for (const text of [undefined, '', '12345', '1234567', 'abcdef', '١٢٣٤٥٦', ['123456'], 123_456]) {
    expect(outcome(await type(text))).toBe('code-unreadable');
  }
  expect(outcome(await type(code))).toBe('ok');
  expect(readCode(' 12 34\u00a056')).toBe('123456');
});

test('after ten minutes the code is closed, one moment before it is not', async () => {
  const { db } = await freshDatabase();
  const { ground, ask, type } = phoneDesk(db);
  const first = codeOf(await ask());
  ground.clock.advance(10 * MINUTE_MS);
  expect(outcome(await type(first))).toBe('code-closed');
  const second = codeOf(await ask());
  ground.clock.advance(10 * MINUTE_MS - 1);
  expect(outcome(await type(second))).toBe('ok');
});

test('five misses end the code, and the right one comes too late', async () => {
  const { db } = await freshDatabase();
  const { ask, type } = phoneDesk(db);
  const code = codeOf(await ask());
  const misses: string[] = [];
  for (let miss = 0; miss < 5; miss++) misses.push(outcome(await type(wrongFor(code))));
  expect(misses).toEqual(['code-wrong', 'code-wrong', 'code-wrong', 'code-wrong', 'code-closed']);
  expect(outcome(await type(code))).toBe('code-closed');
});

test('forty wrong guesses at once spend exactly five tries', async () => {
  const { db } = await freshDatabase();
  const { ask, type } = phoneDesk(db);
  const code = codeOf(await ask());
  const answers = await Promise.all(Array.from({ length: 40 }, async () => await type(wrongFor(code))));
  expect(tally(answers)).toEqual({ 'code-wrong': 4, 'code-closed': 36 });
  expect(await db.selectFrom('login_codes').select(['tries', 'ending']).execute()).toEqual([
    { tries: 5, ending: 'exhausted' },
  ]);
  expect(outcome(await type(code))).toBe('code-closed');
});

test('twenty submits of the right code at once open exactly once', async () => {
  const { db } = await freshDatabase();
  const { ask, type } = phoneDesk(db);
  const code = codeOf(await ask());
  const answers = await Promise.all(Array.from({ length: 20 }, async () => await type(code)));
  expect(tally(answers)).toEqual({ ok: 1, 'code-closed': 19 });
});

test('a resend ends the earlier code', async () => {
  const { db } = await freshDatabase();
  const { ask, type } = phoneDesk(db);
  const first = codeOf(await ask());
  const second = codeOf(await ask());
  expect(second).not.toBe(first);
  expect(outcome(await type(first))).toBe('code-wrong');
  expect(outcome(await type(second))).toBe('ok');
});

test('fresh codes forgive no misses: fifteen in an hour lock the number, and the hour ends', async () => {
  const { db } = await freshDatabase();
  const { ground, ask, type } = phoneDesk(db);
  for (let round = 0; round < 3; round++) {
    const code = codeOf(await ask());
    for (let miss = 0; miss < 4; miss++) await type(wrongFor(code));
  }
  // Twelve misses so far; the fourth code leaves three before the lock.
  ground.clock.advance(15 * MINUTE_MS);
  const fourth = codeOf(await ask());
  const misses = [];
  for (let miss = 0; miss < 4; miss++) misses.push(outcome(await type(wrongFor(fourth))));
  expect(misses).toEqual(['code-wrong', 'code-wrong', 'code-wrong', 'code-locked']);
  expect(outcome(await type(fourth))).toBe('code-locked');
  expect(outcome(await ask())).toBe('code-locked');
  expect(outcome(await ask(KOFFI))).toBe('ok');
  ground.clock.advance(61 * MINUTE_MS);
  expect(outcome(await type(codeOf(await ask())))).toBe('ok');
});

test('thirty requests at once for one number send three, and three more after a quarter of an hour', async () => {
  const { db } = await freshDatabase();
  const { ground, ask } = phoneDesk(db);
  const atOnce = async () =>
    tally(
      await Promise.all(
        Array.from({ length: 30 }, async (_empty, n) => await ask(AWA, { ip: `192.0.2.${n}` })),
      ),
    );
  expect(await atOnce()).toEqual({ ok: 3, 'code-too-many-sends': 27 });
  ground.clock.advance(15 * MINUTE_MS);
  expect(await atOnce()).toEqual({ ok: 3, 'code-too-many-sends': 27 });
});

test('one number gets ten codes in a day at most', async () => {
  const { db } = await freshDatabase();
  const { ground, ask } = phoneDesk(db);
  const outcomes: string[] = [];
  for (let request = 0; request < 11; request++) {
    outcomes.push(outcome(await ask()));
    ground.clock.advance(16 * MINUTE_MS);
  }
  expect(outcomes).toEqual([...Array<string>(10).fill('ok'), 'code-too-many-sends']);
});

test('one address asks for as many codes as its limit, whatever the numbers', async () => {
  const { db } = await freshDatabase();
  const { ask } = phoneDesk(db, { ...CODE_LIMITS, perAddressHourly: 4 });
  const answers = await Promise.all(
    Array.from({ length: 12 }, async (_empty, n) => await ask(`+2250707070${200 + n}`)),
  );
  expect(tally(answers)).toEqual({ ok: 4, 'code-too-many-from-address': 8 });
  expect(outcome(await ask('+2250707070300', { ip: '198.51.100.9' }))).toBe('ok');
});

test('the budget of a day is spent exactly, told once, and full again the next day', async () => {
  const { db } = await freshDatabase();
  const { ground, ask } = phoneDesk(db, { ...CODE_LIMITS, perDay: 5 });
  const fromEverywhere = async () =>
    tally(
      await Promise.all(
        Array.from(
          { length: 15 },
          async (_empty, n) => await ask(`+2250707070${200 + n}`, { ip: `192.0.2.${n}` }),
        ),
      ),
    );
  expect(await fromEverywhere()).toEqual({ ok: 5, 'code-budget-spent': 10 });
  const told = await db.selectFrom('events').select('name').where('name', '=', 'sms.budget-spent').execute();
  expect(told).toHaveLength(1);
  ground.clock.advance(24 * 60 * MINUTE_MS);
  expect(await fromEverywhere()).toEqual({ ok: 5, 'code-budget-spent': 10 });
});

test('a request that is undone leaves no code and spends no budget', async () => {
  const { db } = await freshDatabase();
  const { ground } = phoneDesk(db);
  const undone = inTransaction(db, async (tx) => {
    await requestCode(tx, ground, {
      phone: storedPhone(AWA),
      purpose: 'login',
      ip: '192.0.2.1',
      pepper: PEPPER,
      limits: CODE_LIMITS,
    });
    throw new Error('the door fell');
  });
  await expect(undone).rejects.toThrow('the door fell');
  expect(await db.selectFrom('login_codes').select('id').execute()).toEqual([]);
  expect(await db.selectFrom('sms_days').selectAll().execute()).toEqual([]);
});
