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
import type { ApprovalRequest } from '../approvals/approval.ts';
import { listOpenRequests } from '../approvals/approval-request.rows.ts';
import { findLastCycle } from '../cycles/cycle.rows.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { mayDo } from '../members/permission.ts';
import { listKeepers } from '../rounds/cash-box.rows.ts';
import { listOpenDues } from '../rounds/due.rows.ts';
import type { Due } from '../rounds/due.ts';
import { type Entering, lookIn } from './enter-group.ts';
import type { Actor } from './group.ts';
import { listJournal, type NamedLine } from './group-journal.rows.ts';
import {
  type CalendarRound,
  type GridCell,
  listCalendar,
  listGrid,
  listMemberRows,
  listShareTurns,
  type MemberRow,
  type ShareTurn,
} from './group-page.rows.ts';
import { listRules, type RulesVersion } from './group-rules.rows.ts';
import { type GroupStanding, listStandings } from './my-groups.rows.ts';
import { type FundsStanding, readFunds } from './read-funds.ts';
import { veilGrid, veilJournal } from './veil.ts';

export interface GroupView {
  readonly actor: Actor;
  readonly standing: GroupStanding;
  readonly members: readonly MemberRow[];
  readonly cycle: Cycle | undefined;
  readonly calendar: readonly CalendarRound[];
  readonly turns: readonly ShareTurn[];
  /** Without the amounts of others, where only one's own are shown. */
  readonly grid: readonly GridCell[];
  readonly owed: readonly Due[];
  readonly funds: FundsStanding;
  /** Newest first: what holds, what will hold, what held. */
  readonly rules: readonly RulesVersion[];
  readonly requests: readonly ApprovalRequest[];
  readonly journal: readonly NamedLine[];
  /** False when amounts of other members are left out. */
  readonly seesAll: boolean;
}

/** As many lines as fit on the page; the rest is on the journal's own. */
const LINES_SHOWN = 8;

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
  const cycle = await findLastCycle(reader, group.id);
  const members = await listMemberRows(reader, group.id, cycle?.id);
  const keepers = await listKeepers(reader, group.id);
  const funds = { groupId: group.id, cycleId: cycle?.id ?? group.id, currency: group.currency };
  const seesAll = rules.visibility === 'all' || mayDo(roles, 'see-amounts-of-all');
  const viewer = { membershipId: membership.id, seesAll };
  return accepted({
    actor: actor.value,
    standing: standing ?? nothingYet(actor.value),
    members,
    cycle,
    calendar: cycle === undefined ? [] : await listCalendar(reader, cycle.id),
    turns: cycle === undefined ? [] : await listShareTurns(reader, cycle.id),
    grid: cycle === undefined ? [] : veilGrid(await listGrid(reader, cycle.id), viewer),
    owed: await listOpenDues(reader, membership.id),
    funds: await readFunds(
      reader,
      funds,
      members.filter((member) => keepers.includes(member.membershipId)),
    ),
    rules: await listRules(reader, group.id),
    requests: await listOpenRequests(reader, group.id),
    journal: veilJournal(await listJournal(reader, group.id, { limit: LINES_SHOWN }), viewer),
    seesAll,
  });
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
