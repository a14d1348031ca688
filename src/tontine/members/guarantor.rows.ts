/**
 * Keeps who answers for which share in the table `guarantors`.
 */
import type { Reader, Tx } from '../../ground/postgres/database.ts';

interface GuarantorTable {
  cycle_id: string;
  share_id: string;
  group_id: string;
  membership_id: string;
  agreed_at: Date;
  ended_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    guarantors: GuarantorTable;
  }
}

export interface Guarantor {
  readonly groupId: string;
  readonly cycleId: string;
  readonly shareId: string;
  readonly membershipId: string;
  readonly agreedAt: Date;
}

/** Agreeing twice is agreeing once. */
export async function insertGuarantor(tx: Tx, guarantor: Guarantor): Promise<void> {
  await tx
    .insertInto('guarantors')
    .values({
      cycle_id: guarantor.cycleId,
      share_id: guarantor.shareId,
      group_id: guarantor.groupId,
      membership_id: guarantor.membershipId,
      agreed_at: guarantor.agreedAt,
      ended_at: null,
    })
    .onConflict((conflict) => conflict.columns(['share_id', 'membership_id']).doNothing())
    .execute();
}

const COLUMNS = [
  'group_id as groupId',
  'cycle_id as cycleId',
  'share_id as shareId',
  'membership_id as membershipId',
  'agreed_at as agreedAt',
] as const;

/** Who answers for a share now, whoever agreed first first. */
export async function listGuarantors(reader: Reader, shareId: string): Promise<Guarantor[]> {
  return await reader
    .selectFrom('guarantors')
    .select(COLUMNS)
    .where('share_id', '=', shareId)
    .where('ended_at', 'is', null)
    .orderBy('agreed_at')
    .orderBy('membership_id')
    .execute();
}

/** Who answers for whom in a cycle. */
export async function listGuarantorsOfCycle(reader: Reader, cycleId: string): Promise<Guarantor[]> {
  return await reader
    .selectFrom('guarantors')
    .select(COLUMNS)
    .where('cycle_id', '=', cycleId)
    .where('ended_at', 'is', null)
    .orderBy('agreed_at')
    .orderBy('membership_id')
    .execute();
}
