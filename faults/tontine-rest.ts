/**
 * Lets a group come to rest when all faults have healed: everybody pays, the officers agree, notes are handed over,
 * the cycle ends, and every account is at the value that the arithmetic says.
 */
import { DAY_MS } from '../src/ground/clock.ts';
import { readBalance } from '../src/ground/ledger/balance.ts';
import { listOpenRequests } from '../src/tontine/approvals/approval-request.rows.ts';
import { giveVoice } from '../src/tontine/approvals/give-voice.ts';
import { endCycle } from '../src/tontine/cycles/end-cycle.ts';
import { boxAccount, fundAccount } from '../src/tontine/rounds/funds.ts';
import { giveNotes } from '../src/tontine/rounds/give-notes.ts';
import { listPayouts } from '../src/tontine/rounds/payout.rows.ts';
import { proposeExchange } from '../src/tontine/rounds/propose-exchange.ts';
import { proposePayout } from '../src/tontine/rounds/propose-payout.ts';
import { listRounds } from '../src/tontine/rounds/round.rows.ts';
import { takeNotes } from '../src/tontine/rounds/take-notes.ts';
import { count } from './coverage.ts';
import { as, owedBy, saver, send, townOf } from './tontine-acts.ts';
import { bringNotes, handOver, tontineNight, withPhones } from './tontine-steps.ts';
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
  await handOver(world);
  await gatherNotes(world);
  await handOver(world);
}

/** Notes lie in two boxes, and a pot may need both: the president gives theirs to the treasurer. */
async function gatherNotes(world: World): Promise<void> {
  const { groupId } = townOf(world);
  const [president, treasurer] = [saver(world, 0), saver(world, 1)];
  const box = boxAccount(groupId, president.personId ?? '', 'XOF');
  const amount = (await readBalance(world.db, box))?.posted ?? 0n;
  const handoverId = world.ground.ids.next('hov');
  if (amount <= 0n) return;
  const given = { ...as(world, president), handoverId, toId: treasurer.membershipId, amount };
  await send(world, 'giveNotes', async (tx) => await giveNotes(tx, world.ground, given));
  const taken = { ...as(world, treasurer), handoverId, answer: 'yes' } as const;
  await send(world, 'takeNotes', async (tx) => await takeNotes(tx, world.ground, taken));
}

/** Days until the last pot was handed out; weeks have passed already, so all rounds are open. */
const MOST_DAYS = 8;

async function isServed(world: World): Promise<boolean> {
  const rounds = await listRounds(world.db, townOf(world).cycleId);
  return rounds.every((round) => round.state === 'served');
}

/** What was refused or not answered in the storm is asked anew. */
async function askForPots(world: World): Promise<void> {
  const rounds = await listRounds(world.db, townOf(world).cycleId);
  const pots = rounds.reduce((sum, round) => sum + round.payoutCount, 0);
  const treasurer = as(world, saver(world, 1));
  const asked = await listPayouts(world.db, townOf(world).cycleId);
  const places = Array.from({ length: pots }, (_, place) => place + 1);
  const agreed = asked.filter((payout) => payout.state !== 'proposed').length;
  for (const place of places.slice(agreed === pots ? pots : 0))
    await send(
      world,
      'proposePayout',
      async (tx) => await proposePayout(tx, world.ground, { ...treasurer, place }),
    );
}

async function notesForWhoHasNoPhone(world: World): Promise<void> {
  const { groupId, cycleId } = townOf(world);
  for (const fund of ['pot', 'guarantee'] as const) {
    const account = fundAccount({ groupId, cycleId, currency: 'XOF' }, fund, 'wallet');
    const amount = (await readBalance(world.db, account))?.posted ?? 0n;
    const form = { ...as(world, saver(world, 1)), exchangeId: world.ground.ids.next('exc'), fund, amount };
    if (amount > 0n)
      await send(world, 'proposeExchange', async (tx) => await proposeExchange(tx, world.ground, form));
  }
}

async function agree(world: World): Promise<void> {
  for (const who of withPhones(world)) {
    for (const request of await listOpenRequests(world.db, townOf(world).groupId)) {
      const form = { ...as(world, who), requestId: request.id, voice: 'yes' } as const;
      await send(world, 'giveVoice', async (tx) => await giveVoice(tx, world.ground, form));
    }
  }
}

/** Ends the cycle, and notes a surprise for whatever is not as the arithmetic says. */
export async function endTontine(world: World): Promise<void> {
  if (world.tontine === undefined) return;
  for (let day = 0; day < MOST_DAYS && (day < 2 || !(await isServed(world))); day++) await honestDay(world);
  const { cycleId, groupId } = townOf(world);
  for (const fault of await findFlowFaults(world.db, townOf(world))) world.surprises.push(`group: ${fault}`);
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
  for (const fault of await findLeftCredits(world.db, groupId)) world.surprises.push(`group: ${fault}`);
  await handOver(world);
  for (const fund of ['pot', 'guarantee'] as const) {
    for (const purse of ['wallet', 'cash'] as const) {
      const account = fundAccount({ groupId, cycleId, currency: 'XOF' }, fund, purse);
      const left = (await readBalance(world.db, account))?.posted ?? 0n;
      if (left !== 0n) world.surprises.push(`group: ${left} is left in ${account}`);
    }
  }
  count(world.coverage, 'cycle ended');
}
