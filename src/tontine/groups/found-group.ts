/**
 * Founds a group: its name, its by-law, its president.
 *
 * The id comes from the form, so that a double click founds one group. The currency is that of the founder's wallet,
 * because no money changes currency on its way into a pot.
 *
 * Refuses: `name-missing`, `name-too-long`, `name-unreadable`, `time-zone-unknown`, `rules-invalid`, `request-changed`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import { REQUEST_CHANGED } from '../../ground/idempotency/remember-answer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { type Person, parseDisplayName } from '../../people/person.ts';
import { formatPhone } from '../../people/phone-number.ts';
import { currencyOf } from '../../wallet/wallet.ts';
import { isTimeZone } from '../cycles/calendar-day.ts';
import { insertMembership } from '../members/membership.rows.ts';
import { insertRole } from '../members/membership-role.rows.ts';
import { findGroup, insertGroup, lockGroup } from './group.rows.ts';
import type { Group } from './group.ts';
import { insertRules } from './group-rules.rows.ts';
import { parseRules } from './rules.ts';
import { writeJournal } from './write-journal.ts';

export interface FoundGroup {
  readonly founder: Pick<Person, 'id' | 'phone' | 'country' | 'displayName'>;
  /** Made when the form was drawn. */
  readonly groupId: string;
  /** As typed. */
  readonly name: unknown;
  readonly timeZone: string;
  /** As composed by the form; see `rules.ts`. */
  readonly rules: unknown;
}

export async function foundGroup(tx: Tx, ground: Ground, asked: FoundGroup): Promise<Answer<Group>> {
  const name = parseDisplayName(asked.name);
  if (!name.ok) return name;
  if (!isTimeZone(asked.timeZone)) return refused(TIME_ZONE_UNKNOWN);
  const rules = parseRules(asked.rules);
  if (!rules.ok) return rules;
  const at = ground.clock.now();
  const { founder } = asked;
  const group: Group = {
    id: asked.groupId,
    name: name.value,
    currency: currencyOf(founder.country),
    timeZone: asked.timeZone,
    foundedBy: founder.id,
    foundedAt: at,
  };
  await lockGroup(tx, group.id);
  if (!(await insertGroup(tx, group))) {
    const earlier = await findGroup(tx, group.id);
    const same = earlier?.foundedBy === founder.id && earlier.name === group.name;
    return same ? accepted(earlier) : refused(REQUEST_CHANGED);
  }
  await insertRules(tx, { groupId: group.id, version: 1, rules: rules.value, at, isAdopted: true });
  const membershipId = ground.ids.next('mem');
  await insertMembership(tx, {
    id: membershipId,
    groupId: group.id,
    personId: founder.id,
    displayName: founder.displayName ?? formatPhone(founder.phone),
    state: 'active',
    at,
  });
  await insertRole(tx, { groupId: group.id, membershipId, role: 'president', by: undefined, at });
  await writeJournal(tx, ground, {
    groupId: group.id,
    act: 'group.founded',
    actorId: membershipId,
    subjectId: group.id,
  });
  await recordEvent(tx, ground, { name: 'group.founded', subjectId: group.id, facts: { by: founder.id } });
  return accepted(group);
}

const TIME_ZONE_UNKNOWN = refusal(
  'time-zone-unknown',
  'invalid',
  'Ce fuseau horaire est inconnu.',
  'This time zone is unknown.',
);
