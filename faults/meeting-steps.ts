/**
 * Lets officers meet, count boxes, explain and agree to differences, hand notes to one another and fine, rightly and
 * wrongly.
 *
 * What nobody may get (a second meeting beside an open one, notes without the receiver's word, a fine by whoever may
 * give none) is judged on the spot; what it does to the money is judged by the books.
 */

import { recordDecision } from '../src/tontine/meetings/record-decision.ts';
import { listKeepers } from '../src/tontine/rounds/cash-box.rows.ts';
import { listMeetings } from '../src/tontine/testing/box-books.rows.ts';
import {
  boxOf,
  bring,
  closeBy,
  countBy,
  explainBy,
  fineBy,
  give,
  noteAll,
  openBy,
  said,
  sayOfBox,
  take,
} from './box-acts.ts';
import { count } from './coverage.ts';
import { happens, maybeOneOf, oneOf } from './dice.ts';
import { as, owedBy, saver, townOf } from './tontine-acts.ts';
import { listOnTheirWay } from './tontine-books.rows.ts';
import type { MeetingStepKind } from './tontine-story.ts';
import type { Saver } from './tontine-town.ts';
import type { World } from './world.ts';

export const MEETING_STEPS: Readonly<Record<MeetingStepKind, (world: World) => Promise<void>>> = {
  meeting,
  'count-box': countBox,
  'notes-between': notesBetween,
  fine,
};

/** The open one; else the last one; else one that nobody has opened. */
async function meetingOf(world: World): Promise<{ readonly id: string; readonly isOpen: boolean }> {
  const [newest] = await listMeetings(world.db, townOf(world).groupId);
  return newest ?? { id: world.ground.ids.next('mtg'), isOpen: false };
}

async function meeting(world: World): Promise<void> {
  const { chance, ground } = world;
  const officer = saver(world, chance.below(3));
  const current = await meetingOf(world);
  if (!current.isOpen || happens(chance, 10)) {
    const stranger = world.residents[2]?.person.id ?? '';
    const isStranger = happens(chance, 10);
    const who = isStranger ? { ...as(world, officer), personId: stranger } : as(world, officer);
    const answer = await openBy(world, who, ground.ids.next('mtg'));
    world.story.push(`${isStranger ? 'a stranger' : officer.name} opens a meeting: ${answer}`);
    if (answer === 'ok' && (current.isOpen || isStranger))
      world.surprises.push(
        `a meeting was opened that nobody may open: ${isStranger ? 'a stranger' : 'a second one'}`,
      );
    return;
  }
  const isAbsent = { ofTen: chance.below(4) };
  if (happens(chance, 70))
    await noteAll(world, officer, current.id, () =>
      chance.below(10) < isAbsent.ofTen ? 'absent' : 'present',
    );
  const decision = {
    ...as(world, officer),
    meetingId: current.id,
    decision: 'On compte les caisses à deux.',
  };
  await said(world, 'recordDecision', async (tx) => await recordDecision(tx, ground, decision));
  if (!happens(chance, 60)) return;
  const answer = await closeBy(world, officer, current.id);
  world.story.push(`${officer.name} closes the meeting: ${answer}`);
}

/** What somebody finds who counts: mostly all of it, sometimes too little or too much, and what is on its way is not there. */
async function findIn(world: World, keeper: Saver): Promise<bigint> {
  const { chance } = world;
  const books = await boxOf(world, keeper);
  const onTheWay = (await listOnTheirWay(world.db, townOf(world).groupId))
    .filter((notes) => notes.fromId === keeper.membershipId)
    .reduce((sum, notes) => sum + notes.amount, 0n);
  return oneOf(chance, [books, books, books - 300n, books + 200n, books - onTheWay, books / 2n, 0n, -1n]);
}

/** Mostly one that is open: where there is none, the president opens one for it. */
async function meetingToCountAt(world: World): Promise<string> {
  const current = await meetingOf(world);
  if (current.isOpen || happens(world.chance, 15)) return current.id;
  const meetingId = world.ground.ids.next('mtg');
  await openBy(world, as(world, saver(world, 0)), meetingId);
  return meetingId;
}

async function countBox(world: World): Promise<void> {
  const { chance } = world;
  const meetingId = await meetingToCountAt(world);
  const keepers = await listKeepers(world.db, townOf(world).groupId);
  const keeperId = maybeOneOf(chance, keepers);
  const keeper =
    (happens(chance, 60) ? townOf(world).savers.find((one) => one.membershipId === keeperId) : undefined) ??
    saver(world, chance.below(3));
  if ((await boxOf(world, keeper)) === 0n && happens(chance, 80))
    await bring(world, keeper, oneOf(chance, townOf(world).savers), oneOf(chance, [500n, 700n, 1_200n]));
  // Notes that are on their way when the box is counted: they are still in its books.
  if (happens(chance, 25)) await giveOnTheWay(world, keeper);
  const counter = happens(chance, 70) ? keeper : saver(world, chance.below(3));
  const counted = await findIn(world, keeper);
  const answer = await countBy(world, counter, { meetingId, keeper, counted });
  if (answer === 'ok' && counted < 0n) world.surprises.push(`a count of ${counted} was taken`);
  // The same form with another amount: the last count holds.
  if (happens(chance, 15)) await countBy(world, counter, { meetingId, keeper, counted: counted + 50n });
  if (happens(chance, 15)) return;
  const officer = happens(chance, 30) ? keeper : saver(world, chance.below(3));
  const explanation = happens(chance, 8) ? ' ' : 'billet déchiré';
  await explainBy(world, officer, { meetingId, keeper, explanation });
  if (happens(chance, 60)) await answerAtTheTable(world, meetingId, keeper);
}

async function giveOnTheWay(world: World, keeper: Saver): Promise<void> {
  const receiver = oneOf(world.chance, others(world, keeper));
  const amount = (await boxOf(world, keeper)) / 2n;
  const notes = { handoverId: world.ground.ids.next('hov'), toId: receiver.membershipId, amount };
  const answer = await give(world, keeper, notes);
  world.story.push(`${keeper.name} gives ${amount} in notes to ${receiver.name}: ${answer}`);
}

function others(world: World, keeper: Saver): Saver[] {
  return [0, 1, 2].map((place) => saver(world, place)).filter((one) => one !== keeper);
}

/** Voice by voice; between two of them the box may move, or be counted again. */
async function answerAtTheTable(world: World, meetingId: string, keeper: Saver): Promise<void> {
  const { chance } = world;
  for (const place of [0, 1, 2]) {
    const who = saver(world, (place + chance.below(3)) % 3);
    const answer = await sayOfBox(world, who, {
      meetingId,
      keeper,
      voice: happens(chance, 8) ? 'no' : 'yes',
    });
    if (answer === undefined) return;
    if (happens(chance, 12)) await moveTheBox(world, keeper);
    if (happens(chance, 12))
      await countBy(world, keeper, { meetingId, keeper, counted: (await boxOf(world, keeper)) + 100n });
  }
}

/** Notes leave the box, or come into it, while people look at it. */
async function moveTheBox(world: World, keeper: Saver): Promise<void> {
  const other = oneOf(world.chance, others(world, keeper));
  const [giver, receiver] = happens(world.chance, 50) ? [keeper, other] : [other, keeper];
  const handoverId = world.ground.ids.next('hov');
  await give(world, giver, { handoverId, toId: receiver.membershipId, amount: 100n });
  await take(world, receiver, handoverId);
}

async function notesBetween(world: World): Promise<void> {
  const { chance, ground } = world;
  await answerNotes(world);
  const giver = saver(world, chance.below(3));
  const receiver = oneOf(chance, townOf(world).savers);
  if ((await boxOf(world, giver)) === 0n && happens(chance, 60))
    await bring(world, giver, oneOf(chance, townOf(world).savers), 700n);
  const holds = await boxOf(world, giver);
  const amount = oneOf(chance, [holds, holds, holds / 2n, 100n, holds + 100n, 0n]);
  const notes = { handoverId: ground.ids.next('hov'), toId: receiver.membershipId, amount };
  const answer = await give(world, giver, notes);
  world.story.push(`${giver.name} gives ${amount} in notes to ${receiver.name}: ${answer}`);
  const mayNot = receiver === giver || receiver.personId === undefined || amount > holds || amount <= 0n;
  if (answer === 'ok' && mayNot)
    world.surprises.push(`${giver.name} gave ${amount} of ${holds} in notes to ${receiver.name}`);
  if (answer === 'ok' && (await give(world, giver, { ...notes, amount: amount + 1n })) === 'ok')
    world.surprises.push(`the form of ${notes.handoverId} was taken with another amount`);
  if (happens(chance, 30) && receiver.personId !== undefined)
    await give(world, receiver, { ...notes, handoverId: ground.ids.next('hov'), toId: giver.membershipId });
  if (happens(chance, 60)) await answerNotes(world);
}

/** Whoever was given notes says yes or no, or nothing yet; whoever was not, says yes all the same. */
async function answerNotes(world: World): Promise<void> {
  const { chance } = world;
  for (const notes of await listOnTheirWay(world.db, townOf(world).groupId)) {
    const savers = [0, 1, 2].map((place) => saver(world, place));
    const receiver = savers.find((one) => one.membershipId === notes.toId);
    const other = oneOf(
      chance,
      savers.filter((one) => one !== receiver),
    );
    if (happens(chance, 20) && (await take(world, other, notes.id)) === 'ok')
      world.surprises.push(`${other.name} took notes that were given to another`);
    if (receiver === undefined || happens(chance, 30)) continue;
    const word = happens(chance, 20) ? 'no' : 'yes';
    const answer = await take(world, receiver, notes.id, word);
    world.story.push(`${receiver.name} says ${word} to ${notes.amount} in notes: ${answer}`);
    if (answer !== 'ok' || !happens(chance, 20)) continue;
    if ((await take(world, receiver, notes.id, word === 'yes' ? 'no' : 'yes')) === 'ok')
      world.surprises.push(`${receiver.name} said yes and no to notes ${notes.id}`);
  }
}

/** Amounts that no by-law names; the treasurer, who would profit from it, may not. */
async function fine(world: World): Promise<void> {
  const { chance, ground } = world;
  const officer = saver(world, chance.below(3));
  const target = oneOf(chance, townOf(world).savers);
  const isStranger = happens(chance, 5);
  const form = {
    membershipId: isStranger ? ground.ids.next('mem') : target.membershipId,
    formId: ground.ids.next('mtg'),
    kind: oneOf(chance, ['other', 'absence'] as const),
    amount: oneOf(chance, [7n, 77n, 250n, 0n, -50n, await owedBy(world, target)]),
    reason: happens(chance, 10) ? ' ' : 'téléphone pendant la séance',
  };
  const answer = await fineBy(world, officer, form);
  world.story.push(`${officer.name} fines ${target.name} ${form.amount}: ${answer}`);
  if (answer !== 'ok') return;
  count(world.coverage, 'fined by hand');
  if (officer === saver(world, 1) || isStranger || form.amount <= 0n)
    world.surprises.push(`${officer.name} fined ${target.name} ${form.amount}`);
  if (!happens(chance, 30)) return;
  const changed = oneOf(chance, [
    { ...form, amount: form.amount + 1n },
    {
      ...form,
      membershipId: oneOf(
        chance,
        townOf(world).savers.filter((one) => one !== target),
      ).membershipId,
    },
  ]);
  if ((await fineBy(world, officer, changed)) === 'ok')
    world.surprises.push(`the form of a fine, ${form.formId}, was taken with something else in it`);
}
