import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshDatabase } from '../testing/fresh-database.ts';
import type { Reader } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import { pinPlans } from './pin-plans.ts';

async function modeOf(reader: Reader): Promise<unknown> {
  const asked = await sql<{ mode: string; walks: string }>`select current_setting('plan_cache_mode') as mode,
    current_setting('enable_seqscan') as walks`.execute(reader);
  return asked.rows[0];
}

test('plans are pinned until the transaction ends, and no longer', async () => {
  const { db } = await freshDatabase();
  await db.connection().execute(async (connection) => {
    await inTransaction(connection, async (tx) => {
      await pinPlans(tx);
      expect(await modeOf(tx)).toEqual({ mode: 'force_generic_plan', walks: 'off' });
    });
    expect(await modeOf(connection)).toEqual({ mode: 'auto', walks: 'on' });
  });
});
