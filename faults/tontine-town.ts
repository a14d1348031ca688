/**
 * Settles a group of four in a universe: two of them have wallets that are filled from outside, one has a wallet that
 * only pots fill, one has no phone.
 *
 * It is founded, joined and started by the production acts, before the weather turns.
 */
import { seededChance } from '../src/ground/chance.ts';
import { answerInTransaction } from '../src/ground/postgres/answer-in-transaction.ts';
import type { Tx } from '../src/ground/postgres/database.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import { type Answer, invariant } from '../src/ground/refusal.ts';
import { insertPerson } from '../src/people/person.rows.ts';
import { calendarDay } from '../src/tontine/cycles/calendar-day.ts';
import { changeShares } from '../src/tontine/cycles/change-shares.ts';
import { fixOrder } from '../src/tontine/cycles/fix-order.ts';
import { formCycle } from '../src/tontine/cycles/form-cycle.ts';
import { listShares } from '../src/tontine/cycles/share.rows.ts';
import { startCycle } from '../src/tontine/cycles/start-cycle.ts';
import { foundGroup } from '../src/tontine/groups/found-group.ts';
import { type Rules, USUAL_RULES } from '../src/tontine/groups/rules.ts';
import { addMember } from '../src/tontine/members/add-member.ts';
import { answerInvitation } from '../src/tontine/members/answer-invitation.ts';
import { grantOffice } from '../src/tontine/members/grant-office.ts';
import { inviteNumber } from '../src/tontine/members/invite-number.ts';
import { listMembers } from '../src/tontine/members/membership.rows.ts';
import { oneOf, weighed } from './dice.ts';
import type { World } from './world.ts';

export interface Saver {
  readonly name: string;
  readonly membershipId: string;
  /** Nobody, for whoever has no phone. */
  readonly personId: string | undefined;
}

export interface TontineTown {
  readonly groupId: string;
  readonly cycleId: string;
  readonly savers: readonly Saver[];
  readonly rules: Rules;
}

/** With rules of its own, and told whether the treasurer has a second share, where a scenario needs them. */
export async function settleTontine(
  world: World,
  own: Partial<Rules> = {},
  hasSecondShare?: boolean,
): Promise<void> {
  const { db, ground } = world;
  const [awa, koffi] = world.residents;
  invariant(awa !== undefined && koffi !== undefined, 'a group needs residents');
  const groupId = ground.ids.next('grp');
  const rules = { ...drawRules(world), ...own };
  const must = async <T>(act: (tx: Tx) => Promise<Answer<T>>): Promise<T> => {
    const answer = await answerInTransaction(db, act);
    invariant(answer.ok, answer.ok ? '' : `the group could not settle: ${answer.refusal.code}`);
    return answer.value;
  };
  const president = { groupId, personId: awa.person.id };
  const founding = {
    founder: { ...awa.person, displayName: 'Awa' },
    groupId,
    name: 'Les Voisins',
    timeZone: 'Africa/Abidjan',
  };
  await must(async (tx) => await foundGroup(tx, ground, { ...founding, rules }));
  const yao = await moveIn(world);
  for (const [name, person] of [
    ['Koffi', koffi.person],
    ['Yao', yao],
  ] as const) {
    const invited = { ...president, phone: person.phone, name };
    const membershipId = await must(async (tx) => await inviteNumber(tx, ground, invited));
    await must(async (tx) => await answerInvitation(tx, ground, { person, membershipId, answer: 'yes' }));
    const office = name === 'Koffi' ? 'treasurer' : 'vice-president';
    await must(
      async (tx) => await grantOffice(tx, ground, { ...president, membershipId, office, to: 'hold' }),
    );
  }
  await must(async (tx) => await addMember(tx, ground, { ...president, name: 'Adjoua' }));
  const savers = (await listMembers(db, groupId)).map((member) => ({
    name: member.displayName,
    membershipId: member.id,
    personId: member.personId ?? undefined,
  }));
  const cycle = { ...president, cycleId: ground.ids.next('cyc') };
  await must(async (tx) => await formCycle(tx, ground, { ...cycle, startsOn: calendarDay('2026-01-06') }));
  if (hasSecondShare ?? world.chance.below(3) === 0) {
    const membershipId = savers[1]?.membershipId ?? '';
    await must(async (tx) => await changeShares(tx, ground, { ...cycle, membershipId, count: 2 }));
  }
  const shareIds = (await listShares(db, cycle.cycleId)).map((share) => share.id);
  if (rules.order === 'fixed') await must(async (tx) => await fixOrder(tx, ground, { ...cycle, shareIds }));
  await must(async (tx) => await startCycle(tx, ground, cycle));
  world.tontine = { groupId, cycleId: cycle.cycleId, savers, rules };
}

/** How the group of a seed decides whose turn it is: most write their order down, others sell every pot. */
export function drawOrder(seed: string): Pick<Rules, 'order' | 'auction'> {
  const chance = seededChance(`${seed} order of turns`);
  const order = weighed(chance, { fixed: 60, 'auction-discount': 22, 'auction-premium': 18 });
  if (order === 'fixed') return { order };
  const auction = {
    leastBasisPoints: oneOf(chance, [0, 0, 300]),
    mostBasisPoints: oneOf(chance, [4_000, 9_000]),
    increment: oneOf(chance, [1n, 10n, 100n]),
    commissionBasisPoints: oneOf(chance, [0, 150, 500]),
  };
  return { order, auction };
}

function drawRules({ chance }: World): Rules {
  const fee = oneOf(chance, ['fixed', 'per-day'] as const);
  return {
    ...USUAL_RULES,
    contribution: 500n,
    schedule: { kind: 'daily' },
    rounds: 3 + chance.below(3),
    graceHours: 12,
    lateFee: { kind: fee, beforePot: 10n, afterPot: 20n, cap: 50n },
    solidarity: {
      contribution: oneOf(chance, [0n, 100n]),
      events: [{ kind: 'deuil', amount: 50n, afterMonths: 0 }],
    },
    guaranteePerShare: oneOf(chance, [0n, 500n]),
    shortfall: oneOf(chance, ['wait', 'guarantee', 'pay-what-is-there'] as const),
    approvals: oneOf(chance, [
      { payout: 2, other: 2 },
      { payout: 2, other: 1 },
    ]),
  };
}

async function moveIn({ db, ground }: World) {
  const person = {
    id: ground.ids.next('per'),
    phone: '+2250709112233',
    country: 'CI',
    locale: 'fr',
  } as const;
  const createdAt = ground.clock.now();
  await inTransaction(
    db,
    async (tx) => await insertPerson(tx, { ...person, identification: 'verified', createdAt }),
  );
  return person;
}
