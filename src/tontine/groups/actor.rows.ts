/**
 * Reads who somebody is in a group in one statement: the group, their place, their offices, the by-law in effect.
 *
 * Every page and every act of a group begins with it. The columns belong to `group.rows.ts`, `membership.rows.ts`,
 * `membership-role.rows.ts` and `group-rules.rows.ts`.
 */
import { sql } from 'kysely';
import type { Reader } from '../../ground/postgres/database.ts';
import { invariant } from '../../ground/refusal.ts';
import { MEMBERSHIP_COLUMNS, openMembership } from '../members/membership.rows.ts';
import { MEMBER_STATES } from '../members/membership.ts';
import type { Office } from '../members/membership-role.rows.ts';
import type { Actor } from './group.ts';
import { storedRules } from './rules.ts';

/** The place that a person has, or asks for, in a group now. */
export async function findActor(
  reader: Reader,
  at: { readonly groupId: string; readonly personId: string },
  now: Date,
): Promise<Actor | undefined> {
  const row = await reader
    .selectFrom('memberships')
    .innerJoin('groups', 'groups.id', 'memberships.group_id')
    .leftJoinLateral(
      (query) =>
        query
          .selectFrom('group_rules')
          .select(['version', 'rules'])
          .whereRef('group_rules.group_id', '=', 'groups.id')
          .where('takes_effect_at', '<=', now)
          .orderBy('version', 'desc')
          .limit(1)
          .as('law'),
      (join) => join.onTrue(),
    )
    .select(MEMBERSHIP_COLUMNS.map((column) => `memberships.${column}` as const))
    .select([
      'groups.name as groupName',
      'groups.currency',
      'groups.time_zone as timeZone',
      'groups.founded_by as foundedBy',
      'groups.founded_at as foundedAt',
      'law.version',
      'law.rules',
      sql<Office[]>`array(select role from membership_roles where membership_id = memberships.id
        and ended_at is null order by granted_at, role)`.as('offices'),
    ])
    .where('memberships.group_id', '=', at.groupId)
    .where('memberships.person_id', '=', at.personId)
    .where('memberships.state', 'in', ['invited', 'asked', ...MEMBER_STATES])
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { groupName, currency, timeZone, foundedBy, foundedAt, version, rules, offices, ...membership } = row;
  invariant(version !== null, `group ${at.groupId} has no by-law`);
  return {
    group: { id: at.groupId, name: groupName, currency, timeZone, foundedBy, foundedAt },
    membership: openMembership(reader, membership),
    roles: ['member', ...offices],
    rules: storedRules(rules),
    rulesVersion: version,
  };
}
