import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../ground/clock.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { findTrailPage } from '../audit/audit-entry.rows.ts';
import { type Office, openOffice } from '../testing/office.ts';
import { listOpenAlerts, listResolvedAlerts, lockRules } from './alert.rows.ts';
import type { AlertGateway, AlertMessage } from './alert-gateway.ts';
import type { Finding } from './alert-rule.ts';
import { changeRule } from './change-rule.ts';
import { deliverAlertsOnce } from './deliver-alerts-once.ts';
import { type AlertHandling, handleAlert } from './handle-alert.ts';
import { raiseFindings } from './raise-findings.ts';

const LOW: Finding = { rule: 'float-low', subject: 'XOF', measured: '900' };
const BROKEN: Finding = { rule: 'chain-broken', subject: 'ledger', measured: 'nº 7' };

async function look(office: Office, ...found: Finding[]): Promise<number> {
  return await inTransaction(
    office.db,
    async (tx) =>
      await raiseFindings(tx, office.ground, {
        found,
        rules: await lockRules(tx),
        channels: ['email', 'webhook'],
        complete: true,
      }),
  );
}

/** A way out that remembers what it was given, and takes it unless told otherwise. */
function outbox(channel: 'email' | 'webhook') {
  const sent: AlertMessage[] = [];
  const gateway: AlertGateway & { takes: boolean } = {
    channel,
    takes: true,
    async send(message) {
      sent.push(message);
      return gateway.takes ? 'sent' : 'failed';
    },
  };
  return { gateway, sent };
}

async function handle(office: Office, alertId: string, handling: AlertHandling, by = office.support) {
  return await inTransaction(
    office.db,
    async (tx) => await handleAlert(tx, office.ground, by, { alertId, handling }),
  );
}

test('an alarm that comes and goes every minute is one message until its cool-down is over', async () => {
  const office = await openOffice();
  let told = 0;
  for (let minute = 0; minute < 119; minute++) {
    told += minute % 2 === 0 ? await look(office, LOW) : await look(office);
    office.ground.clock.advance(MINUTE_MS);
  }
  expect(told).toBe(1);
  office.ground.clock.advance(MINUTE_MS);
  expect(await look(office, LOW)).toBe(1);
  expect(await listOpenAlerts(office.db)).toHaveLength(1);
});

test('one group is one row however often it is seen; another subject is another one', async () => {
  const office = await openOffice();
  for (let time = 0; time < 5; time++) await look(office, LOW, { ...LOW, subject: 'XAF' });
  const open = await listOpenAlerts(office.db);
  expect(open.map((alert) => [alert.subject, alert.times])).toEqual([
    ['XAF', 5],
    ['XOF', 5],
  ]);
});

test('two processes that look at once raise it once', async () => {
  const office = await openOffice();
  const told = await Promise.all([look(office, LOW), look(office, LOW), look(office, LOW)]);
  expect(told.toSorted()).toEqual([0, 0, 1]);
});

test('what is over resolves itself and says so; a broken chain waits for a person', async () => {
  const office = await openOffice();
  const email = outbox('email');
  const webhook = outbox('webhook');
  const deliver = async () =>
    await deliverAlertsOnce(office.db, office.ground, [email.gateway, webhook.gateway], 20);
  await look(office, LOW, BROKEN);
  office.ground.clock.advance(MINUTE_MS);
  await look(office);
  expect((await listOpenAlerts(office.db)).map((alert) => alert.rule)).toEqual(['chain-broken']);
  expect((await listResolvedAlerts(office.db, 9))[0]?.resolvedBy).toBe('by itself');
  await deliver();
  expect(email.sent.map(({ what, alert }) => `${what} ${alert.rule}`).toSorted()).toEqual([
    'raised chain-broken',
    'raised float-low',
    'resolved float-low',
  ]);
  expect(await deliver()).toBe(0);
  expect(webhook.sent).toHaveLength(3);
});

test('a message that is not taken is tried again, ever more rarely, and given up at last', async () => {
  const office = await openOffice();
  const email = outbox('email');
  email.gateway.takes = false;
  await look(office, LOW);
  const deliver = async () => await deliverAlertsOnce(office.db, office.ground, [email.gateway], 20);
  await deliver();
  expect(await deliver()).toBe(0);
  for (let hour = 0; hour < 24; hour++) {
    office.ground.clock.advance(HOUR_MS);
    await deliver();
  }
  expect(email.sent).toHaveLength(7);
  expect(new Set(email.sent.map((message) => message.id)).size).toBe(1);
});

test('whoever takes or silences an alarm is left in peace; saying that it is over takes a reason', async () => {
  const office = await openOffice();
  await look(office, LOW, BROKEN);
  const [broken, low] = await listOpenAlerts(office.db);
  if (broken === undefined || low === undefined) throw new Error('nothing was raised');
  expect(await handle(office, low.id, { how: 'acknowledged' })).toMatchObject({ ok: true });
  expect(await handle(office, broken.id, { how: 'silenced', hours: 8 })).toMatchObject({ ok: true });
  office.ground.clock.advance(3 * HOUR_MS);
  expect(await look(office, LOW, BROKEN)).toBe(0);
  office.ground.clock.advance(6 * HOUR_MS);
  expect(await look(office, LOW, BROKEN)).toBe(1);
  const over = async (reason: string) => await handle(office, broken.id, { how: 'resolved', reason });
  expect(await over(' ')).toMatchObject({ refusal: { code: 'console-reason-missing' } });
  expect(await over('Sauvegarde restaurée')).toMatchObject({ ok: true });
  expect(await over('encore')).toMatchObject({ refusal: { code: 'alert-absent' } });
  const acts = (await findTrailPage(office.db, { limit: 9 })).map((entry) => entry.act);
  expect(acts).toEqual(['alert.resolved', 'alert.silenced', 'alert.acknowledged']);
});

test('only an admin changes a rule, with figures that can be read', async () => {
  const office = await openOffice();
  const change = async (threshold: string, by = office.admin) =>
    await inTransaction(
      office.db,
      async (tx) =>
        await changeRule(tx, office.ground, by, {
          rule: 'float-low',
          threshold,
          cooldown_min: '30',
          enabled: true,
        }),
    );
  expect(await change('5', office.first)).toMatchObject({ refusal: { code: 'console-not-permitted' } });
  expect(await change('-5')).toMatchObject({ refusal: { code: 'alert-figures-unreadable' } });
  expect(await change('1 000 000')).toMatchObject({ ok: true });
  const [entry] = await findTrailPage(office.db, { limit: 1 });
  expect(entry).toMatchObject({
    before: '{"cooldown-min":"120","enabled":"true","threshold":"100000"}',
    after: '{"cooldown-min":"30","enabled":"true","threshold":"1000000"}',
  });
});
