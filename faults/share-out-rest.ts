/**
 * Lets a group share out what is common to it once every pot was handed out, and notes a surprise for what is left.
 */
import { readBalance } from '../src/ground/ledger/balance.ts';
import { proposeShareOut } from '../src/tontine/cycles/propose-share-out.ts';
import { findShareOut } from '../src/tontine/cycles/share-out.rows.ts';
import { fundAccount } from '../src/tontine/rounds/funds.ts';
import { proposeExchange } from '../src/tontine/rounds/propose-exchange.ts';
import { findUnfairParts } from '../src/tontine/testing/share-out-books.rows.ts';
import { gatherNotes } from './box-rest.ts';
import { count } from './coverage.ts';
import { agree, as, outcomeOf, present, send, townOf } from './tontine-acts.ts';
import { handOver } from './tontine-steps.ts';
import { FAIR } from './weather.ts';
import type { World } from './world.ts';

const FUNDS = ['fines', 'interest'] as const;
/** Notes for those without a phone may have to come first, fund by fund. */
const MOST_TRIES = 8;

export async function shareOutFund(world: World): Promise<void> {
  // Processes die in the middle of it, whatever the weather was.
  world.network.weather = { ...FAIR, crash: 25, conflict: 15 };
  await askUntilDone(world);
  world.network.weather = FAIR;
  if (!(await isSharedOut(world))) return;
  await handOver(world);
  // Notes that were brought may lie in another box than the one that was to give them.
  await gatherNotes(world);
  await handOver(world);
  for (const fault of await findUnfairParts(world.db, townOf(world).cycleId))
    world.surprises.push(`group: ${fault}`);
  for (const fund of FUNDS) {
    const left = (await onAccount(world, fund, 'wallet')) + (await onAccount(world, fund, 'cash'));
    if (left !== 0n) world.surprises.push(`group: ${left} is left in ${fund} after the share-out`);
  }
}

async function isSharedOut(world: World): Promise<boolean> {
  return (await findShareOut(world.db, townOf(world).cycleId)) !== undefined;
}

async function askUntilDone(world: World): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const why = await ask(world);
    count(world.coverage, `share-out ${why}`);
    if (why === 'share-out-nothing' || why === 'share-out-done') return;
    if (why === 'share-out-notes-missing') await bringNotesFor(world);
    else if (why !== 'ok' && why !== 'no answer') {
      world.surprises.push(`group: the common fund cannot be shared out: ${why}`);
      return;
    }
    await agree(world);
  }
  world.surprises.push('group: the common fund was not shared out, however often it was asked for');
}

/** The first who may. */
async function ask(world: World): Promise<string> {
  let last = 'nobody is there';
  for (const who of await present(world)) {
    const form = as(world, who);
    last = outcomeOf(
      await send(world, 'proposeShareOut', async (tx) => await proposeShareOut(tx, world.ground, form)),
    );
    if (last !== 'group-role-missing') return last;
  }
  return last;
}

async function bringNotesFor(world: World): Promise<void> {
  const [keeper] = await present(world);
  if (keeper === undefined) return;
  for (const fund of FUNDS) {
    const amount = await onAccount(world, fund, 'wallet');
    const form = { ...as(world, keeper), exchangeId: world.ground.ids.next('exc'), fund, amount };
    if (amount > 0n)
      await send(world, 'proposeExchange', async (tx) => await proposeExchange(tx, world.ground, form));
  }
}

async function onAccount(
  world: World,
  fund: (typeof FUNDS)[number],
  purse: 'wallet' | 'cash',
): Promise<bigint> {
  const { groupId, cycleId } = townOf(world);
  const account = fundAccount({ groupId, cycleId, currency: 'XOF' }, fund, purse);
  return (await readBalance(world.db, account))?.posted ?? 0n;
}
