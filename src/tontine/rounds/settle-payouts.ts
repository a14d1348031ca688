/**
 * Hands out what was agreed and can be paid: into wallets at once, in notes as something to be handed over.
 *
 * Called by every act that may have made a pot whole (a payment, an agreement, a round that closes). Each agreed pot
 * is paid from what was collected for its round and the rounds before, never from the next one. A pot that is not whole
 * is covered as the by-law says: it waits, the guarantee fund stands in, or what is there is paid and the rest later.
 * Whoever has a phone is paid from wallets first; whoever has none, in notes only.
 *
 * It refuses nothing and posts nothing; it hands back the transfers.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import type { RunningCycle } from '../cycles/running-cycle.ts';
import { listTurns } from '../cycles/turn.rows.ts';
import type { Rules } from '../groups/rules.ts';
import { type Exit, listExits } from '../members/exit.rows.ts';
import { notesForWallets, readClaims } from '../members/exit-claims.ts';
import { gapCovers } from '../members/gap-of-defaults.ts';
import { settleDefaults } from '../members/settle-defaults.ts';
import { settleExits } from '../members/settle-exits.ts';
import { advanceGuarantee, readGuarantee } from './advance-guarantee.ts';
import { sumExchanged } from './cash-box.rows.ts';
import { fundAccount } from './funds.ts';
import { payPart } from './pay-part.ts';
import { listPayouts } from './payout.rows.ts';
import { fundRestOf, type Payout, restOf } from './payout.ts';
import { readPotRounds } from './pot.rows.ts';
import { Pot } from './pot.ts';
import { type PotSize, readPotSizes } from './pot-size.ts';
import { listRounds } from './round.rows.ts';
import type { Round } from './round.ts';
import { serveRounds } from './serve-rounds.ts';

/** `before`: what the same transaction posts first. */
export async function settlePayouts(
  tx: Tx,
  ground: Ground,
  running: RunningCycle,
  before: readonly Transfer[] = [],
): Promise<Transfer[]> {
  const { cycle } = running;
  const payouts = await listPayouts(tx, cycle.id);
  const rounds = await listRounds(tx, cycle.id);
  const exits = await listExits(tx, cycle.id);
  const agreed = payouts.filter((payout) => payout.state === 'approved');
  const isLeft = exits.some(({ state }) => state === 'approved');
  // Nobody waits for money, as when most members pay: what the pot holds need not be looked at.
  const pot =
    agreed.length > 0 || isLeft ? await readPot(tx, running, { payouts, rounds, exits }) : undefined;
  const transfers: Transfer[] = [];
  if (pot !== undefined && agreed.length > 0) {
    for (const payout of await inTurn(tx, cycle.id, agreed)) {
      const round = rounds.find((one) => one.id === payout.roundId);
      if (round !== undefined)
        transfers.push(
          ...(await settleOne(tx, ground, running, {
            payout,
            round,
            pot,
            before: [...before, ...transfers],
          })),
        );
    }
  }
  await serveRounds(tx, ground, rounds);
  await settleDefaults(tx, ground, running);
  if (pot === undefined || !isLeft) return transfers;
  const isOver = (await listRounds(tx, cycle.id)).every(
    (round) => round.state === 'served' || round.state === 'cancelled',
  );
  return [...transfers, ...(await settleExits(tx, ground, running, { exits, pot, isOver }))];
}

interface OfCycle {
  readonly payouts: readonly Payout[];
  readonly rounds: readonly Round[];
  readonly exits: readonly Exit[];
}

async function readPot(
  tx: Tx,
  { cycle, funds }: RunningCycle,
  { payouts, rounds, exits }: OfCycle,
): Promise<Pot> {
  const potSize = await readPotSizes(tx, cycle, rounds);
  const byKeepers = await sumExchanged(tx, fundAccount(funds, 'pot', 'wallet'));
  const exchanged = { byKeepers, byLeavers: notesForWallets(await readClaims(tx, exits)) };
  return new Pot(await readPotRounds(tx, cycle.id), exchanged, needsOf(potSize, rounds, payouts));
}

/** What the pots of each round still wait for, those that nobody has asked for yet included. */
function needsOf(
  potSize: PotSize,
  rounds: readonly Round[],
  payouts: readonly Payout[],
): Map<number, bigint> {
  return new Map(
    rounds.map((round) => {
      const own = payouts.filter((payout) => payout.roundId === round.id);
      const asked = own.reduce((sum, payout) => sum + restOf(payout) + fundRestOf(payout), 0n);
      const unasked = BigInt(Math.max(0, round.payoutCount - own.length));
      return [round.number, asked + unasked * potSize(round)];
    }),
  );
}

interface Settling {
  readonly payout: Payout;
  readonly round: Round;
  readonly pot: Pot;
  /** What the same transaction posts before it. */
  readonly before: readonly Transfer[];
}

async function settleOne(
  tx: Tx,
  ground: Ground,
  running: RunningCycle,
  settling: Settling,
): Promise<Transfer[]> {
  const { payout, round, pot } = settling;
  const need = restOf(payout) + fundRestOf(payout);
  const gap = need - pot.availableFor(round.number);
  const transfers: Transfer[] = [];
  if (gap > 0n) {
    if (round.state !== 'closed') return [];
    const filled = await fillGap(tx, ground, running, settling, gap);
    if (filled === undefined) return [];
    transfers.push(...filled);
  }
  const part = need < pot.availableFor(round.number) ? need : pot.availableFor(round.number);
  if (part > 0n) transfers.push(...(await payPart(tx, ground, running, { payout, round, pot, part })));
  return transfers;
}

/** As the by-law says, or as two people agreed for a share in default; nothing when the pot has to wait. */
async function fillGap(
  tx: Tx,
  ground: Ground,
  running: RunningCycle,
  { payout, round, pot, before }: Settling,
  gap: bigint,
): Promise<readonly Transfer[] | undefined> {
  const { rules, funds } = running;
  const covers: readonly Rules['shortfall'][] = [
    rules.shortfall,
    ...(await gapCovers(tx, running, round.number, gap)),
  ];
  for (const cover of covers) {
    if (cover === 'pay-what-is-there') return [];
    if (cover !== 'guarantee') continue;
    const guarantee = await readGuarantee(tx, funds, before);
    const advance = await advanceGuarantee(tx, ground, { running, payout, round, gap, guarantee });
    if (advance === undefined) continue;
    pot.add(round.number, advance.walletAmount, advance.cashAmount);
    return advance.transfers;
  }
  return undefined;
}

/** Whose turn came first is paid first. */
async function inTurn(tx: Tx, cycleId: string, payouts: readonly Payout[]): Promise<Payout[]> {
  const places = new Map((await listTurns(tx, cycleId)).map((turn) => [turn.shareId, turn.place]));
  const place = (payout: Payout): number => places.get(payout.shareId) ?? 0;
  return payouts.toSorted((left, right) => place(left) - place(right));
}
