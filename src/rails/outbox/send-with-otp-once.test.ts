import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { MINUTE_MS } from '../../ground/clock.ts';
import { asked, depositStage, paymentOf, poll, type Stage, send } from '../testing/deposit-stage.ts';
import type { CreateScript } from '../testing/scripted-provider.ts';
import { SEND_LEASE_MS } from './send-command.ts';
import { sendWithOtpOnce } from './send-with-otp-once.ts';

const CODE = '739154';

async function codeStage(): Promise<{ stage: Stage; id: string }> {
  const stage = await depositStage({ service: { needsOtp: true, method: 'orange_money' } });
  return { stage, id: await asked(stage) };
}

async function type(stage: Stage, id: string, code = CODE): Promise<string> {
  const answer = await sendWithOtpOnce(stage.db, stage.ground, stage.rails, id, code);
  return answer.ok ? answer.value : answer.refusal.code;
}

test('the code goes to the provider, and is written down nowhere', async () => {
  const { stage, id } = await codeStage();
  expect(await type(stage, id)).toBe('sent');
  expect(stage.provider.truth[0]?.intent.otp).toBe(CODE);
  expect((await paymentOf(stage, id)).state).toBe('pending');
  for (const table of ['payments', 'provider_commands', 'events']) {
    const found = await sql`select 1 from ${sql.table(table)} t where t::text like ${`%${CODE}%`}`.execute(
      stage.db,
    );
    expect(found.rows).toEqual([]);
  }
});

test.each(['', '123', '123456789', '12 34', 'abcd', '１２３４'])(
  'the code "%s" has no code’s shape',
  async (code) => {
    const { stage, id } = await codeStage();
    expect(await type(stage, id, code)).toBe('otp-shape');
    expect(stage.provider.creates).toBe(0);
  },
);

test('ten clicks at once ask the phone once', async () => {
  const { stage, id } = await codeStage();
  const answers = await Promise.all(Array.from({ length: 10 }, async () => type(stage, id)));
  expect(answers.filter((answer) => answer === 'sent')).toHaveLength(1);
  expect(answers.filter((answer) => answer === 'payment-no-code-awaited')).toHaveLength(9);
  expect(stage.provider.creates).toBe(1);
});

test('a wrong code may be typed again twice; the third ends it', async () => {
  const { stage, id } = await codeStage();
  stage.provider.nextCreate = 'wrong-code';
  const seen: string[] = [];
  for (let round = 0; round < 3; round++) {
    await type(stage, id);
    const { state, reason, otpTries } = await paymentOf(stage, id);
    seen.push(`${state} ${reason} ${otpTries}`);
  }
  expect(seen).toEqual([
    'action-required OTP_INVALID 1',
    'action-required OTP_INVALID 2',
    'failed OTP_INVALID 3',
  ]);
  expect(await type(stage, id)).toBe('payment-no-code-awaited');
});

test('a code that never left is not counted as a try', async () => {
  const { stage, id } = await codeStage();
  const scripts: CreateScript[] = ['not-sent', 'not-sent', 'not-sent', 'not-sent'];
  for (const script of scripts) {
    stage.provider.nextCreate = script;
    expect(await type(stage, id)).toBe('sent');
  }
  expect(await paymentOf(stage, id)).toMatchObject({
    state: 'action-required',
    otpTries: 0,
    reason: 'RAIL_DOWN',
  });
  stage.provider.nextCreate = 'accept';
  await type(stage, id);
  expect((await paymentOf(stage, id)).state).toBe('pending');
});

test('a code that nobody types in time: expired, and a late one is refused', async () => {
  const { stage, id } = await codeStage();
  stage.clock.advance(15 * MINUTE_MS);
  expect(await type(stage, id)).toBe('payment-too-late');
  await poll(stage);
  expect(await paymentOf(stage, id)).toMatchObject({
    state: 'expired',
    reason: 'no-code',
    nextActionAt: undefined,
  });
  expect(await type(stage, id)).toBe('payment-no-code-awaited');
});

test('a process that dies with the code in hand leaves a lost answer, and the code is not asked again', async () => {
  const { stage, id } = await codeStage();
  stage.provider.nextCreate = 'hang';
  const reached = new Promise<void>((resolve) => {
    stage.provider.onHang = resolve;
  });
  const sending = type(stage, id);
  await Promise.race([sending, reached]);
  stage.clock.advance(SEND_LEASE_MS);
  await send(stage);
  expect((await paymentOf(stage, id)).state).toBe('unknown');
  expect(await type(stage, id)).toBe('payment-no-code-awaited');
});
