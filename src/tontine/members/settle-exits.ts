/**
 * Pays refunds to leavers as their parts come in: what the served have given back, and at the end what is left in the pot.
 *
 * Wallet money goes to the leaver's wallet at once, notes wait to be handed over. What was paid is read from the dues
 * and from the exit's own row, so whoever calls this however often pays each franc once. It refuses nothing and posts
 * nothing; it hands back the transfers.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import type { RunningCycle } from '../cycles/running-cycle.ts';
import { insertHandout, listOpenHandouts } from '../rounds/cash-box.rows.ts';
import { sumExitsMet } from '../rounds/due.rows.ts';
import { fundAccount, walletOf } from '../rounds/funds.ts';
import { movesOf } from '../rounds/moves.ts';
import { type Exit, listExits, markExit } from './exit.rows.ts';
import { findMembership } from './membership.rows.ts';

/** What is left in the pot once every round is served, in wallets and in notes. */
export interface LeftInPot {
  readonly wallet: bigint;
  readonly cash: bigint;
}

export async function settleExits(
  tx: Tx,
  ground: Ground,
  running: RunningCycle,
  left: LeftInPot | undefined,
): Promise<Transfer[]> {
  const transfers: Transfer[] = [];
  const rest = left && { ...left };
  for (const exit of await listExits(tx, running.cycle.id)) {
    const fromPot = takeFrom(rest, BigInt(exit.plan.fromPot ?? '0'));
    if (exit.state !== 'approved') continue;
    transfers.push(...(await settleOne(tx, ground, running, exit, fromPot)));
  }
  return transfers;
}

async function settleOne(
  tx: Tx,
  ground: Ground,
  { funds }: RunningCycle,
  exit: Exit,
  fromPot: LeftInPot,
): Promise<Transfer[]> {
  const met = await sumExitsMet(tx, exit.id);
  const open = (await listOpenHandouts(tx, exit.groupId)).filter((handout) => handout.subjectId === exit.id);
  const waiting = open.reduce((sum, handout) => sum + handout.amount, 0n);
  const personId = (await findMembership(tx, exit.membershipId))?.personId ?? undefined;
  const wallet = personId === undefined ? 0n : met.wallet + fromPot.wallet - exit.refundedWallet;
  const cash = met.cash + fromPot.cash - exit.refundedCash - waiting;
  // One handing over at a time, as for pots.
  if (cash > 0n && waiting === 0n) {
    await insertHandout(tx, {
      id: ground.ids.next('hnd'),
      groupId: exit.groupId,
      membershipId: exit.membershipId,
      purpose: 'refund',
      subjectId: exit.id,
      accountId: fundAccount(funds, 'pot', 'cash'),
      currency: funds.currency,
      amount: cash,
      createdAt: ground.clock.now(),
    });
  }
  if (wallet <= 0n || personId === undefined) return [];
  const role = `refund ${exit.refundedWallet}`;
  await recordRefund(tx, ground, { ...exit, refundedWallet: exit.refundedWallet + wallet });
  return movesOf(ground, 'tontine.refunded', exit.id, [
    {
      row: exit.id,
      role,
      from: fundAccount(funds, 'pot', 'wallet'),
      to: walletOf(personId, funds.currency),
      amount: wallet,
    },
  ]);
}

/** What one exit has a right to of what is left; the next one has the rest. */
function takeFrom(left: { wallet: bigint; cash: bigint } | undefined, amount: bigint): LeftInPot {
  if (left === undefined || amount === 0n) return { wallet: 0n, cash: 0n };
  const wallet = lesser(amount, left.wallet);
  const cash = lesser(amount - wallet, left.cash);
  left.wallet -= wallet;
  left.cash -= cash;
  return { wallet, cash };
}

/** Writes what was refunded by now; whole, it is settled. */
export async function recordRefund(tx: Tx, ground: Ground, exit: Exit): Promise<void> {
  const isWhole = exit.refundedWallet + exit.refundedCash === exit.refund;
  await markExit(tx, isWhole ? { ...exit, state: 'settled', endedAt: ground.clock.now() } : exit);
}

function lesser(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
