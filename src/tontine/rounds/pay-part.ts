/**
 * Hands out a part of an agreed pot, or all of it, and writes on its row what was handed out.
 *
 * The ids of its transfers say how much was paid before, so the same part cannot be paid twice whoever races.
 * It refuses nothing and posts nothing; it hands back the transfers.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import type { RunningCycle } from '../cycles/running-cycle.ts';
import { markShareServed } from '../cycles/share.rows.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findPayee } from '../members/payee.ts';
import { tellMembers } from '../members/tell-members.ts';
import { insertHandout, listOpenHandouts } from './cash-box.rows.ts';
import { fundAccount, walletOf } from './funds.ts';
import { type Move, movesOf } from './moves.ts';
import { markPayoutMoney } from './payout.rows.ts';
import { fundRestOf, type Payout, restOf } from './payout.ts';
import type { Pot } from './pot.ts';
import type { Round } from './round.ts';

export interface Part {
  readonly payout: Payout;
  readonly round: Round;
  readonly pot: Pot;
  /** Of what the beneficiary and the common fund still wait for. */
  readonly part: bigint;
}

export async function payPart(
  tx: Tx,
  ground: Ground,
  running: RunningCycle,
  asked: Part,
): Promise<Transfer[]> {
  const { payout, round, pot } = asked;
  const personId = await findPayee(tx, payout.membershipId, running.funds.currency);
  const own = lesser(asked.part, restOf(payout));
  const forFund = lesser(asked.part - own, fundRestOf(payout));
  const wallet = personId === undefined ? 0n : lesser(own, pot.inWallet);
  const waits = (await listOpenHandouts(tx, payout.groupId)).some((one) => one.subjectId === payout.id);
  // One handing over at a time: what comes later waits until the earlier notes were received.
  const cash = waits ? 0n : lesser(own - wallet, pot.inCash);
  const fundWallet = lesser(forFund, pot.inWallet - wallet);
  const fundCash = lesser(forFund - fundWallet, pot.inCash - cash);
  if (wallet + cash + fundWallet + fundCash === 0n) return [];
  pot.take(round.number, wallet + fundWallet, cash + fundCash);
  const paid: Payout = {
    ...payout,
    walletPaid: payout.walletPaid + wallet,
    cashWaiting: payout.cashWaiting + cash,
    fundWallet: payout.fundWallet + fundWallet,
    fundCash: payout.fundCash + fundCash,
  };
  if (cash > 0n) await askForNotes(tx, ground, running, payout, cash);
  await recordPaid(tx, ground, paid, wallet);
  const { funds } = running;
  const pots = { wallet: fundAccount(funds, 'pot', 'wallet'), cash: fundAccount(funds, 'pot', 'cash') };
  const toFund = (purse: 'wallet' | 'cash', amount: bigint): Move => ({
    row: payout.id,
    role: `fund ${purse} ${purse === 'wallet' ? payout.fundWallet : payout.fundCash}`,
    from: pots[purse],
    to: fundAccount(funds, 'interest', purse),
    amount,
  });
  const role = `pay ${payout.walletPaid}`;
  const to = personId === undefined ? pots.wallet : walletOf(personId, funds.currency);
  return [
    ...movesOf(ground, 'tontine.paid-out', payout.id, [
      { row: payout.id, role, from: pots.wallet, to, amount: wallet },
    ]),
    ...movesOf(ground, 'tontine.premium-paid', payout.id, [
      toFund('wallet', fundWallet),
      toFund('cash', fundCash),
    ]),
  ];
}

async function askForNotes(
  tx: Tx,
  ground: Ground,
  { funds }: RunningCycle,
  payout: Payout,
  amount: bigint,
): Promise<void> {
  await insertHandout(tx, {
    id: ground.ids.next('hnd'),
    groupId: payout.groupId,
    membershipId: payout.membershipId,
    purpose: 'payout',
    subjectId: payout.id,
    accountId: fundAccount(funds, 'pot', 'cash'),
    currency: funds.currency,
    amount,
    createdAt: ground.clock.now(),
  });
}

/** Writes what was handed out, and what follows when it was the last of it. */
export async function recordPaid(tx: Tx, ground: Ground, paid: Payout, amount: bigint): Promise<void> {
  const at = ground.clock.now();
  const isWhole = paid.walletPaid + paid.cashPaid === paid.amount && fundRestOf(paid) === 0n;
  await markPayoutMoney(tx, isWhole ? { ...paid, state: 'paid' } : paid, at);
  if (amount > 0n) await markShareServed(tx, paid.shareId, at);
  if (!isWhole) return;
  const { groupId, id: subjectId } = paid;
  const facts = { amount: String(paid.amount) };
  await writeJournal(tx, ground, { groupId, act: 'payout.paid', subjectId, facts });
  await tellMembers(tx, ground, { groupId, to: [paid.membershipId], kind: 'payout.paid', subjectId, facts });
  await recordEvent(tx, ground, { name: 'payout.paid', subjectId, facts });
}

function lesser(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
