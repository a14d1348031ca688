/**
 * Keeps requests on the solidarity fund in the table `aid_claims`.
 */
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';

export type AidClaimState =
  | 'asked' // the officers must agree
  | 'granted' // agreed to; notes are still to be handed over
  | 'paid' // all of it was handed over
  | 'refused'; // the officers said no

interface AidClaimTable {
  id: string;
  group_id: string;
  cycle_id: string | null;
  membership_id: string;
  event: string;
  about: string;
  happened_on: string;
  currency: Currency;
  amount: bigint;
  proof: string | null;
  wallet_paid: bigint;
  cash_waiting: bigint;
  cash_paid: bigint;
  state: AidClaimState;
  asked_by: string;
  asked_at: Date;
  ended_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    aid_claims: AidClaimTable;
  }
}

export interface AidClaim {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string | null;
  /** Who is helped. */
  readonly membershipId: string;
  readonly event: string;
  /** Whom it happened to, so that one event is helped once. */
  readonly about: string;
  /** `YYYY-MM-DD` */
  readonly happenedOn: string;
  readonly currency: Currency;
  readonly amount: bigint;
  /** Which paper was shown. */
  readonly proof: string | null;
  readonly walletPaid: bigint;
  readonly cashWaiting: bigint;
  readonly cashPaid: bigint;
  readonly state: AidClaimState;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly endedAt: Date | null;
}

const COLUMNS = [
  'id',
  'group_id as groupId',
  'cycle_id as cycleId',
  'membership_id as membershipId',
  'event',
  'about',
  'happened_on as happenedOn',
  'currency',
  'amount',
  'proof',
  'wallet_paid as walletPaid',
  'cash_waiting as cashWaiting',
  'cash_paid as cashPaid',
  'state',
  'asked_by as askedBy',
  'asked_at as askedAt',
  'ended_at as endedAt',
] as const;

/** False when this event of this member was claimed before. */
export async function insertAidClaim(tx: Tx, claim: AidClaim): Promise<boolean> {
  const inserted = await tx
    .insertInto('aid_claims')
    .values({
      id: claim.id,
      group_id: claim.groupId,
      cycle_id: claim.cycleId,
      membership_id: claim.membershipId,
      event: claim.event,
      about: claim.about,
      happened_on: claim.happenedOn,
      currency: claim.currency,
      amount: claim.amount,
      proof: claim.proof,
      wallet_paid: claim.walletPaid,
      cash_waiting: claim.cashWaiting,
      cash_paid: claim.cashPaid,
      state: claim.state,
      asked_by: claim.askedBy,
      asked_at: claim.askedAt,
      ended_at: claim.endedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function findAidClaim(reader: Reader, id: string): Promise<AidClaim | undefined> {
  return await reader.selectFrom('aid_claims').select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** Newest first. */
export async function listAidClaims(
  reader: Reader,
  groupId: string,
  page: { readonly before?: string; readonly limit: number },
): Promise<AidClaim[]> {
  let query = reader
    .selectFrom('aid_claims')
    .select(COLUMNS)
    .where('group_id', '=', groupId)
    .orderBy('id', 'desc')
    .limit(page.limit);
  if (page.before !== undefined) query = query.where('id', '<', page.before);
  return await query.execute();
}

/** Writes how far a claim has come. */
export async function markAidClaim(
  tx: Tx,
  claim: Pick<AidClaim, 'id' | 'state' | 'walletPaid' | 'cashWaiting' | 'cashPaid' | 'endedAt'>,
): Promise<void> {
  await tx
    .updateTable('aid_claims')
    .set({
      state: claim.state,
      wallet_paid: claim.walletPaid,
      cash_waiting: claim.cashWaiting,
      cash_paid: claim.cashPaid,
      ended_at: claim.endedAt,
    })
    .where('id', '=', claim.id)
    .execute();
}
