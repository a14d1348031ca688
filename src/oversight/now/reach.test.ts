import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { after, HOUR_MS, MINUTE_MS } from '../../ground/clock.ts';
import { acceptedDeposit, depositStage } from '../../rails/testing/deposit-stage.ts';
import { listReach } from './board.rows.ts';

test('what was answered, what was lost and what the breaker kept back are told apart', async () => {
  const stage = await depositStage();
  const read = async (now = stage.clock.now()) =>
    await listReach(stage.db, { askedSince: after(now, -HOUR_MS), since: after(now, -10 * MINUTE_MS) });
  expect(await read()).toEqual([]);
  await acceptedDeposit(stage);
  stage.provider.nextCreate = 'not-sent';
  await acceptedDeposit(stage);
  const kept = await acceptedDeposit(stage);
  // The scripted provider has no breaker: its word is written as the adapter would have said it.
  await sql`update provider_commands set evidence = 'breaker-open' where payment_id = ${kept}
    and state = 'not-sent'`.execute(stage.db);
  const now = stage.clock.now();
  expect(await read()).toEqual([
    { direction: 'in', answered: 1n, lost: 1n, held_back: 1n, last_answered: now, last_held_back: now },
  ]);
  stage.clock.advance(11 * MINUTE_MS);
  expect(await read()).toEqual([]);
});
