/**
 * Draws tontines for a long history: people in groups of twelve, each group with a fund into which its members pay now and
 * then over the whole time.
 */
import type { Chance } from '../src/ground/chance.ts';
import type { HandClock } from '../src/ground/clock.ts';
import type { Ground } from '../src/ground/ground.ts';
import { derivedUuid } from '../src/ground/identifiers.ts';
import { type AccountId, accountId } from '../src/ground/ledger/account.ts';
import type { Transfer } from '../src/ground/ledger/transfer.ts';

const MEMBERS = 12;
const DUE = 500n;

export interface DrawnGroup {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
  readonly fund: AccountId;
}

export function drawGroups(ground: Pick<Ground, 'ids'>, members: readonly string[]): DrawnGroup[] {
  return Array.from({ length: Math.floor(members.length / MEMBERS) }, (_, place) => {
    const id = ground.ids.next('grp');
    return {
      id,
      name: `Tontine ${String(place + 1).padStart(5, '0')}`,
      members: members.slice(place * MEMBERS, (place + 1) * MEMBERS),
      fund: accountId('solidarity', id, 'XOF'),
    };
  });
}

/** What `count` members pay into the funds of their groups at the clock's time. */
export function drawDues(
  ground: Ground & { readonly clock: HandClock },
  chance: Chance,
  groups: readonly DrawnGroup[],
  count: number,
): Transfer[] {
  if (groups.length === 0) return [];
  return Array.from({ length: count }, (): Transfer => {
    const group = groups[chance.below(groups.length)];
    const member = group?.members[chance.below(MEMBERS)];
    if (group === undefined || member === undefined) throw new Error('a group has members');
    const id = ground.ids.next('ctr');
    return {
      id: derivedUuid(id, 'due'),
      kind: 'single',
      debit: accountId('member', member, 'XOF'),
      credit: group.fund,
      amount: DUE,
      reference: id,
      journal: { id: ground.ids.next('jrn'), kind: 'tontine.contributed', occurredAt: ground.clock.now() },
    };
  });
}
