/**
 * Lets savers exchange turns and hand shares on: with and without the yes of whom it concerns.
 */
import { listOpenRequests } from '../src/tontine/approvals/approval-request.rows.ts';
import { giveVoice } from '../src/tontine/approvals/give-voice.ts';
import { listShares } from '../src/tontine/cycles/share.rows.ts';
import { listTurns } from '../src/tontine/cycles/turn.rows.ts';
import { approveSwap } from '../src/tontine/turns/approve-swap.ts';
import { consentSubstitution } from '../src/tontine/turns/consent-substitution.ts';
import { consentSwap } from '../src/tontine/turns/consent-swap.ts';
import { proposeSubstitution } from '../src/tontine/turns/propose-substitution.ts';
import { proposeSwap } from '../src/tontine/turns/propose-swap.ts';
import { listSubstitutions, type Substitution } from '../src/tontine/turns/substitution.rows.ts';
import { listSwaps, type Swap } from '../src/tontine/turns/swap.rows.ts';
import { happens, maybeOneOf, oneOf } from './dice.ts';
import { as, outcomeOf, saver, send, townOf } from './tontine-acts.ts';
import type { Saver } from './tontine-town.ts';
import type { World } from './world.ts';

async function swap(world: World): Promise<void> {
  const { chance } = world;
  const swaps = await listSwaps(world.db, townOf(world).cycleId);
  const asked = maybeOneOf(
    chance,
    swaps.filter((one) => one.state === 'asked'),
  );
  if (asked !== undefined && happens(chance, 60)) return await answerSwap(world, asked);
  const shares = await listShares(world.db, townOf(world).cycleId);
  const asking = saver(world, chance.below(3));
  const own = shares.filter((share) => share.membershipId === asking.membershipId);
  const one = (happens(chance, 10) ? undefined : maybeOneOf(chance, own)) ?? oneOf(chance, shares);
  const answering = shares.filter((share) =>
    [0, 1, 2].some((place) => saver(world, place).membershipId === share.membershipId && share !== one),
  );
  const other = (happens(chance, 25) ? undefined : maybeOneOf(chance, answering)) ?? oneOf(chance, shares);
  const made = await askToSwap(world, asking, one.id, other.id);
  if (made?.ok !== true) return;
  if (one.membershipId !== asking.membershipId)
    world.surprises.push(`${asking.name} offered a turn of another`);
  if (happens(chance, 70)) await answerSwap(world, made.value);
}

export async function askToSwap(world: World, asking: Saver, ownShareId: string, otherShareId: string) {
  const { ground } = world;
  const form = { ...as(world, asking), swapId: ground.ids.next('swp'), ownShareId, otherShareId };
  world.story.push(`${asking.name} asks to exchange ${ownShareId} with ${otherShareId}`);
  return await send(world, 'proposeSwap', async (tx) => await proposeSwap(tx, ground, form));
}

/** Whoever it may concern says yes, whoever it may not as well; then somebody approves. */
async function answerSwap(world: World, { id }: Swap): Promise<void> {
  const { chance } = world;
  for (const place of [0, 1, 2]) {
    if (happens(chance, 75))
      await consentToSwap(world, saver(world, place), id, happens(chance, 5) ? 'no' : 'yes');
  }
  for (const place of [0, 1, 2]) {
    if (happens(chance, 70)) await approve(world, saver(world, place), id);
  }
}

export async function consentToSwap(world: World, who: Saver, swapId: string, voice: 'yes' | 'no') {
  const form = { ...as(world, who), swapId, voice };
  world.story.push(`${who.name} says ${voice} to the exchange`);
  return await send(world, 'consentSwap', async (tx) => await consentSwap(tx, world.ground, form));
}

/** Two turns change places, and no other one moves. */
export async function approve(world: World, officer: Saver, swapId: string): Promise<string> {
  const { cycleId } = townOf(world);
  const before = new Map((await listTurns(world.db, cycleId)).map((turn) => [turn.shareId, turn.place]));
  const asked = (await listSwaps(world.db, cycleId)).find((one) => one.id === swapId);
  const form = { ...as(world, officer), swapId };
  world.story.push(`${officer.name} approves the exchange`);
  const answer = await send(world, 'approveSwap', async (tx) => await approveSwap(tx, world.ground, form));
  const isDone = answer?.ok === true && asked?.state === 'asked';
  const expected = new Map(before);
  if (isDone) {
    expected.set(asked.shareA, before.get(asked.shareB) ?? 0);
    expected.set(asked.shareB, before.get(asked.shareA) ?? 0);
  }
  const after = await listTurns(world.db, cycleId);
  if (answer !== undefined && after.some((turn) => turn.place !== expected.get(turn.shareId)))
    world.surprises.push(`${swapId} did not exchange two turns and no other`);
  if (isDone) await expectAgreed(world, officer, asked);
  return outcomeOf(answer);
}

async function expectAgreed(world: World, officer: Saver, asked: Swap): Promise<void> {
  if (asked.consentAAt === null || asked.consentBAt === null)
    world.surprises.push(`${asked.id} was done without both owners`);
  const shares = await listShares(world.db, asked.cycleId);
  const own = shares.filter((share) => share.membershipId === officer.membershipId).map((share) => share.id);
  if (own.includes(asked.shareA) || own.includes(asked.shareB))
    world.surprises.push(`${officer.name} approved an exchange of their own turn`);
}

async function substitute(world: World): Promise<void> {
  const { chance } = world;
  const asked = (await listSubstitutions(world.db, townOf(world).cycleId)).filter(
    (one) => one.state === 'asked',
  );
  const waiting = maybeOneOf(chance, asked);
  if (waiting !== undefined && happens(chance, 60)) return await answerSubstitution(world, waiting);
  const shares = await listShares(world.db, townOf(world).cycleId);
  const made = await askToSubstitute(
    world,
    saver(world, chance.below(3)),
    oneOf(chance, shares).id,
    happens(chance, 20) ? oneOf(chance, townOf(world).savers) : saver(world, chance.below(3)),
  );
  if (made?.ok === true && happens(chance, 70)) await answerSubstitution(world, made.value);
}

export async function askToSubstitute(world: World, officer: Saver, shareId: string, to: Saver) {
  const { ground } = world;
  const substitutionId = ground.ids.next('sub');
  const form = { ...as(world, officer), substitutionId, shareId, toId: to.membershipId };
  world.story.push(`${officer.name} asks for ${to.name} to take ${shareId} over`);
  return await send(world, 'proposeSubstitution', async (tx) => await proposeSubstitution(tx, ground, form));
}

/** Then officers answer as well, now or in the steps that follow. */
async function answerSubstitution(world: World, substitution: Substitution): Promise<void> {
  for (const place of [0, 1, 2]) {
    const who = saver(world, place);
    if (!happens(world.chance, 80)) continue;
    const voice = happens(world.chance, 5) ? 'no' : 'yes';
    const answer = await consentToSubstitution(world, who, substitution.id, voice);
    const concerns = [substitution.fromId, substitution.toId].includes(who.membershipId);
    if (answer?.ok === true && !concerns)
      world.surprises.push(`${who.name} answered for another on ${substitution.id}`);
  }
  for (const place of [0, 1, 2]) {
    if (happens(world.chance, 60)) await sayYes(world, saver(world, place), substitution);
  }
}

async function sayYes(world: World, who: Saver, { id, fromId, toId }: Substitution): Promise<void> {
  const requests = await listOpenRequests(world.db, townOf(world).groupId);
  const request = requests.find((one) => one.subjectId === id);
  if (request === undefined) return;
  world.story.push(`${who.name} says yes to ${request.kind}`);
  const form = { ...as(world, who), requestId: request.id, voice: 'yes' } as const;
  const answer = await send(world, 'giveVoice', async (tx) => await giveVoice(tx, world.ground, form));
  if (answer?.ok === true && [fromId, toId].includes(who.membershipId))
    world.surprises.push(`${who.name} had a voice on their own ${request.kind}`);
}

export async function consentToSubstitution(
  world: World,
  who: Saver,
  substitutionId: string,
  voice: 'yes' | 'no',
) {
  const form = { ...as(world, who), substitutionId, voice };
  world.story.push(`${who.name} says ${voice} to the handing on`);
  return await send(
    world,
    'consentSubstitution',
    async (tx) => await consentSubstitution(tx, world.ground, form),
  );
}

export const EXCHANGE_STEPS = { swap, substitute } as const;
