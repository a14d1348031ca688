/**
 * Keeps wishes to hand a share on to somebody else in the table `substitutions`.
 */
import type { Reader, Tx } from '../../ground/postgres/database.ts';

export type SubstitutionState =
  | 'asked' // both people and the officers must agree
  | 'done' // the share has its new owner
  | 'refused' // somebody said no
  | 'lapsed'; // nobody answered in time, or a share left the cycle or got another owner meanwhile

interface SubstitutionTable {
  id: string;
  group_id: string;
  cycle_id: string;
  share_id: string;
  from_id: string;
  to_id: string;
  price: bigint;
  requested_by: string;
  requested_at: Date;
  consent_from_at: Date | null;
  consent_to_at: Date | null;
  state: SubstitutionState;
  ended_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    substitutions: SubstitutionTable;
  }
}

export interface Substitution {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string;
  readonly shareId: string;
  readonly fromId: string;
  readonly toId: string;
  /** What the newcomer gives the one who leaves. */
  readonly price: bigint;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly consentFromAt: Date | null;
  readonly consentToAt: Date | null;
  readonly state: SubstitutionState;
  readonly endedAt: Date | null;
}

const COLUMNS = [
  'id',
  'group_id as groupId',
  'cycle_id as cycleId',
  'share_id as shareId',
  'from_id as fromId',
  'to_id as toId',
  'price',
  'requested_by as requestedBy',
  'requested_at as requestedAt',
  'consent_from_at as consentFromAt',
  'consent_to_at as consentToAt',
  'state',
  'ended_at as endedAt',
] as const;

/** False when the id was used for something else. */
export async function insertSubstitution(tx: Tx, substitution: Substitution): Promise<boolean> {
  const inserted = await tx
    .insertInto('substitutions')
    .values({
      id: substitution.id,
      group_id: substitution.groupId,
      cycle_id: substitution.cycleId,
      share_id: substitution.shareId,
      from_id: substitution.fromId,
      to_id: substitution.toId,
      price: substitution.price,
      requested_by: substitution.requestedBy,
      requested_at: substitution.requestedAt,
      consent_from_at: substitution.consentFromAt,
      consent_to_at: substitution.consentToAt,
      state: substitution.state,
      ended_at: substitution.endedAt,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function findSubstitution(
  reader: Reader,
  at: { readonly groupId: string; readonly substitutionId: string },
): Promise<Substitution | undefined> {
  return await reader
    .selectFrom('substitutions')
    .select(COLUMNS)
    .where('id', '=', at.substitutionId)
    .where('group_id', '=', at.groupId)
    .executeTakeFirst();
}

/** The substitution of a share that still waits. */
export async function findOpenSubstitution(
  reader: Reader,
  shareId: string,
): Promise<Substitution | undefined> {
  return await reader
    .selectFrom('substitutions')
    .select(COLUMNS)
    .where('share_id', '=', shareId)
    .where('state', '=', 'asked')
    .executeTakeFirst();
}

/** Those of a cycle, the newest first. */
export async function listSubstitutions(reader: Reader, cycleId: string): Promise<Substitution[]> {
  return await reader
    .selectFrom('substitutions')
    .select(COLUMNS)
    .where('cycle_id', '=', cycleId)
    .orderBy('id', 'desc')
    .execute();
}

export async function markSubstitutionConsent(tx: Tx, substitution: Substitution): Promise<void> {
  await tx
    .updateTable('substitutions')
    .set({ consent_from_at: substitution.consentFromAt, consent_to_at: substitution.consentToAt })
    .where('id', '=', substitution.id)
    .where('state', '=', 'asked')
    .execute();
}

export async function markSubstitutionEnded(
  tx: Tx,
  substitutionId: string,
  state: Exclude<SubstitutionState, 'asked'>,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('substitutions')
    .set({ state, ended_at: at })
    .where('id', '=', substitutionId)
    .where('state', '=', 'asked')
    .execute();
}
