/**
 * Reads and writes the tables `audit_entries` and `audit_heads`: the trail, and where it ends.
 */
import type { Selectable } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import { invariant } from '../../ground/refusal.ts';
import type { AuditAct, AuditEntry } from './audit-entry.ts';

interface AuditEntryTable {
  seq: bigint;
  id: string;
  occurred_at: Date;
  actor_id: string;
  actor_roles: string;
  ip: string;
  device: string | null;
  act: AuditAct;
  subject_id: string;
  reason: string | null;
  before: string | null;
  after: string | null;
  link: Uint8Array;
}

interface AuditHeadTable {
  shard: number;
  seq: bigint;
  link: Uint8Array;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    audit_entries: AuditEntryTable;
    audit_heads: AuditHeadTable;
  }
}

export interface TrailHead {
  readonly seq: bigint;
  readonly link: string;
}

/** Takes the end of the trail for this transaction: acts are written one after the other. */
export async function lockTrailHead(tx: Tx): Promise<TrailHead> {
  const row = await tx
    .selectFrom('audit_heads')
    .selectAll()
    .where('shard', '=', 0)
    .forUpdate()
    .executeTakeFirst();
  invariant(row !== undefined, 'the trail has lost its end');
  return { seq: row.seq, link: Buffer.from(row.link).toString('hex') };
}

export async function findTrailHead(reader: Reader): Promise<TrailHead> {
  const row = await reader.selectFrom('audit_heads').selectAll().where('shard', '=', 0).executeTakeFirst();
  invariant(row !== undefined, 'the trail has lost its end');
  return { seq: row.seq, link: Buffer.from(row.link).toString('hex') };
}

export async function insertAuditEntry(tx: Tx, entry: AuditEntry): Promise<void> {
  const link = Buffer.from(entry.link, 'hex');
  await tx
    .insertInto('audit_entries')
    .values({
      seq: entry.seq,
      id: entry.id,
      occurred_at: entry.occurredAt,
      actor_id: entry.actorId,
      actor_roles: entry.actorRoles,
      ip: entry.ip,
      device: entry.device ?? null,
      act: entry.act,
      subject_id: entry.subjectId,
      reason: entry.reason ?? null,
      before: entry.before ?? null,
      after: entry.after ?? null,
      link,
    })
    .execute();
  await tx.updateTable('audit_heads').set({ seq: entry.seq, link }).where('shard', '=', 0).execute();
}

/** In the order in which they were written, after `after`. */
export async function listTrail(reader: Reader, after: bigint, limit: number): Promise<AuditEntry[]> {
  const rows = await reader
    .selectFrom('audit_entries')
    .selectAll()
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(toEntry);
}

export interface TrailFilter {
  readonly actorId?: string;
  readonly subjectId?: string;
  readonly act?: string;
  /** Older than this seq. */
  readonly before?: bigint;
  readonly limit: number;
}

/** Newest first, one page. */
export async function findTrailPage(reader: Reader, filter: TrailFilter): Promise<AuditEntry[]> {
  let query = reader.selectFrom('audit_entries').selectAll();
  if (filter.actorId !== undefined) query = query.where('actor_id', '=', filter.actorId);
  if (filter.subjectId !== undefined) query = query.where('subject_id', '=', filter.subjectId);
  if (filter.act !== undefined) query = query.where('act', '=', filter.act as AuditAct);
  if (filter.before !== undefined) query = query.where('seq', '<', filter.before);
  const rows = await query.orderBy('seq', 'desc').limit(filter.limit).execute();
  return rows.map(toEntry);
}

function toEntry(row: Selectable<AuditEntryTable>): AuditEntry {
  return {
    seq: row.seq,
    id: row.id,
    occurredAt: row.occurred_at,
    actorId: row.actor_id,
    actorRoles: row.actor_roles,
    ip: row.ip,
    device: row.device ?? undefined,
    act: row.act,
    subjectId: row.subject_id,
    reason: row.reason ?? undefined,
    before: row.before ?? undefined,
    after: row.after ?? undefined,
    link: Buffer.from(row.link).toString('hex'),
  };
}
