/**
 * Lets a group come to rest when all faults have healed: everybody pays, the officers agree, notes are handed over,
 * the cycle ends, and every account is at the value that the arithmetic says.
 */
import { DAY_MS } from '../src/ground/clock.ts';
import { readBalance } from '../src/ground/ledger/balance.ts';
import { endCycle } from '../src/tontine/cycles/end-cycle.ts';
import { listExits } from '../src/tontine/members/exit.rows.ts';
import { fundAccount } from '../src/tontine/rounds/funds.ts';
import { listPayouts } from '../src/tontine/rounds/payout.rows.ts';
import { proposeExchange } from '../src/tontine/rounds/propose-exchange.ts';
import { proposePayout } from '../src/tontine/rounds/propose-payout.ts';
import { listRounds } from '../src/tontine/rounds/round.rows.ts';
import { boxesAtRest, gatherNotes, putBoxesInOrder } from './box-rest.ts';
import { count } from './coverage.ts';
import { happens } from './dice.ts';
import { findLostFlows, findUnevenShares } from './leaving-flows.rows.ts';
import { shareOutFund } from './share-out-rest.ts';
import { agree, as, owedBy, present, saver, send, townOf } from './tontine-acts.ts';
import { bringNotes, handOver, tontineNight } from './tontine-steps.ts';
import { findFlowFaults, findLeftCredits } from './turn-flows.rows.ts';
import { decideTurns } from './turn-rest.ts';
import type { World } from './world.ts';

/** The first days that follow: machines only. */
export async function quietDay(world: World): Promise<void> {
  if (world.tontine !== undefined) await tontineNight(world);
}

/** Everybody pays all they owe, in notes, and agrees to all that is asked. */
async function honestDay(world: World): Promise<void> {
  world.clock.advance(DAY_MS);
  await tontineNight(world);
  for (const who of townOf(world).savers) {
    const owed = await owedBy(world, who);
    if (owed > 0n) await bringNotes(world, who, owed, 'confirm');
  }
  await decideTurns(world);
  await askForPots(world);
  await notesForWhoHasNoPhone(world);
  await agree(world);
  await putBoxesInOrder(world);
  await handOver(world);
  await gatherNotes(world);
  await handOver(world);
}

/** Days until the last pot was handed out; weeks have passed already, so all rounds are open. */
const MOST_DAYS = 8;

/** Every pot was handed out, and whoever left has their money. */
async function isServed(world: World): Promise<boolean> {
  const { cycleId } = townOf(world);
  const rounds = await listRounds(world.db, cycleId);
  if ((await listExits(world.db, cycleId)).some((exit) => exit.state === 'approved')) return false;
  return rounds.every((round) => round.state === 'served' || round.state === 'cancelled');
}

/** What was refused or not answered in the storm is asked anew. */
async function askForPots(world: World): Promise<void> {
  const rounds = await listRounds(world.db, townOf(world).cycleId);
  const pots = rounds.reduce((sum, round) => sum + round.payoutCount, 0);
  const asked = await listPayouts(world.db, townOf(world).cycleId);
  const places = Array.from({ length: pots }, (_, place) => place + 1);
  const agreed = asked.filter((payout) => payout.state !== 'proposed').length;
  // Whoever asks for a pot has no voice on it, and nor has who is served: of two who are left, the one is the other.
  for (const place of places.slice(agreed === pots ? pots : 0))
    for (const who of (await present(world)).toReversed()) {
      const form = { ...as(world, who), place };
      const answer = await send(
        world,
        'proposePayout',
        async (tx) => await proposePayout(tx, world.ground, form),
      );
      if (answer?.ok === true) break;
    }
}

async function notesForWhoHasNoPhone(world: World): Promise<void> {
  const { groupId, cycleId } = townOf(world);
  for (const fund of ['pot', 'guarantee'] as const) {
    const account = fundAccount({ groupId, cycleId, currency: 'XOF' }, fund, 'wallet');
    const amount = (await readBalance(world.db, account))?.posted ?? 0n;
    const keeper = (await present(world)).at(1) ?? saver(world, 0);
    const form = { ...as(world, keeper), exchangeId: world.ground.ids.next('exc'), fund, amount };
    if (amount > 0n)
      await send(world, 'proposeExchange', async (tx) => await proposeExchange(tx, world.ground, form));
  }
}

/** Where somebody left, what each share must have is known only if no turn was sold. */
async function flowFaults(world: World): Promise<string[]> {
  const town = townOf(world);
  const exits = await listExits(world.db, town.cycleId);
  for (const exit of exits) count(world.coverage, `exit ${exit.state}`);
  const left = exits.filter((exit) => exit.state === 'approved' || exit.state === 'settled');
  const unpaid = left.flatMap((exit) => (exit.state === 'approved' ? [`${exit.id} was never refunded`] : []));
  if (left.length === 0) return await findFlowFaults(world.db, town);
  const uneven = town.rules.order === 'fixed' ? await findUnevenShares(world.db, town) : [];
  return [...unpaid, ...uneven, ...(await findLostFlows(world.db, town))];
}

/** Ends the cycle, and notes a surprise for whatever is not as the arithmetic says. */
export async function endTontine(world: World): Promise<void> {
  if (world.tontine === undefined) return;
  for (let day = 0; day < MOST_DAYS && (day < 2 || !(await isServed(world))); day++) await honestDay(world);
  const { cycleId, groupId } = townOf(world);
  for (const fault of await flowFaults(world)) world.surprises.push(`group: ${fault}`);
  const isSharedBefore = happens(world.chance, 70);
  if (isSharedBefore) await shareOutFund(world);
  const president = as(world, saver(world, 0));
  const ended = await send(
    world,
    'endCycle',
    async (tx) => await endCycle(tx, world.ground, { ...president, cycleId }),
  );
  if (ended?.ok !== true) {
    const why = ended === undefined ? 'no answer' : ended.refusal.code;
    world.surprises.push(`group: the cycle did not end: ${why}`);
  }
  if (!isSharedBefore) await shareOutFund(world);
  for (const fault of await findLeftCredits(world.db, groupId)) world.surprises.push(`group: ${fault}`);
  await handOver(world);
  await gatherNotes(world);
  await handOver(world);
  for (const fund of ['pot', 'guarantee'] as const) {
    for (const purse of ['wallet', 'cash'] as const) {
      const account = fundAccount({ groupId, cycleId, currency: 'XOF' }, fund, purse);
      const left = (await readBalance(world.db, account))?.posted ?? 0n;
      if (left !== 0n) world.surprises.push(`group: ${left} is left in ${account}`);
    }
  }
  world.surprises.push(...(await boxesAtRest(world)));
  count(world.coverage, 'cycle ended');
}
