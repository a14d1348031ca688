/**
 * Gives every share its deposit back, without what the guarantee fund stood in for and never got back.
 *
 * It posts nothing; it hands back the transfers, or nothing at all when members without a phone could not be paid in
 * notes.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Transfer } from '../../ground/ledger/transfer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { findPayee } from '../members/payee.ts';
import { tellMembers } from '../members/tell-members.ts';
import { readGuarantee } from '../rounds/advance-guarantee.ts';
import { insertHandout } from '../rounds/cash-box.rows.ts';
import { listGuaranteeDues, listUnmetDues, markDueForgiven } from '../rounds/due.rows.ts';
import type { Due } from '../rounds/due.ts';
import { fundAccount, walletOf } from '../rounds/funds.ts';
import { listAdvancedDues, markWrittenOff, openAdvance } from '../rounds/guarantee-advance.rows.ts';
import { movesOf } from '../rounds/moves.ts';
import { insertGuaranteeReturn, listReturnedShares } from './guarantee-return.rows.ts';
import type { RunningCycle } from './running-cycle.ts';

export async function returnDeposits(
  tx: Tx,
  ground: Ground,
  running: RunningCycle,
): Promise<Transfer[] | undefined> {
  const { cycle, funds } = running;
  const returned = new Set(await listReturnedShares(tx, cycle.id));
  const dues = (await listGuaranteeDues(tx, cycle.id)).filter(
    (due) => due.met > 0n && due.shareId !== null && !returned.has(due.shareId),
  );
  const left = { ...(await readGuarantee(tx, funds, [])) };
  const transfers: Transfer[] = [];
  for (const { due, payee } of await inOrderOfNeed(tx, running, dues)) {
    const kept = await keep(tx, ground, running, due);
    const amount = due.met - kept;
    const wallet = payee === undefined ? 0n : lesser(amount, left.wallet);
    const cash = amount - wallet;
    if (cash > left.cash) return undefined;
    left.wallet -= wallet;
    left.cash -= cash;
    const id = ground.ids.next('gre');
    const at = ground.clock.now();
    const { groupId, cycleId, membershipId } = due;
    const own = { id, groupId, cycleId, membershipId, shareId: due.shareId ?? '' };
    await insertGuaranteeReturn(tx, {
      ...own,
      paid: due.met,
      kept,
      walletAmount: wallet,
      cashAmount: cash,
      at,
    });
    const notes = fundAccount(funds, 'guarantee', 'cash');
    if (cash > 0n) {
      await insertHandout(tx, {
        id: ground.ids.next('hnd'),
        groupId,
        membershipId,
        purpose: 'guarantee',
        subjectId: id,
        accountId: notes,
        currency: funds.currency,
        amount: cash,
        createdAt: at,
      });
    }
    const facts = { paid: String(due.met), kept: String(kept) };
    await writeJournal(tx, ground, { groupId, act: 'guarantee.returned', subjectId: id, facts });
    await tellMembers(tx, ground, {
      groupId,
      to: [membershipId],
      kind: 'guarantee.returned',
      subjectId: id,
      facts,
    });
    const from = fundAccount(funds, 'guarantee', 'wallet');
    const to = walletOf(payee ?? 'nobody', funds.currency);
    transfers.push(
      ...movesOf(ground, 'tontine.guarantee-returned', id, [
        { row: id, role: 'wallet', from, to, amount: wallet },
      ]),
    );
  }
  return transfers;
}

interface Deposit {
  readonly due: Due;
  /** Whose wallet it goes back to; nobody where only notes will do. */
  readonly payee: string | undefined;
}

/** Whoever has no wallet comes first, because only notes will do. */
async function inOrderOfNeed(tx: Tx, { funds }: RunningCycle, dues: readonly Due[]): Promise<Deposit[]> {
  const found: Deposit[] = [];
  for (const due of dues) found.push({ due, payee: await findPayee(tx, due.membershipId, funds.currency) });
  return found.toSorted(
    (left, right) => Number(left.payee !== undefined) - Number(right.payee !== undefined),
  );
}

/** What the fund stood in for, on dues of this share that nobody paid: its deposit answers for it now. */
async function keep(tx: Tx, ground: Ground, { cycle }: RunningCycle, deposit: Due): Promise<bigint> {
  const own = (await listUnmetDues(tx, cycle.id)).filter((due) => due.shareId === deposit.shareId);
  const advanced = await listAdvancedDues(
    tx,
    own.map((due) => due.id),
  );
  let kept = 0n;
  for (const one of advanced) {
    const part = lesser(openAdvance(one), deposit.met - kept);
    if (part <= 0n) continue;
    await markWrittenOff(tx, one, part);
    await markDueForgiven(tx, one.dueId, part, ground.clock.now());
    kept += part;
  }
  return kept;
}

function lesser(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
