/**
 * Opens an account, so that transfers may name it.
 *
 * Opening twice is opening once, so every act may open what it needs first. A closed account stays closed. It refuses
 * nothing; an id that was not made by `accountId` is a broken invariant.
 */
import type { Ground } from '../ground.ts';
import type { Tx } from '../postgres/database.ts';
import { insertAccount } from './account.rows.ts';
import { type AccountId, accountCurrency, accountKind, CHART } from './account.ts';

export async function openAccount(tx: Tx, ground: Ground, id: AccountId): Promise<void> {
  const kind = accountKind(id);
  await insertAccount(tx, {
    id,
    kind,
    currency: accountCurrency(id),
    ...CHART[kind],
    openedAt: ground.clock.now(),
  });
}
