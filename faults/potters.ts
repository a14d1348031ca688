/**
 * Is a second group in some universes, of two people who are in the first one as well: they pay into both in the same
 * moment and from the same wallets, through the lane that such people share (`contribution-lane.ts`).
 *
 * Nobody asks for its pots; its books are judged after every step like those of the first group.
 */
import { seededChance } from '../src/ground/chance.ts';
import { answerInTransaction } from '../src/ground/postgres/answer-in-transaction.ts';
import type { Tx } from '../src/ground/postgres/database.ts';
import { type Answer, invariant } from '../src/ground/refusal.ts';
import { calendarDay } from '../src/tontine/cycles/calendar-day.ts';
import { fixOrder } from '../src/tontine/cycles/fix-order.ts';
import { formCycle } from '../src/tontine/cycles/form-cycle.ts';
import { listShares } from '../src/tontine/cycles/share.rows.ts';
import { startCycle } from '../src/tontine/cycles/start-cycle.ts';
import { foundGroup } from '../src/tontine/groups/found-group.ts';
import { USUAL_RULES } from '../src/tontine/groups/rules.ts';
import { answerInvitation } from '../src/tontine/members/answer-invitation.ts';
import { inviteNumber } from '../src/tontine/members/invite-number.ts';
import type { Contribution } from '../src/tontine/rounds/contribution.ts';
import { openContributionLane } from '../src/tontine/rounds/contribution-lane.ts';
import type { PayContribution } from '../src/tontine/rounds/pay-contribution.ts';
import { happens, oneOf } from './dice.ts';
import { noteAnswer } from './people-steps.ts';
import { runOn } from './run-on.ts';
import { hasTontine } from './tontine-story.ts';
import { processOf, type World } from './world.ts';

export interface SecondGroup {
  readonly groupId: string;
  readonly cycleId: string;
}

/** Every third universe with a group; none of those that were remembered before there were two. */
export function hasPotters(seed: string): boolean {
  return hasTontine(seed) && seededChance(`${seed} potters`).below(3) === 0;
}

const DUE = 200n;
const RULES = {
  ...USUAL_RULES,
  contribution: DUE,
  schedule: { kind: 'daily' },
  rounds: 2,
  graceHours: 12,
  solidarity: { contribution: 0n, events: [] },
  guaranteePerShare: 0n,
} as const;

export async function settlePotters(world: World): Promise<void> {
  const { db, ground, residents } = world;
  const [awa, koffi] = residents;
  invariant(awa !== undefined && koffi !== undefined, 'a group needs residents');
  const must = async <T>(act: (tx: Tx) => Promise<Answer<T>>): Promise<T> => {
    const answer = await answerInTransaction(db, act);
    invariant(answer.ok, answer.ok ? '' : `the potters could not settle: ${answer.refusal.code}`);
    return answer.value;
  };
  const groupId = ground.ids.next('grp');
  const president = { groupId, personId: koffi.person.id };
  const founder = { ...koffi.person, displayName: 'Koffi' };
  const founding = { founder, groupId, name: 'Les Potières', timeZone: 'Africa/Abidjan', rules: RULES };
  await must(async (tx) => await foundGroup(tx, ground, founding));
  const invited = { ...president, phone: awa.person.phone, name: 'Awa' };
  const membershipId = await must(async (tx) => await inviteNumber(tx, ground, invited));
  const yes = { person: awa.person, membershipId, answer: 'yes' } as const;
  await must(async (tx) => await answerInvitation(tx, ground, yes));
  const cycle = { ...president, cycleId: ground.ids.next('cyc') };
  await must(async (tx) => await formCycle(tx, ground, { ...cycle, startsOn: calendarDay('2026-01-06') }));
  const shareIds = (await listShares(db, cycle.cycleId)).map((share) => share.id);
  await must(async (tx) => await fixOrder(tx, ground, { ...cycle, shareIds }));
  await must(async (tx) => await startCycle(tx, ground, cycle));
  world.potters = { groupId, cycleId: cycle.cycleId };
}

/** Both pay into both groups at once, and all that got no answer is sent again. */
export async function payIntoBoth(world: World): Promise<void> {
  const { chance, ground, potters, tontine } = world;
  invariant(potters !== undefined && tontine !== undefined, 'this universe has one group');
  const forms = world.residents.slice(0, 2).flatMap(({ person }) =>
    [tontine, potters].map(
      ({ groupId }): PayContribution => ({
        groupId,
        personId: person.id,
        contributionId: ground.ids.next('ctr'),
        amount: oneOf(chance, [DUE, 700n, 700n, 30_000n, 0n]),
      }),
    ),
  );
  world.story.push(`both pay into both groups: ${forms.map(({ amount }) => amount).join(', ')}`);
  const on = processOf(world, 0);
  if (happens(chance, world.network.weather.crash)) on.dieAfter = 1 + chance.below(6);
  if (happens(chance, world.network.weather.conflict)) on.conflictAfter = 1 + chance.below(2);
  const first = await payAll(world, forms);
  on.dieAfter = undefined;
  on.conflictAfter = undefined;
  const open = forms.filter(({ contributionId }) => !first.has(contributionId) || happens(chance, 15));
  const again = await payAll(world, open);
  for (const { contributionId } of open) {
    const [before, after] = [first.get(contributionId), again.get(contributionId)];
    if (before?.ok === true && after?.ok === false)
      world.surprises.push(`a contribution was taken, and to the same form came ${after.refusal.code}`);
  }
}

/** What was answered before the process died, by form. */
async function payAll(
  world: World,
  forms: readonly PayContribution[],
): Promise<ReadonlyMap<string, Answer<Contribution>>> {
  const on = processOf(world, 0);
  const lane = openContributionLane(on.db, world.ground);
  const answers = new Map<string, Answer<Contribution>>();
  await Promise.all(
    forms.map(async (form) => {
      const answer = await runOn(world, on, 'contributeTogether', async () => await lane(form));
      noteAnswer(world, 'contributeTogether', answer);
      if (answer !== undefined) answers.set(form.contributionId, answer);
    }),
  );
  return answers;
}
