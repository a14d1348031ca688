/**
 * Keeps what was undone, who asked and why, in the table `corrections`.
 */
import type { Tx } from '../../ground/postgres/database.ts';

interface CorrectionTable {
  id: string;
  group_id: string;
  contribution_id: string;
  requested_by: string;
  reason: string;
  requested_at: Date;
  done_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    corrections: CorrectionTable;
  }
}

export interface Correction {
  readonly id: string;
  readonly groupId: string;
  readonly contributionId: string;
  readonly requestedBy: string;
  readonly reason: string;
  readonly requestedAt: Date;
  readonly doneAt: Date | null;
}

/** Asking again leaves the first question as it is. */
export async function insertCorrection(tx: Tx, correction: Omit<Correction, 'doneAt'>): Promise<void> {
  await tx
    .insertInto('corrections')
    .values({
      id: correction.id,
      group_id: correction.groupId,
      contribution_id: correction.contributionId,
      requested_by: correction.requestedBy,
      reason: correction.reason,
      requested_at: correction.requestedAt,
      done_at: null,
    })
    .onConflict((conflict) => conflict.column('contribution_id').doNothing())
    .execute();
}

export async function markCorrectionDone(tx: Tx, contributionId: string, at: Date): Promise<void> {
  await tx
    .updateTable('corrections')
    .set({ done_at: at })
    .where('contribution_id', '=', contributionId)
    .execute();
}
