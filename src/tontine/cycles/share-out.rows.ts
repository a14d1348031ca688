/**
 * Keeps what was shared out of a group's common fund in the tables `share_outs` and `share_out_parts`.
 */
import type { AccountId } from '../../ground/ledger/account.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';

interface ShareOutTable {
  id: string;
  group_id: string;
  cycle_id: string;
  request_id: string;
  total: bigint;
  shares: number;
  at: Date;
}

interface ShareOutPartTable {
  id: string;
  share_out_id: string;
  group_id: string;
  membership_id: string;
  shares: number;
  account_id: string;
  in_notes: boolean;
  amount: bigint;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    share_outs: ShareOutTable;
    share_out_parts: ShareOutPartTable;
  }
}

export interface ShareOut {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string;
  readonly requestId: string;
  /** In the smallest unit of the group's currency. */
  readonly total: bigint;
  /** Among how many shares. */
  readonly shares: number;
  readonly at: Date;
}

/** What a member receives from one account. */
export interface ShareOutPart {
  readonly id: string;
  readonly membershipId: string;
  /** How many shares the member held. */
  readonly shares: number;
  readonly accountId: AccountId;
  readonly inNotes: boolean;
  readonly amount: bigint;
}

/** The database refuses parts that are not the whole, and a second one in a cycle. */
export async function insertShareOut(tx: Tx, made: ShareOut, parts: readonly ShareOutPart[]): Promise<void> {
  await tx
    .insertInto('share_outs')
    .values({
      id: made.id,
      group_id: made.groupId,
      cycle_id: made.cycleId,
      request_id: made.requestId,
      total: made.total,
      shares: made.shares,
      at: made.at,
    })
    .execute();
  await tx
    .insertInto('share_out_parts')
    .values(
      parts.map((part) => ({
        id: part.id,
        share_out_id: made.id,
        group_id: made.groupId,
        membership_id: part.membershipId,
        shares: part.shares,
        account_id: part.accountId,
        in_notes: part.inNotes,
        amount: part.amount,
      })),
    )
    .execute();
}

export async function findShareOut(reader: Reader, cycleId: string): Promise<ShareOut | undefined> {
  return await reader
    .selectFrom('share_outs')
    .select([
      'id',
      'group_id as groupId',
      'cycle_id as cycleId',
      'request_id as requestId',
      'total',
      'shares',
      'at',
    ])
    .where('cycle_id', '=', cycleId)
    .executeTakeFirst();
}

/** In the order in which they were reckoned. */
export async function listShareOutParts(reader: Reader, shareOutId: string): Promise<ShareOutPart[]> {
  const rows = await reader
    .selectFrom('share_out_parts')
    .select(['id', 'membership_id as membershipId', 'shares', 'account_id', 'in_notes as inNotes', 'amount'])
    .where('share_out_id', '=', shareOutId)
    .orderBy('id')
    .execute();
  return rows.map(({ account_id, ...part }) => ({ ...part, accountId: account_id as AccountId }));
}
