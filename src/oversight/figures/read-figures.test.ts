import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { HOUR_MS } from '../../ground/clock.ts';
import { openPostgres } from '../../ground/postgres/database.ts';
import { freshDatabase, testGround } from '../../ground/testing/fresh-database.ts';
import { acceptedDeposit, asked, depositStage, paidDeposit } from '../../rails/testing/deposit-stage.ts';
import { FIGURES } from './figure.ts';
import { readFigures } from './read-figures.ts';

test('figures are what the rows say at this moment', async () => {
  const stage = await depositStage();
  await paidDeposit(stage);
  await asked(stage);
  await asked(stage);
  const figures = await readFigures(stage.db, stage.clock);
  const of = (name: string) => figures.filter((figure) => figure.name === name);
  expect(of('tontine_database_up')).toMatchObject([{ value: 1 }]);
  expect(of('tontine_payments_open')).toEqual([
    { name: 'tontine_payments_open', labels: { direction: 'in', state: 'created' }, value: 2 },
  ]);
  expect(of('tontine_payments_succeeded_hour')).toMatchObject([{ labels: { direction: 'in' }, value: 1 }]);
  expect(of('tontine_settle_seconds').map(({ labels }) => labels.quantile)).toEqual(['0.5', '0.95']);
  expect(of('tontine_float')).toMatchObject([{ labels: { currency: 'XOF' }, value: 9_850 }]);
  expect(of('tontine_reviews_open')).toMatchObject([{ value: 0 }]);
  for (const { name, labels } of figures) expect(Object.keys(labels)).toEqual([...FIGURES[name].labels]);

  stage.clock.advance(2 * HOUR_MS);
  const later = await readFigures(stage.db, stage.clock);
  expect(later.filter(({ name }) => name === 'tontine_payments_succeeded_hour')).toEqual([]);
});

test('a breaker that keeps instructions back is a figure, until the provider answers again', async () => {
  const stage = await depositStage();
  const open = async () =>
    (await readFigures(stage.db, stage.clock))
      .filter(({ name }) => name === 'tontine_breaker_open')
      .map(({ labels, value }) => [labels.direction, value]);
  const [shut, kept] = [
    [
      ['in', 0],
      ['out', 0],
    ],
    [
      ['in', 1],
      ['out', 0],
    ],
  ];
  await acceptedDeposit(stage);
  expect(await open()).toEqual(shut);
  stage.clock.advance(1_000);
  stage.provider.nextCreate = 'not-sent';
  const payment = await acceptedDeposit(stage);
  // The scripted provider has no breaker: its word is written as the adapter would have said it.
  await sql`update provider_commands set evidence = 'breaker-open' where payment_id = ${payment}
    and state = 'not-sent'`.execute(stage.db);
  expect(await open()).toEqual(kept);
  stage.clock.advance(1_000);
  stage.provider.nextCreate = 'accept';
  await acceptedDeposit(stage);
  expect(await open()).toEqual(shut);
});

test('on empty books nothing is missing that an alarm would need', async () => {
  const { db } = await freshDatabase();
  const names = new Set((await readFigures(db, testGround().clock)).map(({ name }) => name));
  expect(names).toContain('tontine_payment_unknown_oldest_seconds');
  expect(names).toContain('tontine_review_oldest_seconds');
  expect(names).toContain('tontine_sms_sent_today');
  expect(names).toContain('tontine_months_ahead');
  expect(names).toContain('tontine_month_unarchived_seconds');
});

test('a database that is away is a figure as well', async () => {
  const open = openPostgres('postgres://nobody:x@127.0.0.1:1/none', { onError: () => undefined });
  expect(await readFigures(open.db, testGround().clock)).toEqual([
    { name: 'tontine_database_up', labels: {}, value: 0 },
  ]);
  await open.close();
});
