import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../ground/clock.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { insertFreeze, markFreezeLifted } from '../payments/freeze.rows.ts';
import {
  ask,
  asked,
  depositStage,
  eventsOf,
  hangWhileSending,
  paymentOf,
  restart,
  type Stage,
  send,
} from '../testing/deposit-stage.ts';
import { scriptedProvider } from '../testing/scripted-provider.ts';
import { SEND_LEASE_MS } from './send-command.ts';

async function statesOf(stage: Stage): Promise<string[]> {
  const rows = await stage.db.selectFrom('provider_commands').select('state').orderBy('id').execute();
  return rows.map((row) => row.state);
}

test('ten senders at once send each of thirty deposits once', async () => {
  const stage = await depositStage();
  for (let count = 0; count < 30; count++) await asked(stage);
  const sent = await Promise.all(Array.from({ length: 10 }, async () => send(stage)));
  expect(sent.reduce((sum, count) => sum + count, 0)).toBe(30);
  expect(stage.provider.creates).toBe(30);
  expect(new Set(stage.provider.truth.map((payment) => payment.intent.paymentId)).size).toBe(30);
});

test('a limit is a limit: the rest waits for the next step', async () => {
  const stage = await depositStage();
  for (let count = 0; count < 25; count++) await asked(stage);
  expect([await send(stage), await send(stage), await send(stage)]).toEqual([20, 5, 0]);
});

test('a freeze of deposits stops new ones and those in line, until it is lifted', async () => {
  const stage = await depositStage();
  const inLine = await asked(stage);
  const at = stage.clock.now();
  await inTransaction(stage.db, async (tx) => {
    const by = { createdBy: 'per_operator', createdAt: at };
    const what = { scope: 'method', subject: 'mtn_money', direction: 'in', reason: 'outage' } as const;
    await insertFreeze(tx, { id: 'frz_1', ...what, ...by });
  });
  expect(await ask(stage)).toMatchObject({ refusal: { code: 'deposit-frozen' } });
  await send(stage);
  expect(stage.provider.creates).toBe(0);
  expect(await paymentOf(stage, inLine)).toMatchObject({ state: 'created', reason: 'waiting-freeze' });
  await inTransaction(stage.db, async (tx) => await markFreezeLifted(tx, 'frz_1', 'per_operator', at));
  stage.clock.advance(MINUTE_MS);
  await send(stage);
  expect(stage.provider.creates).toBe(1);
  expect((await paymentOf(stage, inLine)).state).toBe('pending');
});

test('a dead sender is given up once, by however many at once, and nothing is sent again', async () => {
  const stage = await depositStage();
  const id = await asked(stage);
  await hangWhileSending(stage);
  restart(stage);
  stage.clock.advance(SEND_LEASE_MS);
  await Promise.all(Array.from({ length: 5 }, async () => send(stage)));
  expect((await paymentOf(stage, id)).state).toBe('unknown');
  expect((await eventsOf(stage, id)).filter((name) => name === 'payment.answer-lost')).toHaveLength(1);
  expect(await statesOf(stage)).toEqual(['unknown']);
  expect(stage.provider.creates).toBe(1);
});

test('a sender that wakes while it is being given up: the references are kept, whoever is first', async () => {
  const stage = await depositStage();
  const ids: string[] = [];
  const hanging: (() => Promise<void>)[] = [];
  for (let count = 0; count < 8; count++) {
    ids.push(await asked(stage));
    hanging.push((await hangWhileSending(stage)).wake);
  }
  stage.clock.advance(SEND_LEASE_MS);
  await Promise.all([...hanging.map(async (wake) => wake()), send(stage), send(stage)]);
  for (const id of ids) {
    expect(await paymentOf(stage, id)).toMatchObject({ state: 'pending' });
  }
});

test('one bad instruction does not keep the others from being sent', async () => {
  const stage = await depositStage();
  const bad = await asked(stage);
  const good = await asked(stage);
  await sql`update payments set state = 'failed' where id = ${bad}`.execute(stage.db);
  expect(await send(stage)).toBe(1);
  expect((await paymentOf(stage, bad)).state).toBe('failed');
  expect((await paymentOf(stage, good)).state).toBe('pending');
  expect(await statesOf(stage)).toEqual(['cancelled', 'accepted']);
});

test('a failure of the database for one answer is told, after all others were written', async () => {
  const stage = await depositStage();
  const bad = await asked(stage);
  const good = await asked(stage);
  await sql`alter table events add constraint no_luck
    check (name <> 'payment.accepted' or subject_id <> ${sql.lit(bad)})`.execute(stage.db);
  await expect(send(stage)).rejects.toThrow('1 of 2 rows failed');
  expect((await paymentOf(stage, good)).state).toBe('pending');
  // Undone whole: what was not written down counts as lost once its lease is over.
  expect(await paymentOf(stage, bad)).toMatchObject({ state: 'submitting', providerReference: undefined });
  stage.clock.advance(SEND_LEASE_MS);
  await send(stage);
  expect((await paymentOf(stage, bad)).state).toBe('unknown');
});

test('after an outage of hours nobody is asked for what they have given up', async () => {
  const stage = await depositStage();
  const id = await asked(stage);
  stage.clock.advance(HOUR_MS);
  await send(stage);
  expect(await paymentOf(stage, id)).toMatchObject({ state: 'expired', reason: 'sent-too-late' });
  expect(stage.provider.creates).toBe(0);
  expect(await statesOf(stage)).toEqual(['cancelled']);
});

test('play money asked for before the keys became live never reaches a real phone', async () => {
  const stage = await depositStage();
  const id = await asked(stage);
  const live = { ...scriptedProvider(stage.clock), environment: 'live' as const };
  stage.rails = { ...stage.rails, provider: live };
  await send(stage);
  expect(live.creates).toBe(0);
  expect(await paymentOf(stage, id)).toMatchObject({ state: 'failed', reason: 'RAIL_DOWN' });
});

test('a list of services that cannot be read is a call that never left', async () => {
  const stage = await depositStage();
  const id = await asked(stage);
  stage.provider.listServices = async () => await Promise.reject(new Error('no network'));
  await send(stage);
  expect((await paymentOf(stage, id)).state).toBe('created');
  stage.provider.listServices = async () => ({
    services: [stage.service],
    fetchedAt: stage.clock.now(),
  });
  stage.clock.advance(5_000);
  await send(stage);
  expect((await paymentOf(stage, id)).state).toBe('pending');
});

test('a service that has left the list fails without asking anybody', async () => {
  const stage = await depositStage();
  const id = await asked(stage);
  stage.provider.listServices = async () => ({ services: [], fetchedAt: stage.clock.now() });
  await send(stage);
  expect(await paymentOf(stage, id)).toMatchObject({ state: 'failed', reason: 'RAIL_DOWN' });
  expect(stage.provider.creates).toBe(0);
});
