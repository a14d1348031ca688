/**
 * Sets the stage for tests of the ledger: a few accounts, and transfers that say only what matters.
 */
import type { Ground } from '../../ground.ts';
import type { Uuid } from '../../identifiers.ts';
import type { Db } from '../../postgres/database.ts';
import { inTransaction } from '../../postgres/in-transaction.ts';
import { type AccountId, accountId } from '../account.ts';
import { openAccount } from '../open-account.ts';
import { postTransfers } from '../post-transfers.ts';
import type { Transfer } from '../transfer.ts';
import type { TransferCode } from '../transfer-code.ts';

export const FLOAT = accountId('float', 'getmipay', 'XOF');
export const FEES = accountId('fees-platform', 'all', 'XOF');
export const AWA = accountId('member', 'per_awa', 'XOF');
export const KOFI = accountId('member', 'per_kofi', 'XOF');
export const POT = accountId('pot', 'cyc_1', 'XOF');
export const AWA_XAF = accountId('member', 'per_awa', 'XAF');
export const NEVER_OPENED = accountId('member', 'per_nobody', 'XOF');

/** A single transfer of 100 francs from the float to Awa, changed as told. */
export function transfer(id: Uuid, changes: Partial<Transfer> = {}): Transfer {
  return {
    id,
    kind: 'single',
    debit: FLOAT,
    credit: AWA,
    amount: 100n,
    journal: { id: 'jrn_1', kind: 'deposit.settled', occurredAt: new Date('2026-01-05T07:59:00.000Z') },
    ...changes,
  };
}

export async function openAll(
  db: Db,
  ground: Ground,
  accounts: readonly AccountId[] = [FLOAT, FEES, AWA, KOFI, POT, AWA_XAF],
): Promise<void> {
  await inTransaction(db, async (tx) => {
    for (const account of accounts) await openAccount(tx, ground, account);
  });
}

/** Posts in a transaction of its own. */
export async function post(
  db: Db,
  ground: Ground,
  ...transfers: readonly Transfer[]
): Promise<TransferCode[]> {
  return await inTransaction(db, async (tx) => await postTransfers(tx, ground, transfers));
}
