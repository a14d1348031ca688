/**
 * Pays refunds to leavers as their parts come in: what the served have given back, and at the end what is left in the pot.
 *
 * Wallet money goes to the leaver's wallet at once, notes wait to be handed over; whoever has no wallet has notes for
 * all. What was paid is read from the dues and from the exit's own row, so whoever calls this however often pays each
 * franc once. It refuses nothing and posts nothing; it hands back the transfers.
 */
import type { Ground } from '../../ground/ground.ts';
import { type AccountId, accountCurrency } from '../../ground/ledger/account.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import type { RunningCycle } from '../cycles/running-cycle.ts';
import { insertHandout } from '../rounds/cash-box.rows.ts';
import { fundAccount, walletOf } from '../rounds/funds.ts';
import { movesOf } from '../rounds/moves.ts';
import type { Pot } from '../rounds/pot.ts';
import { type Exit, markExit } from './exit.rows.ts';
import { type Claim, type Halves, type Purse, purseOf, readClaims } from './exit-claims.ts';
import { findPayee } from './payee.ts';

/** What a pot holds when exits are settled. */
export interface PotForExits {
  /** All of the cycle. */
  readonly exits: readonly Exit[];
  /** After the payouts. */
  readonly pot: Pot;
  /** Every round is served: what is left belongs to leavers. */
  readonly isOver: boolean;
}

export async function settleExits(
  tx: Tx,
  ground: Ground,
  running: RunningCycle,
  { exits, pot, isOver }: PotForExits,
): Promise<Transfer[]> {
  const claims = await readClaims(tx, exits);
  const purse = purseOf(pot, claims);
  const rest = isOver ? { wallet: pot.inWallet, cash: pot.inCash } : undefined;
  const transfers: Transfer[] = [];
  for (const claim of claims) {
    const fromPot = takeFrom(rest, BigInt(claim.exit.plan.fromPot ?? '0'));
    if (claim.exit.state === 'approved')
      transfers.push(...(await settleOne(tx, ground, running, { claim, fromPot, purse })));
  }
  return transfers;
}

interface Settling {
  readonly claim: Claim;
  readonly fromPot: Halves;
  /** What is given and asked for is taken out. */
  readonly purse: Purse;
}

/**
 * The leaver has a right to all that came in; in which half it is given follows how it came in, as far as the pot has it
 * so: notes may have been exchanged since, and whoever was given notes may have a wallet now.
 */
async function settleOne(
  tx: Tx,
  ground: Ground,
  { funds }: RunningCycle,
  { claim, fromPot, purse }: Settling,
): Promise<Transfer[]> {
  const { exit, met, waiting } = claim;
  const notesOwed = met.cash + fromPot.cash - exit.refundedCash - waiting;
  const owed = met.wallet + fromPot.wallet - exit.refundedWallet + notesOwed;
  const personId = await findPayee(tx, exit.membershipId, funds.currency);
  const inNotes = lesser(lesser(positive(notesOwed), purse.notes), owed);
  const wallet = personId === undefined ? 0n : lesser(owed - inNotes, purse.wallet);
  const cash = lesser(owed - wallet, purse.notes);
  // One handing over at a time, as for pots.
  if (cash > 0n && waiting === 0n) {
    await askForNotes(tx, ground, exit, fundAccount(funds, 'pot', 'cash'), cash);
    purse.notes -= cash;
  }
  if (wallet <= 0n || personId === undefined) return [];
  purse.wallet -= wallet;
  const role = `refund ${exit.refundedWallet}`;
  await recordRefund(tx, ground, { ...exit, refundedWallet: exit.refundedWallet + wallet });
  const from = fundAccount(funds, 'pot', 'wallet');
  const to = walletOf(personId, funds.currency);
  return movesOf(ground, 'tontine.refunded', exit.id, [{ row: exit.id, role, from, to, amount: wallet }]);
}

async function askForNotes(
  tx: Tx,
  ground: Ground,
  exit: Exit,
  accountId: AccountId,
  amount: bigint,
): Promise<void> {
  await insertHandout(tx, {
    id: ground.ids.next('hnd'),
    groupId: exit.groupId,
    membershipId: exit.membershipId,
    purpose: 'refund',
    subjectId: exit.id,
    accountId,
    currency: accountCurrency(accountId),
    amount,
    createdAt: ground.clock.now(),
  });
}

/** What one exit has a right to of what is left; the next one has the rest. */
function takeFrom(left: { wallet: bigint; cash: bigint } | undefined, amount: bigint): Halves {
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

function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}
