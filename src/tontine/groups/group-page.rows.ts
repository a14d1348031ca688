/**
 * Reads what the pages of a group show of a cycle: the grid of shares and rounds, the calendar of pots.
 *
 * One query each, whatever the size of the group.
 */
import { sql } from 'kysely';
import type { Reader } from '../../ground/postgres/database.ts';
import type { ShareState } from '../cycles/share.rows.ts';
import { openOf } from '../members/sealed-member.rows.ts';
import type { DueState } from '../rounds/due.ts';
import type { PayoutState } from '../rounds/payout.ts';
import type { RoundState } from '../rounds/round.ts';

/** One share in one round: what it owes for the pot. */
export interface GridCell {
  readonly shareId: string;
  readonly shareNumber: number;
  readonly membershipId: string;
  readonly name: string;
  readonly round: number;
  readonly amount: bigint;
  readonly lowered: bigint;
  readonly forgiven: bigint;
  readonly met: bigint;
  /** What the guarantee fund stood in for and has not got back. */
  readonly advanced: bigint;
  readonly state: DueState;
  readonly dueAt: Date;
  readonly lateAt: Date;
}

/** Rounds that have opened, share by share; what has not opened is not due. */
export async function listGrid(reader: Reader, cycleId: string): Promise<GridCell[]> {
  const found = await sql<GridCell>`select d.share_id as "shareId", s.number as "shareNumber",
      d.membership_id as "membershipId", m.display_name as name, r.number as round, d.amount, d.lowered, d.forgiven,
      d.met, d.state, d.due_at as "dueAt", d.late_at as "lateAt",
      coalesce((select sum(a.amount - a.repaid - a.written_off) from advanced_dues a where a.due_id = d.id), 0)::bigint
        as advanced
    from dues d join shares s on s.id = d.share_id join memberships m on m.id = d.membership_id
      join rounds r on r.id = d.round_id
    where d.cycle_id = ${cycleId} and d.kind = 'pot' order by s.number, r.number`.execute(reader);
  return found.rows.map((row) => named(reader, row));
}

/** One date of a cycle with what was collected for it. */
export interface CalendarRound {
  readonly id: string;
  readonly number: number;
  readonly dueOn: string;
  readonly dueAt: Date;
  readonly closesAt: Date;
  readonly state: RoundState;
  readonly payoutCount: number;
  /** Contributions to the pot that were expected and met; 0 before it opens. */
  readonly expected: bigint;
  readonly collected: bigint;
  readonly paid: number;
  readonly payers: number;
}

export async function listCalendar(reader: Reader, cycleId: string): Promise<CalendarRound[]> {
  type Row = Omit<CalendarRound, 'paid' | 'payers'> & { readonly paid: bigint; readonly payers: bigint };
  const found = await sql<Row>`select r.id, r.number, r.due_on as "dueOn", r.due_at as "dueAt",
      r.closes_at as "closesAt", r.state, r.payout_count as "payoutCount",
      coalesce(sum(d.amount - d.lowered), 0)::bigint as expected, coalesce(sum(d.met), 0)::bigint as collected,
      count(d.id) filter (where d.state in ('met', 'forgiven')) as paid, count(d.id) as payers
    from rounds r left join dues d on d.round_id = r.id and d.kind = 'pot'
    where r.cycle_id = ${cycleId} group by r.id order by r.number`.execute(reader);
  return found.rows.map((row) => ({ ...row, paid: Number(row.paid), payers: Number(row.payers) }));
}

/** A share with its owner, its turn if that is decided, and its pot if that was asked for. */
export interface ShareTurn {
  readonly shareId: string;
  readonly shareNumber: number;
  readonly shareState: ShareState;
  readonly membershipId: string;
  readonly name: string;
  readonly place: number | null;
  readonly discount: bigint | null;
  readonly premium: bigint | null;
  readonly payoutId: string | null;
  readonly payoutState: PayoutState | null;
  readonly payoutAmount: bigint | null;
  readonly walletPaid: bigint | null;
  readonly cashPaid: bigint | null;
  readonly cashWaiting: bigint | null;
  readonly paidAt: Date | null;
}

/** In the order of the turns; shares without one come last. */
export async function listShareTurns(reader: Reader, cycleId: string): Promise<ShareTurn[]> {
  const found =
    await sql<ShareTurn>`select s.id as "shareId", s.number as "shareNumber", s.state as "shareState",
      s.membership_id as "membershipId", m.display_name as name, t.place, t.discount, t.premium, p.id as "payoutId",
      p.state as "payoutState", p.amount as "payoutAmount", p.wallet_paid as "walletPaid", p.cash_paid as "cashPaid",
      p.cash_waiting as "cashWaiting", p.paid_at as "paidAt"
    from shares s join memberships m on m.id = s.membership_id
      left join turns t on t.share_id = s.id and t.cycle_id = s.cycle_id
      left join payouts p on p.share_id = s.id and p.cycle_id = s.cycle_id
    where s.cycle_id = ${cycleId} order by t.place nulls last, s.number`.execute(reader);
  return found.rows.map((row) => named(reader, row));
}

/** A member with their offices. */
export interface MemberRow {
  readonly membershipId: string;
  readonly personId: string | null;
  readonly name: string;
  readonly state: string;
  readonly joinedAt: Date | null;
  readonly offices: readonly string[];
  /** Shares of the cycle. */
  readonly shares: number;
}

export async function listMemberRows(
  reader: Reader,
  groupId: string,
  cycleId: string | undefined,
): Promise<MemberRow[]> {
  type Row = Omit<MemberRow, 'shares'> & { readonly shares: bigint };
  const found =
    await sql<Row>`select m.id as "membershipId", m.person_id as "personId", m.display_name as name,
      m.state, m.joined_at as "joinedAt",
      coalesce(array(select role from membership_roles h where h.membership_id = m.id and h.ended_at is null
        order by h.granted_at), '{}') as offices,
      (select count(*) from shares s where s.membership_id = m.id and s.cycle_id = ${cycleId ?? null}) as shares
    from memberships m where m.group_id = ${groupId} and m.state in ('invited', 'asked', 'active', 'suspended')
    order by m.id`.execute(reader);
  return found.rows.map((row) => ({ ...named(reader, row), shares: Number(row.shares) }));
}

/** A row with its member's name opened. */
function named<R extends { readonly membershipId: string; readonly name: string }>(
  reader: Reader,
  row: R,
): R {
  return { ...row, name: openOf(reader, row.membershipId, 'display_name', row.name) };
}
