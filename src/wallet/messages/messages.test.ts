import { expect, test } from 'vitest';
import { seededChance } from '../../ground/chance.ts';
import { HOUR_MS, SECOND_MS } from '../../ground/clock.ts';
import { listEventsOf } from '../../ground/events/event.rows.ts';
import { makeIds } from '../../ground/identifiers.ts';
import { changeProfile } from '../../people/change-profile.ts';
import type { SmsMessage, SmsOutcome } from '../../people/sms-gateway.ts';
import { depositStage, paidDeposit, send, settleWith } from '../../rails/testing/deposit-stage.ts';
import { granted, sampleTown } from '../testing/sample-town.ts';
import { listMessagesOf } from './payment-message.rows.ts';
import { sendMessagesOnce } from './send-messages-once.ts';
import { EVENTS_SETTLE_MS, writeMessagesOnce } from './write-messages-once.ts';

/** A town whose deposits and withdrawals go through one provider, and a gateway that keeps what it is given. */
async function tellingTown() {
  const town = await sampleTown();
  const stage = await depositStage({ db: town.db });
  // Ids of its own: the town draws from the same seed.
  stage.ground = { ...stage.ground, ids: makeIds(stage.clock, seededChance('telling')) };
  const told: SmsMessage[] = [];
  const gateway = { outcome: 'sent' as SmsOutcome };
  const sms = {
    async send(message: SmsMessage) {
      told.push(message);
      return gateway.outcome;
    },
  };
  const write = async () => await writeMessagesOnce(stage.db, stage.ground, 100);
  const tell = async (perDay = 300) => {
    stage.clock.advance(EVENTS_SETTLE_MS + SECOND_MS);
    await write();
    await sendMessagesOnce(stage.db, stage.ground, { sms, perDay, limit: 100 });
  };
  const deposit = async () => await paidDeposit(stage, { ownerId: town.awa.person.id });
  const statesOf = async (paymentId: string) =>
    (await listMessagesOf(stage.db, paymentId)).map(({ fact, state }) => `${fact} ${state}`);
  // The first look ever only notes where events are now.
  await write();
  return { town, stage, told, gateway, sms, write, tell, deposit, statesOf };
}

test('a deposit and a withdrawal are told once each, in the language of the person, with no number in it', async () => {
  const { town, stage, told, tell, deposit, write, statesOf } = await tellingTown();
  const paid = await deposit();
  expect(await write()).toBe(0);
  await tell();
  await tell();
  expect(told.map(({ to }) => to)).toEqual([town.awa.person.phone]);
  expect(told[0]?.text).toContain('9 850 F CFA sont dans votre portefeuille');
  expect(await statesOf(paid)).toEqual(['arrived sent']);

  await town.inTx(async (tx) => await changeProfile(tx, { personId: town.awa.person.id, locale: 'en' }));
  const { paymentId } = granted(await town.ask(town.awa.person, 5_000n));
  granted(await town.confirm(town.awa, paymentId));
  await send(stage);
  const paidOut = {
    found: 'yes',
    status: 'succeeded',
    word: 'paid',
    paid: { amount: 5_000n, currency: 'XOF' },
    references: { reference: 'OUT-1' },
  } as const;
  await settleWith(stage, paymentId, paidOut);
  expect((await listEventsOf(stage.db, paymentId)).at(-1)?.name).toBe('payment.succeeded');
  await tell();
  expect(told[1]?.text).toContain('withdrawal of 5,000 F CFA paid by');
  expect(told[1]?.text).not.toContain(town.awa.person.phone.slice(-4));
  expect(told).toHaveLength(2);
});

test('who does not want messages, old news, a spent budget and a full day each leave a row that says so', async () => {
  const { town, stage, told, tell, deposit, write, statesOf } = await tellingTown();
  const wants = async (wantsMessages: boolean) =>
    await town.inTx(async (tx) => await changeProfile(tx, { personId: town.awa.person.id, wantsMessages }));
  await wants(false);
  const unwanted = await deposit();
  await tell();
  await wants(true);
  const late = await deposit();
  stage.clock.advance(EVENTS_SETTLE_MS + SECOND_MS);
  await write();
  stage.clock.advance(HOUR_MS);
  await tell();
  const overBudget = await deposit();
  await tell(2);
  expect(await statesOf(unwanted)).toEqual(['arrived unwanted']);
  expect(await statesOf(late)).toEqual(['arrived too-late']);
  expect(await statesOf(overBudget)).toEqual(['arrived kept-back']);
  expect(told).toEqual([]);
  const many = [];
  for (let n = 0; n < 13; n++) many.push(await deposit());
  await tell();
  expect(told).toHaveLength(12);
  expect(await statesOf(many.at(-1) ?? '')).toEqual(['arrived kept-back']);
}, 20_000);

test('four processes at once send one message, and one that the relay refused is not sent again', async () => {
  const { stage, told, gateway, sms, tell, write, deposit, statesOf } = await tellingTown();
  const first = await deposit();
  stage.clock.advance(EVENTS_SETTLE_MS + SECOND_MS);
  const four = [1, 2, 3, 4];
  const read = await Promise.all(four.map(write));
  expect(read.reduce((sum, one) => sum + one, 0)).toBe(1);
  const options = { sms, perDay: 300, limit: 100 };
  await Promise.all(four.map(async () => await sendMessagesOnce(stage.db, stage.ground, options)));
  expect(told).toHaveLength(1);
  expect(await statesOf(first)).toEqual(['arrived sent']);
  gateway.outcome = 'failed';
  const second = await deposit();
  await tell();
  await tell();
  expect(told).toHaveLength(2);
  expect(await statesOf(second)).toEqual(['arrived failed']);
});

test('a process that dies with a message in its hand leaves it unsent for good', async () => {
  const { stage, sms, tell, deposit, statesOf } = await tellingTown();
  const paid = await deposit();
  stage.clock.advance(EVENTS_SETTLE_MS + SECOND_MS);
  await writeMessagesOnce(stage.db, stage.ground, 100);
  const dying = { ...sms, send: async () => await Promise.reject(new Error('the process ends')) };
  const options = { sms: dying, perDay: 300, limit: 100 };
  await expect(sendMessagesOnce(stage.db, stage.ground, options)).rejects.toThrow();
  await tell();
  expect(await statesOf(paid)).toEqual(['arrived sending']);
});
