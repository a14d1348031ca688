/**
 * Keeps wishes to exchange two turns in the table `swaps`.
 */
import type { Reader, Tx } from '../../ground/postgres/database.ts';

export type SwapState =
  | 'asked' // both owners and an officer must agree
  | 'done' // the two turns have changed places
  | 'refused' // somebody said no
  | 'lapsed'; // nobody answered in time, or a share left the cycle or got another owner meanwhile

interface SwapTable {
  id: string;
  group_id: string;
  cycle_id: string;
  share_a: string;
  share_b: string;
  requested_by: string;
  requested_at: Date;
  expires_at: Date;
  consent_a_at: Date | null;
  consent_b_at: Date | null;
  state: SwapState;
  ended_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    swaps: SwapTable;
  }
}

export interface Swap {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string;
  readonly shareA: string;
  readonly shareB: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly consentAAt: Date | null;
  readonly consentBAt: Date | null;
  readonly state: SwapState;
  readonly endedAt: Date | null;
}

const COLUMNS = [
  'id',
  'group_id as groupId',
  'cycle_id as cycleId',
  'share_a as shareA',
  'share_b as shareB',
  'requested_by as requestedBy',
  'requested_at as requestedAt',
  'expires_at as expiresAt',
  'consent_a_at as consentAAt',
  'consent_b_at as consentBAt',
  'state',
  'ended_at as endedAt',
] as const;

/** False when the id was used for something else. */
export async function insertSwap(tx: Tx, swap: Swap): Promise<boolean> {
  const inserted = await tx
    .insertInto('swaps')
    .values({
      id: swap.id,
      group_id: swap.groupId,
      cycle_id: swap.cycleId,
      share_a: swap.shareA,
      share_b: swap.shareB,
      requested_by: swap.requestedBy,
      requested_at: swap.requestedAt,
      expires_at: swap.expiresAt,
      consent_a_at: swap.consentAAt,
      consent_b_at: swap.consentBAt,
      state: swap.state,
      ended_at: swap.endedAt,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function findSwap(
  reader: Reader,
  at: { readonly groupId: string; readonly swapId: string },
): Promise<Swap | undefined> {
  return await reader
    .selectFrom('swaps')
    .select(COLUMNS)
    .where('id', '=', at.swapId)
    .where('group_id', '=', at.groupId)
    .executeTakeFirst();
}

/** Swaps of a cycle, newest first. */
export async function listSwaps(reader: Reader, cycleId: string): Promise<Swap[]> {
  return await reader
    .selectFrom('swaps')
    .select(COLUMNS)
    .where('cycle_id', '=', cycleId)
    .orderBy('id', 'desc')
    .execute();
}

export async function markSwapConsent(tx: Tx, swap: Swap): Promise<void> {
  await tx
    .updateTable('swaps')
    .set({ consent_a_at: swap.consentAAt, consent_b_at: swap.consentBAt })
    .where('id', '=', swap.id)
    .where('state', '=', 'asked')
    .execute();
}

export async function markSwapEnded(
  tx: Tx,
  swapId: string,
  state: Exclude<SwapState, 'asked'>,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('swaps')
    .set({ state, ended_at: at })
    .where('id', '=', swapId)
    .where('state', '=', 'asked')
    .execute();
}
