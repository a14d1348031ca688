/**
 * Lets keepers put their boxes in order when all faults have healed: what is on its way is taken, whoever owes notes
 * brings them to a meeting, and the meeting closes.
 */
import { MINUTE_MS } from '../src/ground/clock.ts';
import { listMeetings, listUnsettled } from '../src/tontine/testing/box-books.rows.ts';
import {
  boxOf,
  closeBy,
  countBy,
  explainBy,
  give,
  noteAll,
  openBy,
  owedNotes,
  sayOfBox,
  take,
  takeBack,
} from './box-acts.ts';
import { as, present, saver, townOf } from './tontine-acts.ts';
import { listOnTheirWay } from './tontine-books.rows.ts';
import type { Saver } from './tontine-town.ts';
import type { World } from './world.ts';

/** Before pots are handed over: a keeper who owes notes may owe just those. */
export async function putBoxesInOrder(world: World): Promise<void> {
  const { groupId } = townOf(world);
  const president = saver(world, 0);
  const keepers = await keepersHere(world);
  for (const notes of await listOnTheirWay(world.db, groupId)) {
    const receiver = keepers.find((one) => one.membershipId === notes.toId);
    if (receiver === undefined) await takeBack(world, president, notes.id);
    else await take(world, receiver, notes.id);
  }
  world.clock.advance(MINUTE_MS);
  const [newest] = await listMeetings(world.db, groupId);
  const meetingId = newest?.isOpen === true ? newest.id : world.ground.ids.next('mtg');
  await openBy(world, as(world, president), meetingId);
  for (const keeper of keepers) await countTruly(world, keepers, { meetingId, keeper });
  // Somebody else looks into the box of who is gone.
  for (const gone of townOf(world).savers.filter(
    (one) => one.personId !== undefined && !keepers.includes(one),
  ))
    await countBy(world, president, { meetingId, keeper: gone, counted: await boxOf(world, gone) });
  await noteAll(world, president, meetingId);
  world.clock.advance(MINUTE_MS);
  const closed = await closeBy(world, president, meetingId);
  world.clock.advance(MINUTE_MS);
  if (closed !== 'ok') world.surprises.push(`group: the meeting did not close: ${closed}`);
}

/** What the books say and what the keeper owes is in the box now: they have brought it. */
async function countTruly(
  world: World,
  keepers: readonly Saver[],
  box: { readonly meetingId: string; readonly keeper: Saver },
): Promise<void> {
  const owed = await owedNotes(world, box.keeper);
  await countBy(world, box.keeper, { ...box, counted: (await boxOf(world, box.keeper)) + owed });
  if (owed === 0n) return;
  // Whoever asks has no voice: where only one other is left, the keeper asks.
  const others = keepers.filter((one) => one !== box.keeper);
  const asking = others.length > 1 ? others[0] : box.keeper;
  if (asking !== undefined) await explainBy(world, asking, { ...box, explanation: 'remis à la séance' });
  for (const other of others.filter((one) => one !== asking)) await sayOfBox(world, other, box);
}

/** Who may keep a box and is still in the group: the president, the treasurer, the vice-president. */
async function keepersHere(world: World): Promise<Saver[]> {
  const here = await present(world);
  return [0, 1, 2].map((place) => saver(world, place)).filter((one) => here.includes(one));
}

/** Whoever keeps all notes at the end: the treasurer, or who is left. */
async function lastKeeper(world: World): Promise<Saver> {
  const [president = saver(world, 0), next = president] = await keepersHere(world);
  return next;
}

/** Notes lie in several boxes, and a pot may need all of them; those of who is gone are given by the president. */
export async function gatherNotes(world: World): Promise<void> {
  const last = await lastKeeper(world);
  const here = await keepersHere(world);
  for (const keeper of townOf(world).savers.filter((one) => one !== last)) {
    const amount = await boxOf(world, keeper);
    const handoverId = world.ground.ids.next('hov');
    if (amount <= 0n) continue;
    const giver = here.includes(keeper) ? keeper : saver(world, 0);
    const fromId = keeper.membershipId;
    await give(world, giver, { handoverId, fromId, toId: last.membershipId, amount });
    await take(world, last, handoverId);
  }
}

/** Sentences: a group at rest has all its notes with one keeper, and nobody owes any. */
export async function boxesAtRest(world: World): Promise<string[]> {
  const left: string[] = [];
  const last = await lastKeeper(world);
  for (const keeper of townOf(world).savers.filter((one) => one !== last)) {
    const holds = await boxOf(world, keeper);
    if (holds !== 0n) left.push(`group: ${holds} is left in the box of ${keeper.name}`);
  }
  const unsettled = await listUnsettled(world.db, townOf(world).groupId);
  return [...left, ...unsettled.map((what) => `group: ${what}`)];
}
