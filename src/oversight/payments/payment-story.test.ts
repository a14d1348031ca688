import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { findOldestOpen } from '../../rails/payments/oldest-open.rows.ts';
import { findPayment } from '../../rails/payments/payment.rows.ts';
import { acceptedDeposit, depositStage, paidDeposit, settleWith } from '../../rails/testing/deposit-stage.ts';
import { gatherPerson } from '../person/gather-person.ts';
import { readPaymentStory } from './payment-story.ts';

test('a story whose events are archived says where they are, and so does what a person is given', async () => {
  const stage = await depositStage();
  const { db } = stage;
  const payment = await findPayment(db, await paidDeposit(stage));
  if (payment === undefined) throw new Error('there is no payment');
  const kinds = async () => (await readPaymentStory(db, payment)).map(({ kind }) => kind);
  expect(await kinds()).not.toContain('archive');
  await sql`insert into month_archives (file, kind, covers_from, covers_until, rows, sha256, archived_at, dropped_at)
    select name, 'events', null, until::timestamptz, 1, repeat('0', 64), '2029-01-01Z',
      case when is_gone then '2029-01-01Z'::timestamptz end
    from (values ('before', '2026-01-01Z', true), ('its own', '2026-02-01Z', true), ('kept', '2026-03-01Z', false))
      as a(name, until, is_gone)`.execute(db);
  const story = await readPaymentStory(db, payment);
  expect(story[0]).toMatchObject({ kind: 'archive', file: 'its own', until: new Date('2026-02-01Z') });
  expect((await kinds()).filter((kind) => kind === 'archive')).toHaveLength(1);
  expect((await kinds()).filter((kind) => kind === 'event').length).toBeGreaterThan(2);
  const person = { id: payment.ownerId, phone: payment.phone };
  expect(await gatherPerson(db, person, stage.clock.now())).toContain(
    '"events_also_in": ["before","its own"]',
  );
});

test('what is open is found wherever it waits: on its way, or with people', async () => {
  const stage = await depositStage();
  await paidDeposit(stage);
  expect(await findOldestOpen(stage.db)).toBeUndefined();
  stage.clock.advance(1_000);
  const openedAt = stage.clock.now();
  const doubtful = await acceptedDeposit(stage);
  stage.clock.advance(1_000);
  await acceptedDeposit(stage);
  expect(await findOldestOpen(stage.db)).toEqual(openedAt);
  const references = { reference: stage.provider.truth.at(-2)?.reference ?? '' };
  const paid = { amount: 7n, currency: 'XOF' } as const;
  await settleWith(stage, doubtful, { found: 'yes', status: 'succeeded', word: 'ok', references, paid });
  expect((await findPayment(stage.db, doubtful))?.state).toBe('review');
  expect(await findOldestOpen(stage.db)).toEqual(openedAt);
});
