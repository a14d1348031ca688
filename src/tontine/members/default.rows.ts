/**
 * Keeps shares that took their pot and stopped paying in the tables `defaults`, `default_claims` and `default_covers`.
 */
import type { Reader, Tx } from '../../ground/postgres/database.ts';

/** Who paid for a defaulter, as rows and by-laws name it. */
export type CoverSourceName =
  | 'deposit' // the defaulter's own caution
  | 'guarantor' // who signed for the defaulter
  | 'guarantee' // the cautions of all
  | 'pro-rata' // those whose pots fall short, each in proportion
  | 'defaulter'; // the defaulter, late

interface DefaultTable {
  id: string;
  group_id: string;
  cycle_id: string;
  share_id: string;
  membership_id: string;
  debt: bigint;
  covered: bigint;
  recovered: bigint;
  declared_by: string;
  reason: string;
  declared_at: Date;
  settled_at: Date | null;
}

interface DefaultClaimTable {
  default_id: string;
  share_id: string;
  amount: bigint;
  covered: bigint;
}

interface DefaultCoverTable {
  id: string;
  default_id: string;
  source: CoverSourceName;
  payer_id: string | null;
  amount: bigint;
  at: Date;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    defaults: DefaultTable;
    default_claims: DefaultClaimTable;
    default_covers: DefaultCoverTable;
  }
}

export interface ShareDefault {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string;
  readonly shareId: string;
  readonly membershipId: string;
  readonly debt: bigint;
  readonly covered: bigint;
  readonly recovered: bigint;
  readonly declaredBy: string;
  readonly reason: string;
  readonly declaredAt: Date;
  readonly settledAt: Date | null;
}

const COLUMNS = [
  'id',
  'group_id as groupId',
  'cycle_id as cycleId',
  'share_id as shareId',
  'membership_id as membershipId',
  'debt',
  'covered',
  'recovered',
  'declared_by as declaredBy',
  'reason',
  'declared_at as declaredAt',
  'settled_at as settledAt',
] as const;

/** False when the share was declared before: a defaulter is charged once. */
export async function insertDefault(tx: Tx, row: ShareDefault): Promise<boolean> {
  const inserted = await tx
    .insertInto('defaults')
    .values({
      id: row.id,
      group_id: row.groupId,
      cycle_id: row.cycleId,
      share_id: row.shareId,
      membership_id: row.membershipId,
      debt: row.debt,
      covered: row.covered,
      recovered: row.recovered,
      declared_by: row.declaredBy,
      reason: row.reason,
      declared_at: row.declaredAt,
      settled_at: row.settledAt,
    })
    .onConflict((conflict) => conflict.column('share_id').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function findDefault(
  reader: Reader,
  at: { readonly groupId: string; readonly defaultId: string },
): Promise<ShareDefault | undefined> {
  return await reader
    .selectFrom('defaults')
    .select(COLUMNS)
    .where('id', '=', at.defaultId)
    .where('group_id', '=', at.groupId)
    .executeTakeFirst();
}

export async function findDefaultOfShare(reader: Reader, shareId: string): Promise<ShareDefault | undefined> {
  return await reader
    .selectFrom('defaults')
    .select(COLUMNS)
    .where('share_id', '=', shareId)
    .executeTakeFirst();
}

export async function listDefaults(reader: Reader, cycleId: string): Promise<ShareDefault[]> {
  return await reader
    .selectFrom('defaults')
    .select(COLUMNS)
    .where('cycle_id', '=', cycleId)
    .orderBy('id')
    .execute();
}

export async function markDefault(
  tx: Tx,
  row: Pick<ShareDefault, 'id' | 'covered' | 'recovered' | 'settledAt'>,
): Promise<void> {
  await tx
    .updateTable('defaults')
    .set({ covered: row.covered, recovered: row.recovered, settled_at: row.settledAt })
    .where('id', '=', row.id)
    .execute();
}

export interface DefaultClaim {
  readonly shareId: string;
  readonly amount: bigint;
  /** What of it somebody has covered. */
  readonly covered: bigint;
}

export async function insertDefaultClaims(
  tx: Tx,
  defaultId: string,
  claims: readonly DefaultClaim[],
): Promise<void> {
  if (claims.length === 0) return;
  await tx
    .insertInto('default_claims')
    .values(
      claims.map((claim) => ({
        default_id: defaultId,
        share_id: claim.shareId,
        amount: claim.amount,
        covered: claim.covered,
      })),
    )
    .execute();
}

export async function listDefaultClaims(reader: Reader, defaultId: string): Promise<DefaultClaim[]> {
  return await reader
    .selectFrom('default_claims')
    .select(['share_id as shareId', 'amount', 'covered'])
    .where('default_id', '=', defaultId)
    .orderBy('share_id')
    .execute();
}

export async function markClaimCovered(
  tx: Tx,
  defaultId: string,
  claim: Pick<DefaultClaim, 'shareId' | 'covered'>,
): Promise<void> {
  await tx
    .updateTable('default_claims')
    .set({ covered: claim.covered })
    .where('default_id', '=', defaultId)
    .where('share_id', '=', claim.shareId)
    .execute();
}

export interface DefaultCover {
  readonly id: string;
  readonly source: CoverSourceName;
  /** The membership that paid; nobody, for a fund. */
  readonly payerId: string | null;
  readonly amount: bigint;
  readonly at: Date;
}

export async function insertDefaultCover(tx: Tx, defaultId: string, cover: DefaultCover): Promise<void> {
  await tx
    .insertInto('default_covers')
    .values({
      id: cover.id,
      default_id: defaultId,
      source: cover.source,
      payer_id: cover.payerId,
      amount: cover.amount,
      at: cover.at,
    })
    .execute();
}

export async function listDefaultCovers(reader: Reader, defaultId: string): Promise<DefaultCover[]> {
  return await reader
    .selectFrom('default_covers')
    .select(['id', 'source', 'payer_id as payerId', 'amount', 'at'])
    .where('default_id', '=', defaultId)
    .orderBy('id')
    .execute();
}

/** Whether a guarantor gave this money for a share in default: its cover was written at the same instant. */
export async function isDefaultCover(
  reader: Reader,
  given: {
    readonly membershipId: string;
    readonly payerId: string;
    readonly amount: bigint;
    readonly confirmedAt: Date | null;
  },
): Promise<boolean> {
  if (given.confirmedAt === null) return false;
  const found = await reader
    .selectFrom('default_covers')
    .innerJoin('defaults', 'defaults.id', 'default_covers.default_id')
    .select('default_covers.id')
    .where('defaults.membership_id', '=', given.membershipId)
    .where('default_covers.payer_id', '=', given.payerId)
    .where('default_covers.amount', '=', given.amount)
    .where('default_covers.at', '=', given.confirmedAt)
    .executeTakeFirst();
  return found !== undefined;
}
