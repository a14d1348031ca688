/**
 * Lets the officers of a group that sells its turns give every pot to somebody, once nothing fails any more.
 */
import { readBalance } from '../src/ground/ledger/balance.ts';
import { exchangeBox } from '../src/tontine/rounds/exchange-cash.ts';
import { boxAccount, fundAccount } from '../src/tontine/rounds/funds.ts';
import { listAuctions } from '../src/tontine/turns/auction.rows.ts';
import { listDraws } from '../src/tontine/turns/draw.rows.ts';
import { happens } from './dice.ts';
import { letPass } from './run-on.ts';
import { as, present, saver, send, townOf } from './tontine-acts.ts';
import { award, bidAgainstEachOther, listUndecided, offerPot, revealLots, sealLots } from './turn-steps.ts';
import type { World } from './world.ts';

/** The least that is allowed. */
const MINUTES = 5;

/** Pot by pot; what cannot be decided today is left for the next day. */
export async function decideTurns(world: World): Promise<void> {
  if (townOf(world).rules.order === 'fixed') return;
  await endWhatIsOpen(world);
  const most = (await listUndecided(world)).reduce((sum, round) => sum + round.payoutCount, 0);
  for (let times = 0; times < most; times++) {
    const [round] = await listUndecided(world);
    if (round === undefined) return;
    const opened = await offerPot(world, saver(world, 0), round, MINUTES);
    if (opened?.ok === true && opened.value.kind === 'last') continue;
    if (opened?.ok === true && opened.value.kind === 'opened' && happens(world.chance, 60))
      await bidAgainstEachOther(world, opened.value.auction);
    await endWhatIsOpen(world);
    if ((await listUndecided(world))[0]?.id !== round.id) continue;
    await sealLots(world, saver(world, 0), round, MINUTES);
    await endWhatIsOpen(world);
  }
}

/** Waits for every hour that was set, and ends what it ends. */
async function endWhatIsOpen(world: World): Promise<void> {
  const { cycleId } = townOf(world);
  for (const auction of await listAuctions(world.db, cycleId)) {
    if (auction.state !== 'open') continue;
    await waitUntil(world, auction.closesAt);
    const answer = await award(world, saver(world, 0), auction);
    if (answer !== 'auction-pot-short') continue;
    await notesIntoWallets(world);
    await award(world, saver(world, 0), auction);
  }
  for (const draw of await listDraws(world.db, cycleId)) {
    if (draw.state !== 'committed') continue;
    await waitUntil(world, draw.entropyUntil);
    await revealLots(world, (await present(world)).at(-1) ?? saver(world, 0), draw.id);
  }
}

async function waitUntil(world: World, instant: Date): Promise<void> {
  const left_ms = instant.getTime() - world.clock.now().getTime();
  if (left_ms > 0) await letPass(world, left_ms);
}

/** Whoever paid from a wallet gets credit that is in wallets, and the pot may lie in boxes. */
async function notesIntoWallets(world: World): Promise<void> {
  const { ground, db } = world;
  const { groupId, cycleId } = townOf(world);
  const funds = { groupId, cycleId, currency: 'XOF' } as const;
  for (const keeper of [saver(world, 1), saver(world, 0), saver(world, 2)]) {
    const box = (await readBalance(db, boxAccount(groupId, keeper.personId ?? '', 'XOF')))?.posted ?? 0n;
    const notes = (await readBalance(db, fundAccount(funds, 'pot', 'cash')))?.posted ?? 0n;
    const amount = box < notes ? box : notes;
    if (amount <= 0n) continue;
    const form = { ...as(world, keeper), exchangeId: ground.ids.next('exc'), fund: 'pot', amount } as const;
    await send(world, 'exchangeBox', async (tx) => await exchangeBox(tx, ground, form));
  }
}
