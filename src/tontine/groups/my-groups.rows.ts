/**
 * Reads in one query how all groups of a person stand for them: the round, who paid, what they owe, by when.
 */
import { sql } from 'kysely';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import type { CycleState } from '../cycles/cycle.ts';
import type { MembershipState } from '../members/membership.ts';

export interface GroupStanding {
  readonly groupId: string;
  readonly name: string;
  readonly currency: Currency;
  readonly timeZone: string;
  readonly membershipId: string;
  readonly membershipState: MembershipState;
  readonly members: number;
  /** The newest cycle; none before the first is formed. */
  readonly cycleId: string | null;
  readonly cycleState: CycleState | null;
  readonly startsOn: string | null;
  readonly rounds: number | null;
  /** The round that collects, or the last one that did. */
  readonly round: number | null;
  /** Of its shares, how many have paid their contribution, and how many there are. */
  readonly paid: number;
  readonly payers: number;
  /** Everything of the member's that is open, and the earliest date of it. */
  readonly owed: bigint;
  readonly dueAt: Date | null;
  /** Requests that wait for an answer and that the member may give one to. */
  readonly toDecide: number;
}

interface StandingRow extends Omit<GroupStanding, 'members' | 'paid' | 'payers' | 'owed' | 'toDecide'> {
  readonly members: bigint;
  readonly paid: bigint;
  readonly payers: bigint;
  readonly owed: string;
  readonly toDecide: bigint;
}

/** Only the group, where one is named. Groups that wait for an answer (invited, asked) are among them. */
export async function listStandings(
  reader: Reader,
  personId: string,
  now: Date,
  groupId?: string,
): Promise<GroupStanding[]> {
  const found =
    await sql<StandingRow>`select g.id as "groupId", g.name, g.currency, g.time_zone as "timeZone",
      m.id as "membershipId", m.state as "membershipState",
      (select count(*) from memberships o where o.group_id = g.id and o.state in ('active', 'suspended')) as members,
      c.id as "cycleId", c.state as "cycleState", c.starts_on as "startsOn", c.round_count as rounds,
      r.number as round, coalesce(p.paid, 0) as paid, coalesce(p.payers, 0) as payers,
      coalesce(d.owed, 0)::text as owed, d.due_at as "dueAt",
      (select count(*) from approval_requests q where q.group_id = g.id and q.state = 'open' and q.expires_at > ${now}
        and q.requested_by is distinct from m.id and q.beneficiary_id is distinct from m.id and m.state = 'active'
        and (q.electorate = 'members' or exists (select 1 from membership_roles h where h.membership_id = m.id
          and h.ended_at is null))
        and not exists (select 1 from approval_votes v where v.request_id = q.id and v.membership_id = m.id)
      ) as "toDecide"
    from memberships m join groups g on g.id = m.group_id
    left join lateral (select * from cycles where group_id = g.id order by number desc limit 1) c on true
    left join lateral (select * from rounds where cycle_id = c.id and state in ('open', 'closed', 'served')
      order by (state = 'open') desc, case when state = 'open' then number else -number end limit 1) r on true
    left join lateral (select count(*) filter (where state in ('met', 'forgiven')) as paid, count(*) as payers
      from dues where round_id = r.id and kind = 'pot') p on true
    left join lateral (select sum(amount - lowered - forgiven - met) as owed, min(due_at) as due_at
      from dues where membership_id = m.id and state in ('open', 'late')) d on true
    where m.person_id = ${personId} and m.state in ('invited', 'asked', 'active', 'suspended')
      and (${groupId ?? null}::text is null or g.id = ${groupId ?? null})
    order by d.due_at nulls last, m.id`.execute(reader);
  return found.rows.map((row) => ({
    ...row,
    members: Number(row.members),
    paid: Number(row.paid),
    payers: Number(row.payers),
    owed: BigInt(row.owed),
    toDecide: Number(row.toDecide),
  }));
}
