/**
 * Keeps what is expected in the table `dues`. What was met is written by the database with each allocation.
 */
import { sql } from 'kysely';
import { arrayText } from '../../ground/postgres/array-text.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import { keptQuery } from '../../ground/postgres/kept-query.ts';
import type { Due, DueState, ExpectedFor } from './due.ts';

interface DueTable {
  id: string;
  group_id: string;
  cycle_id: string;
  round_id: string | null;
  membership_id: string;
  share_id: string | null;
  kind: ExpectedFor;
  subject_id: string | null;
  amount: bigint;
  lowered: bigint;
  forgiven: bigint;
  met: bigint;
  state: DueState;
  due_at: Date;
  late_at: Date;
  next_fee_at: Date | null;
  created_at: Date;
  settled_at: Date | null;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    dues: DueTable;
  }
}

export const DUE_COLUMNS = [
  'id',
  'group_id as groupId',
  'cycle_id as cycleId',
  'round_id as roundId',
  'membership_id as membershipId',
  'share_id as shareId',
  'kind',
  'subject_id as subjectId',
  'amount',
  'lowered',
  'forgiven',
  'met',
  'state',
  'due_at as dueAt',
  'late_at as lateAt',
  'next_fee_at as nextFeeAt',
  'settled_at as settledAt',
] as const;

export interface NewDue {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string;
  readonly roundId?: string | undefined;
  readonly membershipId: string;
  readonly shareId?: string | undefined;
  readonly kind: ExpectedFor;
  readonly subjectId?: string | undefined;
  readonly amount: bigint;
  /** What an auction lowered it by before it opened. */
  readonly lowered?: bigint | undefined;
  readonly dueAt: Date;
  readonly lateAt: Date;
  readonly nextFeeAt?: Date | undefined;
  readonly at: Date;
}

export async function insertDues(tx: Tx, dues: readonly NewDue[]): Promise<void> {
  if (dues.length === 0) return;
  await tx
    .insertInto('dues')
    .values(
      dues.map((due) => ({
        id: due.id,
        group_id: due.groupId,
        cycle_id: due.cycleId,
        round_id: due.roundId ?? null,
        membership_id: due.membershipId,
        share_id: due.shareId ?? null,
        kind: due.kind,
        subject_id: due.subjectId ?? null,
        amount: due.amount,
        lowered: due.lowered ?? 0n,
        forgiven: 0n,
        met: 0n,
        // An auction may have taken all of it off.
        state: due.lowered === due.amount ? 'met' : 'open',
        due_at: due.dueAt,
        late_at: due.lateAt,
        next_fee_at: due.nextFeeAt ?? null,
        created_at: due.at,
        settled_at: due.lowered === due.amount ? due.at : null,
      })),
    )
    .execute();
}

export async function findDue(reader: Reader, id: string): Promise<Due | undefined> {
  return await reader.selectFrom('dues').select(DUE_COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** The due that a fine made. */
export async function findFineDue(reader: Reader, penaltyId: string): Promise<Due | undefined> {
  return await reader
    .selectFrom('dues')
    .select(DUE_COLUMNS)
    .where('subject_id', '=', penaltyId)
    .where('kind', '=', 'fine')
    .executeTakeFirst();
}

/** What a member still owes, oldest first. */
export async function listOpenDues(reader: Reader, membershipId: string): Promise<Due[]> {
  return await listOpenDuesOf(reader, [membershipId]);
}

/** The same of several members, in one statement. */
export async function listOpenDuesOf(reader: Reader, membershipIds: readonly string[]): Promise<Due[]> {
  if (membershipIds.length === 0) return [];
  return [...(await askOpenDues(reader, { members: arrayText(membershipIds) }))];
}

const askOpenDues = keptQuery('open-dues', (reader, { members }: { readonly members: string }) =>
  reader
    .selectFrom('dues')
    .select(DUE_COLUMNS)
    .where(sql<boolean>`membership_id = any(${members}::text[])`)
    .where('state', 'in', ['open', 'late'])
    .orderBy('due_at')
    .orderBy('id'),
);

export async function countOpenDues(reader: Reader, membershipId: string): Promise<number> {
  return (await listOpenDues(reader, membershipId)).length;
}

/** What is still missing in a cycle, of whatever kind. */
export async function listUnmetDues(reader: Reader, cycleId: string): Promise<Due[]> {
  return await reader
    .selectFrom('dues')
    .select(DUE_COLUMNS)
    .where('cycle_id', '=', cycleId)
    .where('state', 'in', ['open', 'late'])
    .orderBy('due_at')
    .orderBy('id')
    .execute();
}

/** What is missing of the pots of rounds up to a number, the newest round first. */
export async function listDuesUpTo(reader: Reader, cycleId: string, roundNumber: number): Promise<Due[]> {
  return await reader
    .selectFrom('dues')
    .innerJoin('rounds', 'rounds.id', 'dues.round_id')
    .select(DUE_COLUMNS.map((column) => `dues.${column}` as const))
    .where('dues.cycle_id', '=', cycleId)
    .where('dues.kind', '=', 'pot')
    .where('dues.state', 'in', ['open', 'late'])
    .where('rounds.number', '<=', roundNumber)
    .orderBy('rounds.number', 'desc')
    .orderBy('dues.id')
    .execute();
}

export async function listDuesOfRound(reader: Reader, roundId: string, kind: ExpectedFor): Promise<Due[]> {
  return await reader
    .selectFrom('dues')
    .select(DUE_COLUMNS)
    .where('round_id', '=', roundId)
    .where('kind', '=', kind)
    .orderBy('id')
    .execute();
}

export async function listGuaranteeDues(reader: Reader, cycleId: string): Promise<Due[]> {
  return await reader
    .selectFrom('dues')
    .select(DUE_COLUMNS)
    .where('cycle_id', '=', cycleId)
    .where('kind', '=', 'guarantee')
    .orderBy('id')
    .execute();
}

/** Dues whose lateness may cost something now, from any group. */
export async function listDuesToFine(reader: Reader, now: Date, limit: number): Promise<Due[]> {
  return await reader
    .selectFrom('dues')
    .select(DUE_COLUMNS)
    .where('next_fee_at', '<', now)
    .orderBy('next_fee_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Everything of a round that is not met once its grace is over. */
export async function markRoundDuesLate(tx: Tx, roundId: string): Promise<void> {
  await tx
    .updateTable('dues')
    .set({ state: 'late' })
    .where('round_id', '=', roundId)
    .where('kind', 'in', ['pot', 'solidarity'])
    .where('state', '=', 'open')
    .execute();
}

export async function markNextFee(tx: Tx, id: string, nextFeeAt: Date | undefined): Promise<void> {
  await tx
    .updateTable('dues')
    .set({ next_fee_at: nextFeeAt ?? null })
    .where('id', '=', id)
    .execute();
}

/** Lets go of a part of what is missing, or of all of it. */
export async function markDueForgiven(tx: Tx, id: string, amount: bigint, at: Date): Promise<void> {
  await sql`update dues set forgiven = forgiven + ${amount}::bigint,
    state = case when met + lowered + forgiven + ${amount}::bigint = amount then 'forgiven' else state end,
    settled_at = case when met + lowered + forgiven + ${amount}::bigint = amount then ${at}::timestamptz end
    where id = ${id}`.execute(tx);
}

/** The dividend of an auction: everybody pays that much less. */
export async function markDueLowered(tx: Tx, id: string, amount: bigint, at: Date): Promise<void> {
  await sql`update dues set lowered = lowered + ${amount}::bigint,
    state = case when met + lowered + forgiven + ${amount}::bigint = amount then 'met' else state end,
    settled_at = case when met + lowered + forgiven + ${amount}::bigint = amount then ${at}::timestamptz end
    where id = ${id}`.execute(tx);
}

/** What of a due was settled until an instant, reversals counted. */
export async function metUntil(reader: Reader, dueId: string, instant: Date): Promise<bigint> {
  const found = await sql<{ met: string }>`select coalesce(sum(amount), 0)::text as met from allocations
    where due_id = ${dueId} and at <= ${instant}`.execute(reader);
  return BigInt(found.rows[0]?.met ?? '0');
}

/** What the served have given back for one departure, in wallets and in notes. */
export async function sumExitsMet(
  reader: Reader,
  exitId: string,
): Promise<{ readonly wallet: bigint; readonly cash: bigint }> {
  const found = await sql<{ method: string; met: string }>`select c.method, sum(a.amount)::text as met
    from dues d join allocations a on a.due_id = d.id join contributions c on c.id = a.contribution_id
    where d.kind = 'exit' and d.subject_id = ${exitId} group by c.method`.execute(reader);
  const met = (method: string): bigint => BigInt(found.rows.find((row) => row.method === method)?.met ?? '0');
  return { wallet: met('wallet'), cash: met('cash') };
}

/** What is still owed for a share, and its caution, is from now on its new owner's. */
export async function markDuesOwner(tx: Tx, shareId: string, membershipId: string): Promise<void> {
  await tx
    .updateTable('dues')
    .set({ membership_id: membershipId })
    .where('share_id', '=', shareId)
    .where((row) => row.or([row('state', 'in', ['open', 'late']), row('kind', '=', 'guarantee')]))
    .execute();
}

/** What a share was asked for the pots of its cycle, by round. */
export async function listPotDuesOfShare(reader: Reader, shareId: string): Promise<Due[]> {
  return await reader
    .selectFrom('dues')
    .select(DUE_COLUMNS)
    .where('share_id', '=', shareId)
    .where('kind', '=', 'pot')
    .orderBy('due_at')
    .execute();
}

/** The caution that a share was asked for. */
export async function findGuaranteeDue(reader: Reader, shareId: string): Promise<Due | undefined> {
  return await reader
    .selectFrom('dues')
    .select(DUE_COLUMNS)
    .where('share_id', '=', shareId)
    .where('kind', '=', 'guarantee')
    .executeTakeFirst();
}
