/**
 * Keeps the versions of by-laws in the table `group_rules`.
 */
import type { ColumnType } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import { invariant } from '../../ground/refusal.ts';
import { type Rules, rulesJson, storedRules } from './rules.ts';

interface GroupRulesTable {
  group_id: string;
  version: number;
  rules: ColumnType<unknown, string, never>;
  reason: string | null;
  proposed_by: string | null;
  proposed_at: Date;
  adopted_at: Date | null;
  takes_effect_at: Date | null;
  withdrawn_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    group_rules: GroupRulesTable;
  }
}

export interface RulesVersion {
  readonly groupId: string;
  readonly version: number;
  readonly rules: Rules;
  readonly reason: string | null;
  readonly proposedBy: string | null;
  readonly proposedAt: Date;
  readonly adoptedAt: Date | null;
  readonly takesEffectAt: Date | null;
  readonly withdrawnAt: Date | null;
}

export interface NewRulesVersion {
  readonly groupId: string;
  readonly version: number;
  readonly rules: Rules;
  readonly reason?: string;
  readonly proposedBy?: string;
  readonly at: Date;
  /** When it holds at once, as the founding version does. */
  readonly isAdopted: boolean;
}

export async function insertRules(tx: Tx, version: NewRulesVersion): Promise<void> {
  await tx
    .insertInto('group_rules')
    .values({
      group_id: version.groupId,
      version: version.version,
      rules: rulesJson(version.rules),
      reason: version.reason ?? null,
      proposed_by: version.proposedBy ?? null,
      proposed_at: version.at,
      adopted_at: version.isAdopted ? version.at : null,
      takes_effect_at: version.isAdopted ? version.at : null,
      withdrawn_at: null,
    })
    .execute();
}

export async function markRulesAdopted(
  tx: Tx,
  version: { readonly groupId: string; readonly version: number },
  at: Date,
  takesEffectAt: Date,
): Promise<void> {
  await tx
    .updateTable('group_rules')
    .set({ adopted_at: at, takes_effect_at: takesEffectAt })
    .where('group_id', '=', version.groupId)
    .where('version', '=', version.version)
    .execute();
}

/** Ends a proposal that was refused or forgotten, so that another one may be made. */
export async function markRulesWithdrawn(
  tx: Tx,
  version: { readonly groupId: string; readonly version: number },
  at: Date,
): Promise<void> {
  await tx
    .updateTable('group_rules')
    .set({ withdrawn_at: at })
    .where('group_id', '=', version.groupId)
    .where('version', '=', version.version)
    .where('adopted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
}

/** Newest first: what holds, what will hold, and what held. */
export async function listRules(reader: Reader, groupId: string): Promise<RulesVersion[]> {
  const rows = await reader
    .selectFrom('group_rules')
    .selectAll()
    .where('group_id', '=', groupId)
    .orderBy('version', 'desc')
    .execute();
  return rows.map(toVersion);
}

export async function findRulesVersion(
  reader: Reader,
  at: { readonly groupId: string; readonly version: number },
): Promise<RulesVersion | undefined> {
  const row = await reader
    .selectFrom('group_rules')
    .selectAll()
    .where('group_id', '=', at.groupId)
    .where('version', '=', at.version)
    .executeTakeFirst();
  return row && toVersion(row);
}

/** The newest version that is in effect at `now`. */
export async function currentRules(reader: Reader, groupId: string, now: Date): Promise<RulesVersion> {
  const row = await reader
    .selectFrom('group_rules')
    .selectAll()
    .where('group_id', '=', groupId)
    .where('takes_effect_at', '<=', now)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  invariant(row !== undefined, `group ${groupId} has no by-law`);
  return toVersion(row);
}

interface StoredVersion {
  group_id: string;
  version: number;
  rules: unknown;
  reason: string | null;
  proposed_by: string | null;
  proposed_at: Date;
  adopted_at: Date | null;
  takes_effect_at: Date | null;
  withdrawn_at: Date | null;
}

function toVersion(row: StoredVersion): RulesVersion {
  return {
    groupId: row.group_id,
    version: row.version,
    rules: storedRules(row.rules),
    reason: row.reason,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    adoptedAt: row.adopted_at,
    takesEffectAt: row.takes_effect_at,
    withdrawnAt: row.withdrawn_at,
  };
}
