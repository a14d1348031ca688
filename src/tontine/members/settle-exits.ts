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
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { RunningCycle } from '../cycles/running-cycle.ts';
import { insertHandout, listOpenHandouts } from '../rounds/cash-box.rows.ts';
import { sumExitsMet } from '../rounds/due.rows.ts';
import { fundAccount, walletOf } from '../rounds/funds.ts';
import { movesOf } from '../rounds/moves.ts';
import { type Exit, markExit } from './exit.rows.ts';
import { findPayee } from './payee.ts';

/** What a pot holds when exits are settled. */
export interface PotForExits {
  /** All of the cycle. */
  readonly exits: readonly Exit[];
  /** Once every round is served: what is left, in wallets and in notes. */
  readonly left: LeftInPot | undefined;
  /** Notes that were collected for pots and may be given for wallet money instead. */
  readonly notes: bigint;
}

export interface LeftInPot {
  readonly wallet: bigint;
  readonly cash: bigint;
}

export async function settleExits(
  tx: Tx,
  ground: Ground,
  running: RunningCycle,
  { exits, left, notes }: PotForExits,
): Promise<Transfer[]> {
  const transfers: Transfer[] = [];
  const rest = left && { ...left };
  // Whoever only asked, or was refused, has a right to nothing of what is left.
  const agreed = exits.filter(({ state }) => state === 'approved' || state === 'settled');
  const purse = { notes: notes - (await notesFromPot(tx, agreed)) };
  for (const exit of agreed) {
    const fromPot = takeFrom(rest, BigInt(exit.plan.fromPot ?? '0'));
    if (exit.state === 'approved')
      transfers.push(...(await settleOne(tx, ground, running, { exit, fromPot, purse })));
  }
  return transfers;
}

/**
 * How much of refunds was given in notes for wallet money, to leavers without a wallet: for the pot it is an exchange, as
 * when a keeper takes notes for it.
 */
export async function notesForWallets(reader: Reader, exits: readonly Exit[]): Promise<bigint> {
  let sum = 0n;
  for (const exit of exits) {
    if (isFromPot(exit) || exit.state === 'asked' || exit.state === 'refused') continue;
    const met = await sumExitsMet(reader, exit.id);
    const given = exit.refundedCash + (await waitingFor(reader, exit)) - met.cash;
    if (given > 0n) sum += given;
  }
  return sum;
}

/** Refunds from what is left belong to no round, so the rounds still count the notes that were given or promised for them. */
async function notesFromPot(reader: Reader, exits: readonly Exit[]): Promise<bigint> {
  let sum = 0n;
  for (const exit of exits) if (isFromPot(exit)) sum += exit.refundedCash + (await waitingFor(reader, exit));
  return sum;
}

function isFromPot({ plan }: Exit): boolean {
  return (plan.fromPot ?? '0') !== '0';
}

interface Settling {
  readonly exit: Exit;
  readonly fromPot: LeftInPot;
  /** The pot's notes that nobody was promised yet; what is asked for is taken out. */
  readonly purse: { notes: bigint };
}

async function settleOne(
  tx: Tx,
  ground: Ground,
  { funds }: RunningCycle,
  { exit, fromPot, purse }: Settling,
): Promise<Transfer[]> {
  const met = await sumExitsMet(tx, exit.id);
  const waiting = await waitingFor(tx, exit);
  const personId = await findPayee(tx, exit.membershipId, funds.currency);
  const wallet = met.wallet + fromPot.wallet - exit.refundedWallet;
  const ownNotes = met.cash + fromPot.cash - exit.refundedCash - waiting;
  // What the served gave back in notes came in besides the rounds.
  const beside = isFromPot(exit) ? 0n : positive(ownNotes);
  const cash = personId === undefined ? lesser(wallet + ownNotes, purse.notes + beside) : ownNotes;
  // One handing over at a time, as for pots.
  if (cash > 0n && waiting === 0n) {
    await askForNotes(tx, ground, exit, fundAccount(funds, 'pot', 'cash'), cash);
    purse.notes -= positive(cash - beside);
  }
  if (wallet <= 0n || personId === undefined) return [];
  const role = `refund ${exit.refundedWallet}`;
  await recordRefund(tx, ground, { ...exit, refundedWallet: exit.refundedWallet + wallet });
  const from = fundAccount(funds, 'pot', 'wallet');
  const to = walletOf(personId, funds.currency);
  return movesOf(ground, 'tontine.refunded', exit.id, [{ row: exit.id, role, from, to, amount: wallet }]);
}

/** What waits in notes for the leaver, handed over or not. */
export async function waitingFor(reader: Reader, exit: Exit): Promise<bigint> {
  return (await listOpenHandouts(reader, exit.groupId))
    .filter((handout) => handout.subjectId === exit.id)
    .reduce((sum, handout) => sum + handout.amount, 0n);
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

function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}
