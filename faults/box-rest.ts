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
} from './box-acts.ts';
import { as, saver, townOf } from './tontine-acts.ts';
import { listOnTheirWay } from './tontine-books.rows.ts';
import type { Saver } from './tontine-town.ts';
import type { World } from './world.ts';

/** Before pots are handed over: a keeper who owes notes may owe just those. */
export async function putBoxesInOrder(world: World): Promise<void> {
  const { groupId } = townOf(world);
  const president = saver(world, 0);
  const keepers = [president, saver(world, 1), saver(world, 2)];
  for (const notes of await listOnTheirWay(world.db, groupId)) {
    const receiver = keepers.find((one) => one.membershipId === notes.toId);
    if (receiver !== undefined) await take(world, receiver, notes.id);
  }
  world.clock.advance(MINUTE_MS);
  const [newest] = await listMeetings(world.db, groupId);
  const meetingId = newest?.isOpen === true ? newest.id : world.ground.ids.next('mtg');
  await openBy(world, as(world, president), meetingId);
  for (const keeper of keepers) await countTruly(world, keepers, { meetingId, keeper });
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
  const [asking, ...others] = keepers.filter((one) => one !== box.keeper);
  if (asking !== undefined) await explainBy(world, asking, { ...box, explanation: 'remis à la séance' });
  for (const other of others) await sayOfBox(world, other, box);
}

/** Notes lie in three boxes, and a pot may need all of them: they are given to the treasurer. */
export async function gatherNotes(world: World): Promise<void> {
  const treasurer = saver(world, 1);
  for (const keeper of [saver(world, 0), saver(world, 2)]) {
    const amount = await boxOf(world, keeper);
    const handoverId = world.ground.ids.next('hov');
    if (amount <= 0n) continue;
    await give(world, keeper, { handoverId, toId: treasurer.membershipId, amount });
    await take(world, treasurer, handoverId);
  }
}

/** Sentences: a group at rest has all its notes with the treasurer, and nobody owes any. */
export async function boxesAtRest(world: World): Promise<string[]> {
  const left: string[] = [];
  for (const keeper of [saver(world, 0), saver(world, 2)]) {
    const holds = await boxOf(world, keeper);
    if (holds !== 0n) left.push(`group: ${holds} is left in the box of ${keeper.name}`);
  }
  const unsettled = await listUnsettled(world.db, townOf(world).groupId);
  return [...left, ...unsettled.map((what) => `group: ${what}`)];
}
