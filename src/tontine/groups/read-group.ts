/**
 * Reads everything that the page of a group shows to one of its members, in a fixed number of queries.
 *
 * What a member may not see of others (amounts, where the by-law shows only one's own) is left out here, not on the
 * page: a page forgets. Strangers get the refusal of a group that is not.
 *
 * Refuses: `group-absent`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { type Answer, accepted } from '../../ground/refusal.ts';
import { MEMBER_STATES } from '../members/membership.ts';
import { mayDo } from '../members/permission.ts';
import { type Entering, lookIn } from './enter-group.ts';
import type { Actor } from './group.ts';
import { listJournal, type NamedLine } from './group-journal.rows.ts';
import { type GroupStanding, listStandings } from './my-groups.rows.ts';
import { type GroupBooks, readBooks } from './read-books.ts';
import { type FundsStanding, type KeeperOfBox, readFunds } from './read-funds.ts';
import { veilJournal } from './veil.ts';

export interface GroupView {
  readonly actor: Actor;
  readonly standing: GroupStanding;
  readonly books: GroupBooks;
  readonly funds: FundsStanding;
  /** The newest lines, without the amounts of others where only one's own are shown. */
  readonly journal: readonly NamedLine[];
}

/** As many lines as fit on the page; the rest is on the journal's own. */
const LINES_SHOWN = 4;

/** `known` is who was let in to read a moment ago: whoever asked at the door need not ask again. */
export async function readGroup(
  reader: Reader,
  ground: Ground,
  who: Entering,
  known?: Actor,
): Promise<Answer<GroupView>> {
  const actor = known === undefined ? await lookIn(reader, ground, who, 'see-group') : accepted(known);
  if (!actor.ok) return actor;
  const { group, membership, roles, rules } = actor.value;
  const [standing] = await listStandings(reader, who.personId, ground.clock.now(), group.id);
  const books = await readBooks(reader, group.id);
  const of = { groupId: group.id, cycleId: books.cycle?.id ?? group.id, currency: group.currency };
  const seesAll = rules.visibility === 'all' || mayDo(roles, 'see-amounts-of-all');
  const lines = await listJournal(reader, group.id, { limit: LINES_SHOWN });
  return accepted({
    actor: actor.value,
    standing: standing ?? nothingYet(actor.value),
    books,
    funds: await readFunds(reader, of, keepersOf(books)),
    journal: veilJournal(lines, { membershipId: membership.id, seesAll }),
  });
}

function keepersOf({ people }: GroupBooks): readonly KeeperOfBox[] {
  return people
    .filter((one) => one.keepsBox && MEMBER_STATES.includes(one.state))
    .map((one) => ({ membershipId: one.id, personId: one.personId, name: one.displayName }));
}

/** A group without a cycle, for a member who was there before the first. */
function nothingYet({ group, membership }: Actor): GroupStanding {
  return {
    groupId: group.id,
    name: group.name,
    currency: group.currency,
    timeZone: group.timeZone,
    membershipId: membership.id,
    membershipState: membership.state,
    members: 0,
    cycleId: null,
    cycleState: null,
    startsOn: null,
    rounds: null,
    round: null,
    paid: 0,
    payers: 0,
    owed: 0n,
    dueAt: null,
    toDecide: 0,
  };
}
