/**
 * Reads one page of a group's journal for one of its members, newest first; the next page begins after its last line.
 *
 * Refuses: `group-absent`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { type Answer, accepted } from '../../ground/refusal.ts';
import { mayDo } from '../members/permission.ts';
import { type Entering, lookIn } from './enter-group.ts';
import type { Actor } from './group.ts';
import { type JournalPage, listJournal, type NamedLine } from './group-journal.rows.ts';
import { veilJournal } from './veil.ts';

/** `known` is who was let in to read a moment ago: whoever asked at the door need not ask again. */
export async function readJournal(
  reader: Reader,
  ground: Ground,
  who: Entering,
  page: JournalPage,
  known?: Actor,
): Promise<Answer<readonly NamedLine[]>> {
  const actor = known === undefined ? await lookIn(reader, ground, who, 'see-group') : accepted(known);
  if (!actor.ok) return actor;
  const { group, membership, roles, rules } = actor.value;
  const seesAll = rules.visibility === 'all' || mayDo(roles, 'see-amounts-of-all');
  const lines = await listJournal(reader, group.id, page);
  return accepted(veilJournal(lines, { membershipId: membership.id, seesAll }));
}
