/**
 * Reads who somebody is in a group in one statement: the group, their place, their offices, the by-law in effect.
 *
 * Every page and every act of a group begins with it. The columns belong to `group.rows.ts`, `membership.rows.ts`,
 * `membership-role.rows.ts` and `group-rules.rows.ts`.
 */
import { sql } from 'kysely';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { invariant } from '../../ground/refusal.ts';
import { openMembership } from '../members/membership.rows.ts';
import type { Membership } from '../members/membership.ts';
import type { Office } from '../members/membership-role.rows.ts';
import type { Actor } from './group.ts';
import { storedRules } from './rules.ts';

interface ActorRow extends Membership {
  readonly groupName: string;
  readonly currency: Currency;
  readonly timeZone: string;
  readonly foundedBy: string;
  readonly foundedAt: Date;
  readonly version: number | null;
  readonly rules: unknown;
  readonly offices: readonly Office[];
}

/** The place that a person has, or asks for, in a group now. */
export async function findActor(
  reader: Reader,
  at: { readonly groupId: string; readonly personId: string },
  now: Date,
): Promise<Actor | undefined> {
  const found =
    await sql<ActorRow>`/* keep: actor */ select m.id, m.group_id as "groupId", m.person_id as "personId", m.phone,
      m.display_name as "displayName", m.state, m.reason, m.created_at as "createdAt", m.joined_at as "joinedAt",
      m.ended_at as "endedAt", m.next_of_kin_name as "nextOfKinName", m.next_of_kin_phone as "nextOfKinPhone",
      g.name as "groupName", g.currency, g.time_zone as "timeZone", g.founded_by as "foundedBy",
      g.founded_at as "foundedAt", law.version, law.rules,
      array(select role from membership_roles h where h.membership_id = m.id and h.ended_at is null
        order by h.granted_at, h.role) as offices
    from memberships m join groups g on g.id = m.group_id
    left join lateral (select version, rules from group_rules where group_id = g.id and takes_effect_at <= ${now}
      order by version desc limit 1) law on true
    where m.group_id = ${at.groupId} and m.person_id = ${at.personId}
      and m.state in ('invited', 'asked', 'active', 'suspended')`.execute(reader);
  const [row] = found.rows;
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
