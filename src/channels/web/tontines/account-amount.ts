/**
 * Reads what is on an account of a group; nothing on one that was never opened.
 */
import type { AccountId } from '../../../ground/ledger/account.ts';
import { readBalance } from '../../../ground/ledger/balance.ts';
import type { Reader } from '../../../ground/postgres/database.ts';

export async function amountOn(reader: Reader, account: AccountId): Promise<bigint> {
  return (await readBalance(reader, account))?.posted ?? 0n;
}
