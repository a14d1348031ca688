/**
 * Reads what the pages of a group show, each kind of thing in one statement whatever the size of the group: people with
 * what they hold, shares with their turns, dues with what stands in for them.
 *
 * The columns belong to the files of the tables that are joined here.
 */
import { sql } from 'kysely';
import type { Reader } from '../../ground/postgres/database.ts';
import { SHARE_COLUMNS, type Share } from '../cycles/share.rows.ts';
import type { Turn } from '../cycles/turn.rows.ts';
import { MEMBERSHIP_COLUMNS, openMembership } from '../members/membership.rows.ts';
import type { Membership, MembershipState } from '../members/membership.ts';
import type { Office } from '../members/membership-role.rows.ts';
import { DUE_COLUMNS } from '../rounds/due.rows.ts';
import type { Due } from '../rounds/due.ts';

/** A member with what they hold for the others now. */
export interface PersonOfGroup extends Membership {
  readonly offices: readonly Office[];
  /** Whether notes of the group are, or were, in a box of theirs. */
  readonly keepsBox: boolean;
}

/** Everybody in these states, in the order in which they came. */
export async function listPeopleOfGroup(
  reader: Reader,
  groupId: string,
  states: readonly MembershipState[],
): Promise<PersonOfGroup[]> {
  const rows = await reader
    .selectFrom('memberships')
    .select(MEMBERSHIP_COLUMNS)
    .select([
      sql<Office[]>`array(select role from membership_roles where membership_id = memberships.id
        and ended_at is null order by granted_at, role)`.as('offices'),
      sql<boolean>`exists (select 1 from cash_boxes where cash_boxes.group_id = memberships.group_id
        and cash_boxes.keeper_id = memberships.id)`.as('keepsBox'),
    ])
    .where('group_id', '=', groupId)
    .where('state', 'in', states)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    ...openMembership(reader, row),
    offices: row.offices,
    keepsBox: row.keepsBox,
  }));
}

/** The shares of a cycle by number, and the turns that are decided by place. */
export async function listSharesAndTurns(
  reader: Reader,
  cycleId: string,
): Promise<{ readonly shares: Share[]; readonly turns: Turn[] }> {
  const rows = await reader
    .selectFrom('shares')
    .leftJoin('turns', (join) =>
      join.onRef('turns.share_id', '=', 'shares.id').onRef('turns.cycle_id', '=', 'shares.cycle_id'),
    )
    .select(SHARE_COLUMNS.map((column) => `shares.${column}` as const))
    .select([
      'turns.place',
      'turns.decided_by as decidedBy',
      'turns.decision_id as decisionId',
      'turns.discount',
      'turns.premium',
      'turns.commission',
    ])
    .where('shares.cycle_id', '=', cycleId)
    .orderBy('shares.number')
    .execute();
  const turns = rows.flatMap(
    ({ id: shareId, place, decidedBy, decisionId, discount, premium, commission }): Turn[] =>
      place === null || decidedBy === null || discount === null || premium === null || commission === null
        ? []
        : [{ cycleId, shareId, place, decidedBy, decisionId, discount, premium, commission }],
  );
  return {
    shares: rows.map(({ id, groupId, membershipId, number, state, servedAt }) => ({
      id,
      groupId,
      cycleId,
      membershipId,
      number,
      state,
      servedAt,
    })),
    turns: turns.toSorted((left, right) => left.place - right.place),
  };
}

/** A due, and whether the guarantee fund stands in for a part of it now. */
export interface CoveredDue extends Due {
  readonly isCovered: boolean;
}

/** Everything that a cycle has asked for so far, met or not. */
export async function listCoveredDues(reader: Reader, cycleId: string): Promise<CoveredDue[]> {
  return await reader
    .selectFrom('dues')
    .select(DUE_COLUMNS)
    .select(
      sql<boolean>`exists (select 1 from advanced_dues a where a.due_id = dues.id
        and a.amount > a.repaid + a.written_off)`.as('isCovered'),
    )
    .where('cycle_id', '=', cycleId)
    .orderBy('due_at')
    .orderBy('id')
    .execute();
}
