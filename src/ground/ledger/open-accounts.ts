/**
 * Opens several accounts in one statement, so that a batch of transfers may name them.
 *
 * Opening twice is opening once, as in `open-account.ts`. They are opened in the order of their ids, by whoever comes:
 * two transactions that need the same new accounts wait for each other and never deadlock.
 */
import type { Ground } from '../ground.ts';
import type { Tx } from '../postgres/database.ts';
import { insertAccounts } from './account.rows.ts';
import { type AccountId, accountCurrency, accountKind, CHART } from './account.ts';

export async function openAccounts(tx: Tx, ground: Ground, ids: readonly AccountId[]): Promise<void> {
  if (ids.length === 0) return;
  const openedAt = ground.clock.now();
  await insertAccounts(
    tx,
    [...new Set(ids)].map((id) => {
      const kind = accountKind(id);
      return { id, kind, currency: accountCurrency(id), ...CHART[kind], openedAt };
    }),
  );
}
