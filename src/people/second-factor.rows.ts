/**
 * Keeps what each operator's authenticator shares with us, in the table `second_factors`.
 */
import type { Generated, Selectable } from 'kysely';
import type { Reader, Tx } from '../ground/postgres/database.ts';

interface SecondFactorTable {
  person_id: string;
  sealed_secret: Uint8Array;
  created_at: Date;
  confirmed_at: Date | null;
  last_step: Generated<bigint>;
  failures: Generated<number>;
  locked_until: Generated<Date | null>;
}

declare module '../ground/postgres/database.ts' {
  interface Database {
    second_factors: SecondFactorTable;
  }
}

export interface SecondFactor {
  readonly personId: string;
  /** See `seal-secret.ts`. */
  readonly sealedSecret: Uint8Array;
  readonly confirmedAt: Date | undefined;
  readonly lastStep: number;
  readonly failures: number;
  readonly lockedUntil: Date | undefined;
}

/** Inserts a secret, or replaces one that was never confirmed; a confirmed one stays. */
export async function insertSecondFactor(
  tx: Tx,
  factor: { personId: string; sealedSecret: Uint8Array; createdAt: Date },
): Promise<void> {
  await tx
    .insertInto('second_factors')
    .values({
      person_id: factor.personId,
      sealed_secret: factor.sealedSecret,
      created_at: factor.createdAt,
      confirmed_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function findSecondFactor(reader: Reader, personId: string): Promise<SecondFactor | undefined> {
  const row = await reader
    .selectFrom('second_factors')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && toSecondFactor(row);
}

/** Which of these people have an authenticator that was accepted at least once. */
export async function listProvenFactors(
  reader: Reader,
  personIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await reader
    .selectFrom('second_factors')
    .select('person_id')
    .where('person_id', 'in', personIds)
    .where('confirmed_at', 'is not', null)
    .execute();
  return new Set(rows.map((row) => row.person_id));
}

export async function lockSecondFactor(tx: Tx, personId: string): Promise<SecondFactor | undefined> {
  const row = await tx
    .selectFrom('second_factors')
    .selectAll()
    .where('person_id', '=', personId)
    .forUpdate()
    .executeTakeFirst();
  return row && toSecondFactor(row);
}

/** A code was right: it opens nothing a second time. */
export async function markCodeAccepted(
  tx: Tx,
  accepted: { personId: string; step: number; at: Date },
): Promise<void> {
  await tx
    .updateTable('second_factors')
    .set((row) => ({
      last_step: BigInt(accepted.step),
      failures: 0,
      locked_until: null,
      confirmed_at: row.fn.coalesce('confirmed_at', row.val(accepted.at)),
    }))
    .where('person_id', '=', accepted.personId)
    .execute();
}

export async function markCodeRefused(
  tx: Tx,
  refused: { personId: string; failures: number; lockedUntil: Date | undefined },
): Promise<void> {
  await tx
    .updateTable('second_factors')
    .set({ failures: refused.failures, locked_until: refused.lockedUntil ?? null })
    .where('person_id', '=', refused.personId)
    .execute();
}

/** False when there was none. */
export async function deleteSecondFactor(tx: Tx, personId: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom('second_factors')
    .where('person_id', '=', personId)
    .returning('person_id')
    .executeTakeFirst();
  return gone !== undefined;
}

function toSecondFactor(row: Selectable<SecondFactorTable>): SecondFactor {
  return {
    personId: row.person_id,
    sealedSecret: row.sealed_secret,
    confirmedAt: row.confirmed_at ?? undefined,
    lastStep: Number(row.last_step),
    failures: row.failures,
    lockedUntil: row.locked_until ?? undefined,
  };
}
