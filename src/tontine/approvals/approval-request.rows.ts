/**
 * Keeps what people are asked to agree to in the table `approval_requests`.
 */
import type { ColumnType } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { ApprovalKind, ApprovalRequest, ApprovalState, Electorate } from './approval.ts';

interface ApprovalRequestTable {
  id: string;
  group_id: string;
  kind: ApprovalKind;
  subject_id: string;
  requested_by: string | null;
  beneficiary_id: string | null;
  reason: string | null;
  facts: ColumnType<Record<string, string>, string, never>;
  needed: number;
  needs_president: boolean;
  electorate: Electorate;
  state: ApprovalState;
  created_at: Date;
  expires_at: Date;
  decided_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    approval_requests: ApprovalRequestTable;
  }
}

const COLUMNS = [
  'id',
  'group_id as groupId',
  'kind',
  'subject_id as subjectId',
  'requested_by as requestedBy',
  'beneficiary_id as beneficiaryId',
  'reason',
  'facts',
  'needed',
  'needs_president as needsPresident',
  'electorate',
  'state',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'decided_at as decidedAt',
] as const;

export async function insertApprovalRequest(tx: Tx, request: ApprovalRequest): Promise<void> {
  await tx
    .insertInto('approval_requests')
    .values({
      id: request.id,
      group_id: request.groupId,
      kind: request.kind,
      subject_id: request.subjectId,
      requested_by: request.requestedBy,
      beneficiary_id: request.beneficiaryId,
      reason: request.reason,
      facts: JSON.stringify(request.facts),
      needed: request.needed,
      needs_president: request.needsPresident,
      electorate: request.electorate,
      state: request.state,
      created_at: request.createdAt,
      expires_at: request.expiresAt,
      decided_at: request.decidedAt,
    })
    .execute();
}

export async function findApprovalRequest(reader: Reader, id: string): Promise<ApprovalRequest | undefined> {
  return await reader.selectFrom('approval_requests').select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** The newest request about something, whatever became of it. */
export async function findLastRequest(
  reader: Reader,
  about: { readonly kind: ApprovalKind; readonly subjectId: string },
): Promise<ApprovalRequest | undefined> {
  return await reader
    .selectFrom('approval_requests')
    .select(COLUMNS)
    .where('kind', '=', about.kind)
    .where('subject_id', '=', about.subjectId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Open requests of a group, oldest first. */
export async function listOpenRequests(reader: Reader, groupId: string): Promise<ApprovalRequest[]> {
  return await reader
    .selectFrom('approval_requests')
    .select(COLUMNS)
    .where('group_id', '=', groupId)
    .where('state', '=', 'open')
    .orderBy('id')
    .execute();
}

/** The newest requests of a group, whatever became of them. */
export async function listRecentRequests(
  reader: Reader,
  groupId: string,
  limit: number,
): Promise<ApprovalRequest[]> {
  return await reader
    .selectFrom('approval_requests')
    .select(COLUMNS)
    .where('group_id', '=', groupId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Open requests whose time is over, from any group. */
export async function listOverdueRequests(
  reader: Reader,
  now: Date,
  limit: number,
): Promise<ApprovalRequest[]> {
  return await reader
    .selectFrom('approval_requests')
    .select(COLUMNS)
    .where('state', '=', 'open')
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(limit)
    .execute();
}

export async function markRequestDecided(
  tx: Tx,
  id: string,
  state: Exclude<ApprovalState, 'open'>,
  at: Date,
): Promise<void> {
  await tx.updateTable('approval_requests').set({ state, decided_at: at }).where('id', '=', id).execute();
}
